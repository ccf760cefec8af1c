package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial on sets of one's own, with its commands as they are printed. */
@Tag("docker")
@Tag("slow")
class TutorialTest {

  private static final String HEADING = "## A set of your own";
  private static final String FENCE = "```";
  private static final long MOST_MINUTES = 8;

  @TempDir private Path place;

  /** A folder in which {@code ./pacebench} is what was just compiled. */
  private Path aLauncher(String name) throws IOException {
    Path folder = Files.createDirectory(place.resolve(name));
    Path root = Path.of("..").toAbsolutePath().normalize();
    Path lib = Files.createDirectory(folder.resolve("lib"));
    Files.createSymbolicLink(lib.resolve("sets"), root.resolve("task-sets/sets"));
    Files.createSymbolicLink(lib.resolve("images"), root.resolve("sandboxes/images"));
    Files.createSymbolicLink(lib.resolve("lineups"), root.resolve("runner/lineups"));
    Files.createSymbolicLink(lib.resolve("agents"), root.resolve("runner/agents"));
    Path launcher =
        Files.writeString(
            folder.resolve("pacebench"),
            "#!/bin/sh\nexec '"
                + ProcessHandle.current().info().command().orElse("java")
                + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8"
                + " -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"
                + " -Dpacebench.lib='"
                + lib
                + "' -cp '"
                + System.getProperty("java.class.path")
                + "' "
                + Main.class.getName()
                + " \"$@\"\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  @Test
  void everyCommandWorksAsPrintedAndBothStylesComeToTheTable() throws Exception {
    List<List<String>> blocks = blocks();
    assertThat(blocks).hasSize(2);

    // Each in a folder of its own, since they share nothing and mostly wait.
    FutureTask<String> first = new FutureTask<>(() -> run("one", blocks.get(0)));
    new Thread(first, "tutorial").start();
    String swe = run("two", blocks.get(1));
    String terminal = first.get();

    assertThat(terminal)
        .contains(
            "wrote my-set/guests/task.toml", "reference 3/3, nothing 0/3", "imported mine: 1 task")
        .containsPattern("(?i)simulated")
        .containsPattern("spark");
    assertThat(swe)
        .contains("2 tests begin to pass with the reference, 3 pass before and after")
        .contains("reference 2/2, nothing 0/2")
        .containsPattern("oracle.*100")
        .containsPattern("nop.* 0");
    assertThat(place.resolve("two/my-fixes/slugs/swe.toml")).content().contains("[tests]");
  }

  /** Stops at the first command that fails. */
  private String run(String name, List<String> commands) throws Exception {
    Path folder = aLauncher(name);
    StringBuilder all = new StringBuilder();
    for (String command : commands) {
      Path out = Files.createTempFile(folder, "out", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder("bash", "-c", command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .redirectInput(Path.of("/dev/null").toFile());
      builder.environment().remove(Cli.HOME_VARIABLE);
      Process process = builder.start();
      boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      String said = Files.readString(out, StandardCharsets.UTF_8);
      assertThat(ended).as(command + "\n" + said).isTrue();
      assertThat(process.exitValue()).as(command + "\n" + said).isZero();
      all.append(said);
    }
    return all.toString();
  }

  private static List<List<String>> blocks() throws IOException {
    String text = Files.readString(Path.of("../task-sets/README.md"));
    String section = text.substring(text.indexOf(HEADING));
    section = section.substring(0, section.indexOf("\n## ", 1));
    List<List<String>> blocks = new ArrayList<>();
    String[] parts = section.split("(?m)^" + FENCE + "$");
    for (int i = 1; i < parts.length; i += 2) {
      blocks.add(parts[i].lines().filter(line -> !line.isBlank()).toList());
    }
    return blocks;
  }
}
