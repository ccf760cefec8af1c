package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import dev.pacebench.runner.trajectory.AtifRules;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What `show` tells of real trials, in the local sandbox. */
@Tag("local")
@Tag("slow")
@Timeout(180)
class ShowStepsTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String LINEUP =
      """
      providers:
        sim: {protocol: simulated}
      models:
        m: {provider: sim, id: sim-m, simulated: {first_token: 20ms, tokens_per_second: 2000, skill: 1}}
        slow: {provider: sim, id: sim-slow, simulated: {first_token: 20ms, tokens_per_second: 10, skill: 1}}
      contenders:
        - {name: works, agent: loop, model: m}
        - {name: late, agent: loop, model: slow, limits: {time: 3s}}
        - {name: oracle, agent: oracle}
        - {name: nop, agent: nop}
      """;

  @TempDir Path folder;

  @Test
  void everyAgentsTrialHasAValidTrajectoryAndFiguresThatAddUp() throws Exception {
    CommandLineTester pacebench = new CommandLineTester(folder.resolve("home"));
    Path lineup = Files.writeString(folder.resolve("lineup.yaml"), LINEUP);
    Result run =
        pacebench.run(
            "run",
            "-t",
            "starter-terminal",
            "-l",
            lineup.toString(),
            "--sandbox",
            "local",
            "--only",
            "lost-names",
            "-j",
            "3");
    assertThat(run.code()).as(run.err()).isZero();

    for (String name : new String[] {"works", "late", "oracle", "nop"}) {
      Result shown = pacebench.run("show", "latest", "lost-names." + name, "--json");
      assertThat(shown.code()).as(shown.err()).isZero();
      JsonNode trial = JSON.readTree(shown.out());
      assertThat(AtifRules.check(trial.path("trajectory"))).as(name).isEmpty();
      JsonNode figures = trial.at("/result/figures");
      double sum = 0;
      for (String part : new String[] {"model", "tool", "waiting", "overhead", "other"}) {
        sum += figures.path(part + "_seconds").doubleValue();
      }
      assertThat(sum)
          .as(name)
          .isCloseTo(trial.at("/result/agent_seconds").doubleValue(), Offset.offset(1e-6));
      assertThat(figures.path("stopped_by_itself").intValue())
          .as(name)
          .isEqualTo(name.equals("late") ? 0 : 1);
      boolean modelled = name.equals("works") || name.equals("late");
      assertThat(figures.has("turns")).as(name).isEqualTo(modelled);
    }

    JsonNode works =
        JSON.readTree(pacebench.run("show", "latest", "lost-names.works", "--json").out());
    JsonNode figures = works.at("/result/figures");
    assertThat(figures.path("turns").intValue())
        .isGreaterThan(1)
        .isEqualTo(works.path("calls").size());
    assertThat(figures.path("commands").intValue()).isPositive();
    assertThat(figures.path("files_touched").intValue()).isPositive();

    String page = pacebench.run("show", "latest", "lost-names.works").out();
    assertThat(page).contains("  steps  ", "$ ", "= exit 0 in ", "ended: finished", "  calls  ");
    assertThat(pacebench.run("show", "latest", "lost-names.late").out())
        .contains("==== the deadline ====", "cut off when the phase ended");
    assertThat(pacebench.run("show", "latest", "lost-names.works", "--full").out())
        .contains("thinks: ");
  }
}
