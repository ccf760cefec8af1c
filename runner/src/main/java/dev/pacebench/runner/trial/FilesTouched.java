package dev.pacebench.runner.trial;

import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.sandbox.Change;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How many files an agent left otherwise than it found them, and how large they are now. */
final class FilesTouched {

  /** Copying one file out takes milliseconds. */
  private static final int MOST_SIZED = 8;

  private static final long MOST_BYTES = 1 << 20;

  /** Where programs and packages live, and what nobody means to leave behind. */
  private static final Pattern PASSING =
      Pattern.compile(
          "/(?:tmp|run|dev|proc|sys|bin|sbin|lib(?:32|64|x32)?|boot|logs|tests|solution|installed-agent"
              + "|var/(?:tmp|cache|log|run|lock|spool|lib/(?:apt|dpkg|pacebench))"
              + "|usr(?!/local(?:/|$))|opt/pacebench|etc/(?:alternatives|ld\\.so\\.cache|ssl/certs))"
              + "(?:/.*)?");

  private static final Pattern CACHES =
      Pattern.compile(
          ".*/(?:\\.cache|\\.npm|\\.cargo|\\.m2|\\.gradle|\\.config|\\.local|\\.git|__pycache__"
              + "|\\.pytest_cache|\\.mypy_cache|node_modules|site-packages|dist-packages"
              + "|\\.venv|venv|\\.bash_history|\\.wget-hsts)(?:/.*)?");

  private FilesTouched() {}

  /**
   * Figures by name.
   *
   * @param scratch folder of the host in which files may lie for a moment
   */
  static Map<String, Double> of(Sandbox sandbox, Path scratch) throws IOException {
    List<Change> touched = touched(sandbox.diff());
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("files_touched", (double) touched.size());
    if (touched.size() <= MOST_SIZED) {
      long bytes = bytes(sandbox, touched, scratch);
      if (bytes >= 0) {
        figures.put("touched_bytes", (double) bytes);
      }
    }
    return figures;
  }

  /** Changes that are work: no folders of other changes, no caches, no packages. */
  static List<Change> touched(List<Change> changes) {
    List<Change> touched = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    for (Change change : changes) {
      int end = change.path().lastIndexOf('/');
      while (end > 0 && folders.add(change.path().substring(0, end))) {
        end = change.path().lastIndexOf('/', end - 1);
      }
    }
    for (Change change : changes) {
      String path = change.path();
      if (!folders.contains(path)
          && !PASSING.matcher(path).matches()
          && !CACHES.matcher(path).matches()) {
        touched.add(change);
      }
    }
    return touched;
  }

  /** Sizes of what is there; -1 when it is too much to look at. */
  private static long bytes(Sandbox sandbox, List<Change> touched, Path scratch)
      throws IOException {
    long bytes = 0;
    for (Change change : touched) {
      if (change.kind() == Change.Kind.DELETED) {
        continue;
      }
      Path copy = Files.createTempDirectory(scratch, ".touched-");
      try {
        sandbox.get(change.path(), copy, MOST_BYTES);
        bytes += size(copy);
      } catch (SandboxException e) {
        if (e.kind() != SandboxException.Kind.BAD_REQUEST) {
          throw e;
        }
        return -1;
      } finally {
        FileTrees.delete(copy);
      }
    }
    return bytes;
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long sum = 0;
      for (Path file : files.toList()) {
        sum += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
      }
      return sum;
    }
  }
}
