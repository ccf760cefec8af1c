package dev.pacebench.runner.agent.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process beside this one that ends a program's processes and removes its folder when this one is
 * killed before it could.
 *
 * <p>It reads from a pipe that nobody writes to, and which ends with whoever holds its other end.
 * What it cannot find is what {@link ProcessTree} finds by descent and session alone.
 */
final class Guardian implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Guardian.class);

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** Looks several times, since processes can multiply while it looks. */
  private static final String SCRIPT =
      """
      read -r _
      folder=$2
      for round in 1 2 3 4 5; do
        for process in /proc/[0-9]*; do
          pid=${process#/proc/}
          [ "$pid" = "$$" ] && continue
          case $(readlink "$process/cwd" 2>/dev/null)/ in "$folder"/*) kill -9 "$pid"; continue ;; esac
          grep -qsF -e "$1" "$process/environ" && kill -9 "$pid"
        done 2>/dev/null
      done
      rm -rf -- "$folder"
      """;

  private final Optional<Process> process;

  private Guardian(Optional<Process> process) {
    this.process = process;
  }

  /** Starts one; without the tools that it needs there is none, and all else works. */
  static Guardian over(ProcessTree.Mark mark) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      // A signal to the group that kills the one must not kill the other.
      command.add(SETSID.toString());
    }
    command.addAll(
        List.of(
            "/bin/sh",
            "-c",
            SCRIPT,
            "guardian",
            Variables.TRY + "=" + mark.value(),
            mark.folder().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    try {
      return new Guardian(Optional.of(builder.start()));
    } catch (IOException e) {
      LOG.debug("nothing guards the agent's program", e);
      return new Guardian(Optional.empty());
    }
  }

  @Override
  public void close() {
    // Its pipe ends with it: killed, it cannot take that end for ours.
    process.ifPresent(Process::destroyForcibly);
  }
}
