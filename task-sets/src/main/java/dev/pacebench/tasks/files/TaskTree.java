package dev.pacebench.tasks.files;

import dev.pacebench.tasks.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that lies below a task's folder, found without following any link.
 *
 * <p>Links that lead out of the folder or in a circle, special files and names that cannot be shown
 * are reported as errors and are not among the entries.
 */
public final class TaskTree {

  private final Path root;
  private final Map<String, TreeEntry> entries;
  private final List<TreeEntry> sorted;
  private final Links links;

  private TaskTree(Path root, Map<String, TreeEntry> entries) {
    this.root = root;
    this.entries = entries;
    this.sorted = entries.values().stream().sorted().toList();
    this.links = LinkCheck.links(entries.values());
  }

  /**
   * Walks a folder.
   *
   * @param root an existing folder, not itself a link
   * @param problems receives what is wrong
   */
  public static TaskTree walk(Path root, List<Problem> problems) {
    Map<String, TreeEntry> found = new TreeMap<>();
    Deque<Path> folders = new ArrayDeque<>(List.of(root));
    while (!folders.isEmpty()) {
      Path folder = folders.removeFirst();
      for (Path file : list(folder, problems)) {
        entry(root, file, problems)
            .ifPresent(
                entry -> {
                  found.put(entry.path(), entry);
                  if (entry.kind() == TreeEntry.Kind.DIRECTORY) {
                    folders.addLast(file);
                  }
                });
      }
    }
    new LinkCheck(found, problems).run();
    return new TaskTree(root, found);
  }

  public Path root() {
    return root;
  }

  /** All entries, in the order of their paths' bytes. */
  public List<TreeEntry> entries() {
    return sorted;
  }

  public Optional<TreeEntry> find(String path) {
    return Optional.ofNullable(entries.get(path));
  }

  /** Whether there is a file, or a link that leads to one. */
  public boolean hasFile(String path) {
    return find(path)
        .flatMap(this::target)
        .filter(e -> e.kind() == TreeEntry.Kind.FILE)
        .isPresent();
  }

  /** Whether there is a folder at the path, not a link to one. */
  public boolean hasFolder(String path) {
    return find(path).filter(e -> e.kind() == TreeEntry.Kind.DIRECTORY).isPresent();
  }

  /** What the entry stands for once links are followed; empty for a link to nothing or the root. */
  public Optional<TreeEntry> target(TreeEntry entry) {
    if (entry.kind() != TreeEntry.Kind.LINK) {
      return Optional.of(entry);
    }
    return links.resolve(entry.path()) instanceof Links.Inside inside
        ? find(inside.path())
        : Optional.empty();
  }

  private static List<Path> list(Path folder, List<Problem> problems) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(files::add);
    } catch (IOException | DirectoryIteratorException e) {
      problems.add(unreadable(folder));
    }
    Collections.sort(files);
    return files;
  }

  private static Optional<TreeEntry> entry(Path root, Path file, List<Problem> problems) {
    String path = root.relativize(file).toString().replace('\\', '/');
    String name = String.valueOf(file.getFileName());
    if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
      problems.add(
          Problem.error(
              Show.path(file),
              "the name has control characters, or characters this locale cannot read",
              "rename it, or run under a UTF-8 locale such as LC_ALL=C.UTF-8"));
      return Optional.empty();
    }
    try {
      Stamp stamp = Stamp.of(file);
      if (stamp.isLink()) {
        String target = Files.readSymbolicLink(file).toString();
        return Optional.of(
            new TreeEntry(path, file, TreeEntry.Kind.LINK, false, Optional.of(target), stamp));
      }
      if (stamp.isDirectory()) {
        return Optional.of(
            new TreeEntry(path, file, TreeEntry.Kind.DIRECTORY, false, Optional.empty(), stamp));
      }
      if (stamp.isFile()) {
        if (!stamp.isReadableByAll() && !Files.isReadable(file)) {
          problems.add(unreadable(file));
          return Optional.empty();
        }
        return Optional.of(
            new TreeEntry(
                path, file, TreeEntry.Kind.FILE, stamp.isExecutable(), Optional.empty(), stamp));
      }
      problems.add(
          Problem.error(
              Show.path(file),
              "is a pipe, socket or device",
              "remove it: a task holds files, folders and links"));
    } catch (IOException e) {
      problems.add(unreadable(file));
    }
    return Optional.empty();
  }

  private static Problem unreadable(Path file) {
    return Problem.error(Show.path(file), "cannot be read", "give yourself the right to read it");
  }
}
