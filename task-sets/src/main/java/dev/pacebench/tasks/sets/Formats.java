package dev.pacebench.tasks.sets;

import dev.pacebench.tasks.TaskFormat;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.harbor.HarborFormat;
import dev.pacebench.tasks.swe.SweFormat;
import dev.pacebench.tasks.swebench.SweBenchFormat;
import dev.pacebench.tasks.swebenchpro.SweBenchProFormat;
import dev.pacebench.tasks.terminalbench.TerminalBenchFormat;
import java.util.List;

/** Every format that can be read, in the order in which they are asked. */
final class Formats {

  private Formats() {}

  static List<TaskFormat> all(DigestMemory memory) {
    // A swe.toml or task.yaml leaves no doubt; the last one says best what is missing from a folder
    // of no format.
    return List.of(
        new SweFormat(memory),
        new SweBenchProFormat(),
        new SweBenchFormat(),
        new TerminalBenchFormat(memory),
        new HarborFormat(memory));
  }
}
