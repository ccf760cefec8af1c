package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.dispatch.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;
import org.jspecify.annotations.Nullable;

/** Programs of the host: what holds sandboxes, and what tasks need of it. */
final class HostTools {

  private static final List<Path> SEEN_INSIDE =
      List.of(Path.of("/usr"), Path.of("/bin"), Path.of("/sbin"), Path.of("/lib"));

  private final boolean useBubblewrap;
  private @Nullable String version;

  HostTools(boolean useBubblewrap) {
    this.useBubblewrap = useBubblewrap;
  }

  /** Whether a program is where sandboxes see it. */
  boolean has(String tool) {
    return find(tool).isPresent();
  }

  /** What holds sandboxes; without it {@code inside} does. */
  Optional<Path> bubblewrap() {
    return useBubblewrap ? find("bwrap") : Optional.empty();
  }

  /** What holds sandboxes here, for people. */
  synchronized String version() {
    String known = version;
    if (known == null) {
      known = bubblewrap().map(p -> run(p.toString(), "--version").strip()).orElse("namespaces");
      version = known;
    }
    return known;
  }

  private static Optional<Path> find(String tool) {
    if (!tool.matches("[A-Za-z0-9_.+-]+")) {
      return Optional.empty();
    }
    for (String folder : Environment.DEFAULT_PATH.split(":")) {
      Path program = Path.of(folder, tool);
      if (Files.isExecutable(program) && !Files.isDirectory(program) && isSeen(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  private static boolean isSeen(Path program) {
    try {
      Path real = program.toRealPath();
      return SEEN_INSIDE.stream().anyMatch(real::startsWith);
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(String program, String... arguments) {
    CommandLine line = new CommandLine(program);
    line.addArguments(arguments, false);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    DefaultExecutor executor = DefaultExecutor.builder().get();
    executor.setStreamHandler(new PumpStreamHandler(said));
    executor.setWatchdog(ExecuteWatchdog.builder().setTimeout(Duration.ofSeconds(20)).get());
    try {
      executor.execute(line);
      return said.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new SandboxException(
          Kind.UNAVAILABLE,
          "the local sandbox does not work here: "
              + said.toString(StandardCharsets.UTF_8).strip()
              + " ("
              + e.getMessage()
              + ")",
          Cell.REMEDY,
          e);
    }
  }
}
