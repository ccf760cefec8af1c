package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanCommandTest {

  @TempDir Path home;
  private CommandLineTester pacebench;

  @BeforeEach
  void setUp() {
    pacebench = new CommandLineTester(home);
  }

  private JsonNode json(String... args) {
    Result result = pacebench.run(args);
    assertThat(result.code()).as(result.err()).isZero();
    return JsonMapper.shared().readTree(result.out());
  }

  @Test
  void publicFiguresAreUsedAndSaidWithoutARun() {
    JsonNode plan = json("plan", "--detect", "5", "--tasks", "80", "-k", "5", "--json");
    assertThat(plan.get("measured").asString()).isEqualTo("no");
    assertThat(plan.get("attempts_needed").isNull()).isTrue();
    assertThat(plan.get("plans").get(2).get("attempts").asInt()).isEqualTo(5);
    assertThat(plan.get("plans").get(2).get("detectable").asDouble())
        .isCloseTo(0.087479, Offset.offset(1e-6));
    Result text = pacebench.run("plan", "--detect", "5", "--tasks", "89", "-k", "3");
    assertThat(text.out())
        .contains("No number of attempts lets 89 tasks show 5 points")
        .contains("from public\nresults")
        .contains("8 times of 10");
    assertThat(pacebench.run("plan", "--detect", "13", "--tasks", "89").out())
        .contains("To see 13 points with 89 tasks takes 1 attempt ");
  }

  @Test
  void variancesOfARunAreMeasuredAndSaid() {
    MadeRuns made = new MadeRuns("20260101-000000-aaaa", false);
    SplittableRandom random = new SplittableRandom(1);
    for (int t = 0; t < 60; t++) {
      for (int attempt = 1; attempt <= 4; attempt++) {
        made.trial("one", "task-" + t, attempt, drawn(random, 0.5), 20);
        made.trial("other", "task-" + t, attempt, drawn(random, 0.7), 20);
        made.trial("oracle", "task-" + t, attempt, Outcome.SOLVED, 20);
      }
    }
    made.store(home);
    JsonNode plan = json("plan", "--detect", "5", "--tasks", "200", "-r", "latest", "--json");
    assertThat(plan.get("measured").asString()).isEqualTo("run");
    assertThat(plan.get("pairs").asInt()).isEqualTo(1);
    // Every task is as hard as any other: (0.5 * 0.5 + 0.7 * 0.3) / 2 within, nothing between.
    assertThat(plan.get("variance_within").asDouble()).isCloseTo(0.23, Offset.offset(0.03));
    assertThat(plan.get("variance_between").asDouble()).isLessThan(0.05);
  }

  private static Outcome drawn(SplittableRandom random, double chance) {
    return random.nextDouble() < chance ? Outcome.SOLVED : Outcome.FAILED;
  }

  @Test
  void whatCannotBePlannedIsRefusedWithARemedy() {
    new MadeRuns("20260101-000000-aaaa", false)
        .trial("one", "task", 1, Outcome.SOLVED, 5)
        .trial("other", "task", 1, Outcome.FAILED, 5)
        .store(home);
    Result few = pacebench.run("plan", "--detect", "5", "--tasks", "20", "-r", "latest");
    assertThat(few.code()).isEqualTo(2);
    assertThat(few.err()).contains("nothing can be measured", "leave -r out");
    for (String[] wrong :
        new String[][] {
          {"0", "20"}, {"100", "20"}, {"NaN", "20"}, {"5", "1"}, {"5", "-3"}, {"-5", "20"}
        }) {
      Result result = pacebench.run("plan", "--detect=" + wrong[0], "--tasks=" + wrong[1]);
      assertThat(result.code()).as(result.out()).isEqualTo(2);
      assertThat(result.err()).contains("remedy");
    }
  }
}
