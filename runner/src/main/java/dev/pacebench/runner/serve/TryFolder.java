package dev.pacebench.runner.serve;

import dev.pacebench.leaderboard.page.trial.TrialStory.EvidenceFile;
import dev.pacebench.runner.home.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of one try, of which nothing outside of its folder can be reached.
 *
 * <p>Programs in sandboxes wrote what is in it, links among it: no link is ever followed.
 */
final class TryFolder {

  /** So much of a file is shown. */
  static final int MOST_BYTES = 4 << 20;

  private static final Pattern TRY = Pattern.compile("try-[1-9][0-9]{0,5}");
  private static final int DEEPEST = 16;
  private static final int MOST_FILES = 5_000;

  /** The beginning of a file, and how long all of it is. */
  record Part(byte[] bytes, long length) {
    boolean isText() {
      for (int i = 0; i < Math.min(bytes.length, 8192); i++) {
        if (bytes[i] == 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final Path folder;

  private TryFolder(Path folder) {
    this.folder = folder;
  }

  /** One of a trial; run and trial must be names that the database has. */
  static Optional<TryFolder> of(Home home, String run, String trial, String name) {
    if (!TRY.matcher(name).matches()) {
      return Optional.empty();
    }
    return under(home, List.of(run, "trials", trial, name));
  }

  /** The one that a result names. */
  static Optional<TryFolder> of(Home home, String evidence) {
    List<String> parts = List.of(evidence.split("/", -1));
    return parts.size() == 5 && parts.get(0).equals("runs")
        ? under(home, parts.subList(1, 5))
        : Optional.empty();
  }

  private static Optional<TryFolder> under(Home home, List<String> parts) {
    try {
      return walk(home.runs(), parts)
          .filter(found -> Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS))
          .map(TryFolder::new);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Names of a trial's tries, oldest first. */
  static List<String> tries(Home home, String run, String trial) {
    Optional<Path> folder = walk(home.runs(), List.of(run, "trials", trial));
    if (folder.isEmpty() || !Files.isDirectory(folder.get(), LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder.get())) {
      return children
          .map(child -> String.valueOf(child.getFileName()))
          .filter(name -> TRY.matcher(name).matches())
          .sorted((a, b) -> Integer.compare(number(a), number(b)))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(name.indexOf('-') + 1));
  }

  /** Goes down a step at a time; empty where a step is no plain name, or a link. */
  private static Optional<Path> walk(Path from, List<String> parts) {
    Path at = from;
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (!isPlainName(part)) {
        return Optional.empty();
      }
      at = at.resolve(part);
      boolean last = i == parts.size() - 1;
      if (!last && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
    }
    return Optional.of(at);
  }

  private static boolean isPlainName(String part) {
    return !part.isEmpty()
        && !part.equals(".")
        && !part.equals("..")
        && part.indexOf('/') < 0
        && part.indexOf('\\') < 0
        && part.chars().noneMatch(c -> c < 0x20);
  }

  Path path() {
    return folder;
  }

  String name() {
    return String.valueOf(folder.getFileName());
  }

  /** Which run, trial and try it is, as its place says. */
  String trial() {
    return String.valueOf(folder.getName(folder.getNameCount() - 2));
  }

  /** Regular files, by path; at most some thousands. */
  List<EvidenceFile> files(Function<String, @Nullable String> href) {
    List<EvidenceFile> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder, DEEPEST, new FileVisitOption[0])) {
      all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .limit(MOST_FILES)
          .sorted()
          .forEach(
              file -> {
                String path = folder.relativize(file).toString();
                files.add(new EvidenceFile(path, size(file), href.apply(path)));
              });
    } catch (IOException | java.io.UncheckedIOException e) {
      // What cannot be listed is not shown.
    }
    return files;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /** The beginning of one of its files; empty when there is no such regular file. */
  Optional<Part> read(String path, int most) {
    try {
      Optional<Path> file = walk(folder, List.of(path.split("/", -1)));
      if (file.isEmpty() || !Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      try (InputStream in = open(file.get())) {
        byte[] bytes = in.readNBytes(most);
        return Optional.of(new Part(bytes, Math.max(bytes.length, Files.size(file.get()))));
      }
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The end of one of its files, with how much comes before it. */
  Optional<Part> tail(String path, int most) {
    Optional<Path> file = walk(folder, List.of(path.split("/", -1)));
    if (file.isEmpty() || !Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = open(file.get())) {
      long length = Files.size(file.get());
      in.skipNBytes(Math.max(0, length - most));
      byte[] bytes = in.readNBytes(most);
      return Optional.of(new Part(bytes, Math.max(bytes.length, length)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static InputStream open(Path file) throws IOException {
    return java.nio.channels.Channels.newInputStream(
        Files.newByteChannel(
            file, Set.of(java.nio.file.StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
