package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.Change;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a root folder held at one moment, to tell what has changed since. */
record Manifest(Map<String, String> stamps) {

  static Manifest of(Path root) throws IOException {
    Map<String, String> stamps = new TreeMap<>();
    try (SecureDirectoryStream<Path> folder = RootFiles.open(root)) {
      walk(folder, "", stamps);
    }
    return new Manifest(stamps);
  }

  /** In path order. */
  List<Change> changesTo(Manifest later) {
    Map<String, Change> changes = new TreeMap<>();
    stamps.forEach(
        (path, stamp) -> {
          String now = later.stamps.get(path);
          if (now == null) {
            changes.put(path, new Change(Change.Kind.DELETED, path));
          } else if (!now.equals(stamp)) {
            changes.put(path, new Change(Change.Kind.MODIFIED, path));
          }
        });
    for (String path : later.stamps.keySet()) {
      if (!stamps.containsKey(path)) {
        changes.put(path, new Change(Change.Kind.ADDED, path));
      }
    }
    return new ArrayList<>(changes.values());
  }

  private static void walk(
      SecureDirectoryStream<Path> folder, String above, Map<String, String> stamps)
      throws IOException {
    for (Path entry : folder) {
      Path name = entry.getFileName();
      String path = above + "/" + name;
      try {
        PosixFileAttributes facts =
            folder
                .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        stamps.put(path, stamp(facts));
        if (facts.isDirectory()) {
          try (SecureDirectoryStream<Path> below =
              folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            walk(below, path, stamps);
          }
        }
      } catch (FileSystemException e) {
        if (!RootFiles.isDoingOfSandbox(e)) {
          throw e;
        }
      }
    }
  }

  /** A folder's own times change with its entries, which are listed themselves. */
  private static String stamp(PosixFileAttributes facts) {
    String kind = kind(facts) + facts.permissions();
    return facts.isDirectory()
        ? kind
        : kind + facts.size() + " " + facts.lastModifiedTime().toInstant() + facts.fileKey();
  }

  private static String kind(BasicFileAttributes facts) {
    return facts.isDirectory()
        ? "folder"
        : facts.isSymbolicLink() ? "link" : facts.isRegularFile() ? "file" : "other";
  }
}
