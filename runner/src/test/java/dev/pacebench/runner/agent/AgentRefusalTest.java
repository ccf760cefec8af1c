package dev.pacebench.runner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents cannot work on is known before any trial. */
class AgentRefusalTest {

  /** No instruction can reach it while it works. */
  private static final class Deaf implements Agent {
    @Override
    public String name() {
      return "deaf";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public boolean needsModel() {
      return false;
    }

    @Override
    public AgentEnd run(AgentContext context) {
      return AgentEnd.finished();
    }
  }

  @TempDir Path folder;

  private final Agents agents =
      new Agents(
          new Deaf(),
          new NopAgent(),
          new OracleAgent(java.util.Map.of()),
          new LoopAgent(dev.pacebench.runner.home.Ticker.SYSTEM));

  @Test
  void aTaskWithInterruptionsIsForThoseWhomTheyReach() throws IOException {
    Task task = task("[[pacebench.interruptions]]\nat_turn = 1\ninstruction = \"Stop.\"\n");

    assertThat(agents.refusal("deaf", task))
        .hasValueSatisfying(why -> assertThat(why).contains("deaf"));
    assertThat(agents.refusal("loop", task)).isEmpty();
    assertThat(agents.refusal("nop", task)).isEmpty();
    assertThat(agents.refusal("oracle", task)).isEmpty();
    assertThat(agents.refusal("deaf", task(""))).isEmpty();
  }

  @Test
  void theOracleNeedsASolutionOfEveryStep() throws IOException {
    String steps = "[[steps]]\nname = \"one\"\n[[steps]]\nname = \"two\"\n";
    write("steps/one/instruction.md", "First.");
    write("steps/two/instruction.md", "Second.");
    write("steps/one/solution/solve.sh", "true\n");

    assertThat(agents.refusal("oracle", task(steps)))
        .hasValueSatisfying(why -> assertThat(why).contains("step two", "steps/two/solution"));
    write("steps/two/solution/solve.sh", "true\n");
    assertThat(agents.refusal("oracle", task(steps))).isEmpty();
  }

  private Task task(String more) throws IOException {
    write("instruction.md", "Write 42.");
    write("environment/Dockerfile", "FROM pacebench/starter\n");
    write("tests/test.sh", "true\n");
    write("solution/solve.sh", "true\n");
    write("task.toml", "[environment]\nnetwork_mode = \"no-network\"\n" + more);
    return new HarborFormat().read("set", folder).tasks().get(0);
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }
}
