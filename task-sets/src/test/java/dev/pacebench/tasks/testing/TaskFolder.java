package dev.pacebench.tasks.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Writes task folders for tests: complete when made, then changed step by step. */
public final class TaskFolder {

  public static final String TASK_FILE =
      """
      schema_version = "1.4"

      [agent]
      timeout_sec = 300

      [environment]
      network_mode = "no-network"
      """;

  private final Path folder;

  private TaskFolder(Path folder) {
    this.folder = folder;
  }

  /** A complete, valid task. */
  public static TaskFolder make(Path folder) {
    return new TaskFolder(folder)
        .file("task.toml", TASK_FILE)
        .file("instruction.md", "Write 42 to /app/out.\n")
        .file("environment/Dockerfile", "FROM pacebench/starter\nWORKDIR /app\n")
        .script("tests/test.sh", "#!/bin/sh\necho 1 > /logs/verifier/reward.txt\n")
        .script("solution/solve.sh", "#!/bin/sh\necho 42 > /app/out\n");
  }

  /** An empty folder. */
  public static TaskFolder empty(Path folder) {
    try {
      Files.createDirectories(folder);
      return new TaskFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path() {
    return folder;
  }

  public TaskFolder toml(String text) {
    return file("task.toml", text);
  }

  public TaskFolder file(String name, String text) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public TaskFolder script(String name, String text) {
    return file(name, text).mode(name, "rwxr-xr-x");
  }

  public TaskFolder bytes(String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return mode(name, "rw-r--r--");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TaskFolder mode(String name, String permissions) {
    try {
      Files.setPosixFilePermissions(
          folder.resolve(name), PosixFilePermissions.fromString(permissions));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TaskFolder folder(String name) {
    try {
      Files.createDirectories(folder.resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TaskFolder link(String name, String target) {
    try {
      Path link = folder.resolve(name);
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, Path.of(target));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TaskFolder pipe(String name) {
    try {
      Process process = new ProcessBuilder("mkfifo", folder.resolve(name).toString()).start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("mkfifo failed");
      }
      return this;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public TaskFolder delete(String name) {
    try (Stream<Path> files = Files.walk(folder.resolve(name))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
