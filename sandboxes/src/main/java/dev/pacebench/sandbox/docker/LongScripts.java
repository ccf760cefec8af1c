package dev.pacebench.sandbox.docker;

import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Brings scripts that are too long for an argument into a container as files. */
final class LongScripts {

  /** The kernel takes less than 128 KB, of which the engine's own wrapping needs some. */
  private static final int LONGEST_ARGUMENT = 120_000;

  private final ArchiveCopies copies;
  private final Path scratch;
  private final AtomicInteger made = new AtomicInteger();

  LongScripts(ArchiveCopies copies, Path scratch) {
    this.copies = copies;
    this.scratch = scratch;
  }

  /** The script itself, or one that reads it from a file. */
  String shorten(String script) {
    byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST_ARGUMENT) {
      return script;
    }
    String name = "script-" + made.incrementAndGet();
    Path file = scratch.resolve(name);
    try {
      Files.write(file, bytes);
      copies.put(file, DockerSandbox.INSIDE_FOLDER + "/" + name, false);
      Files.deleteIfExists(file);
      return ". " + DockerSandbox.INSIDE_FOLDER + "/" + name;
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED,
          "a long command could not be written to " + scratch + ": " + Failures.rootMessage(e),
          "free disk space or choose another --home",
          e);
    }
  }
}
