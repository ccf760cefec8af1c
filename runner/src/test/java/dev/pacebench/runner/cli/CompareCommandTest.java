package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {

  private static final Offset<Double> EXACT = Offset.offset(1e-9);
  private static final String HOSTILE = "e\u001b[2Jvil|&=cmd";

  @TempDir Path home;
  private CommandLineTester pacebench;

  @BeforeEach
  void setUp() {
    pacebench = new CommandLineTester(home);
  }

  /** Forty tasks: the quick one solves half in 20 s, the sure one nearly all in 200 s. */
  private MadeRuns quickAndSure(boolean simulated) {
    MadeRuns made = new MadeRuns("20260101-000000-aaaa", simulated);
    for (int t = 0; t < 40; t++) {
      String task = "task-%02d".formatted(t);
      for (int attempt = 1; attempt <= 2; attempt++) {
        made.trial("quick", task, attempt, t % 2 == 0 ? Outcome.SOLVED : Outcome.FAILED, 20 + t);
        made.trial("sure", task, attempt, t == 6 ? Outcome.FAILED : Outcome.SOLVED, 200 + 3 * t);
        made.trial("third", task, attempt, t % 3 == 0 ? Outcome.SOLVED : Outcome.FAILED, 90 + t);
      }
    }
    return made;
  }

  private JsonNode json(String... args) {
    List<String> all = new ArrayList<>(List.of("compare"));
    all.addAll(List.of(args));
    all.add("--json");
    Result result = pacebench.run(all.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return JsonMapper.shared().readTree(result.out());
  }

  @Test
  void oneWayRoundAndTheOtherAgree() {
    quickAndSure(false).store(home);
    JsonNode there = json("quick", "sure").get("comparisons").get(0);
    JsonNode back = json("sure", "quick").get("comparisons").get(0);
    assertThat(back.get("verdict")).isEqualTo(there.get("verdict"));
    assertThat(back.get("difference").get("mean").asDouble())
        .isCloseTo(-there.get("difference").get("mean").asDouble(), EXACT);
    assertThat(back.get("difference").get("ci").get(0).asDouble())
        .isCloseTo(-there.get("difference").get("ci").get(1).asDouble(), EXACT);
    for (String same : List.of("p", "sign_flip_p", "holm_p", "detectable")) {
      assertThat(back.get("difference").get(same).asDouble())
          .as(same)
          .isCloseTo(there.get("difference").get(same).asDouble(), EXACT);
    }
    assertThat(back.get("difference").get("pairs").asInt()).isEqualTo(3);
    assertThat(back.get("time_ratio").get("geometric_mean").asDouble())
        .isCloseTo(1 / there.get("time_ratio").get("geometric_mean").asDouble(), EXACT);
    assertThat(back.get("won").size()).isEqualTo(there.get("lost").size()).isEqualTo(20);
    assertThat(back.get("lost").size()).isEqualTo(there.get("won").size()).isEqualTo(1);
    assertThat(back.get("cascade_b_then_a")).isEqualTo(there.get("cascade_a_then_b"));
  }

  @Test
  void theVerdictSaysWhoLeadsWhereAndNoMore() {
    quickAndSure(false).store(home);
    Result result = pacebench.run("compare", "quick", "sure", "--at", "100s");
    assertThat(result.code()).as(result.err()).isZero();
    String flat = result.out().replace('\n', ' ');
    assertThat(flat)
        .contains("sure solves more than quick: 97.5 % against 50.0 %")
        .contains("quick is ahead with budgets from")
        .contains("sure is ahead with budgets from")
        .contains("at other budgets this design cannot tell")
        .contains("As measured, the lead passes to sure at")
        .contains("On the 19 tasks that both solved, sure takes")
        .doesNotContain("SIMULATED");
    assertThat(result.out())
        .contains("made, 40 tasks in common")
        .contains("within 100 s")
        .contains("1 task on which A did better", "task-06  A 2/2, B 0/2")
        .contains("runs/20260101-000000-aaaa/trials/trial-")
        .contains("20 tasks on which B did better", "... 10 more")
        .contains("never on 20 tasks");
    assertThat(result.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(101));
    JsonNode at = json("quick", "sure", "--at", "100s").get("comparisons").get(0).get("at");
    assertThat(at.get("seconds").asDouble()).isEqualTo(100);
    assertThat(at.get("a").asDouble()).isEqualTo(0.5);
    assertThat(at.get("b").asDouble()).isZero();
  }

  @Test
  void whatCannotBeToldIsNotToldAndWhatCouldHaveBeenSeenIs() {
    MadeRuns made = new MadeRuns("20260101-000000-bbbb", false);
    for (int t = 0; t < 30; t++) {
      String task = "task-%02d".formatted(t);
      made.trial("one", task, 1, t % 2 == 0 ? Outcome.SOLVED : Outcome.FAILED, 50 + t);
      made.trial("other", task, 1, t % 3 == 0 ? Outcome.SOLVED : Outcome.FAILED, 50 + t);
    }
    made.store(home);
    String flat = pacebench.run("compare", "one", "other").out().replace('\n', ' ');
    assertThat(flat)
        .contains("Which of the two solves more cannot be told")
        .containsPattern("this design could have seen [0-9.]+ points")
        .contains("At no time budget is either ahead beyond chance.")
        .contains("of which nothing can be said beyond these")
        .doesNotContain("solves more than");
  }

  @Test
  void belowTenTasksThereIsNoIntervalAndNoClaim() {
    MadeRuns made = new MadeRuns("20260101-000000-cccc", false);
    for (int t = 0; t < 9; t++) {
      made.trial("one", "task-" + t, 1, Outcome.SOLVED, 50);
      made.trial("other", "task-" + t, 1, Outcome.FAILED, 60);
    }
    made.store(home);
    JsonNode compared = json("one", "other").get("comparisons").get(0);
    assertThat(compared.get("difference").get("ci").isNull()).isTrue();
    assertThat(compared.get("difference").get("p").isNull()).isTrue();
    assertThat(compared.get("mcnemar").get("bonett_price").isNull()).isTrue();
    assertThat(compared.get("leads").size()).isZero();
    assertThat(compared.get("time_ratio").isNull()).isTrue();
    assertThat(compared.get("verdict").asString())
        .startsWith("9 tasks in common are too few")
        .contains("on these, one solved 100.0 % against 0.0 % of other")
        .doesNotContain("solves more than");
  }

  @Test
  void simulatedAndLostAreSaidInEveryForm() {
    MadeRuns made = quickAndSure(true);
    made.trial("quick", "task-50", 1, Outcome.LOST, 0).trial("sure", "task-50", 1, Outcome.LOST, 0);
    for (int t = 51; t < 54; t++) {
      made.trial("quick", "task-" + t, 1, Outcome.LOST, 0);
    }
    made.store(home);
    Result text = pacebench.run("compare", "quick", "sure");
    assertThat(text.out())
        .contains("A  quick  SIMULATED  80 trials, 4 LOST".replace("80", "84"))
        .contains("Both are SIMULATED", "do not rely on this");
    JsonNode document = json("quick", "sure").get("comparisons").get(0);
    assertThat(document.get("a").get("simulated").asBoolean()).isTrue();
    assertThat(document.get("a").get("greyed").asBoolean()).isTrue();
    assertThat(document.get("tasks").asInt()).isEqualTo(40);
    assertThat(document.get("tasks_only_a").asInt()).isEqualTo(3);
    assertThat(document.get("tasks_lost").asInt()).isEqualTo(1);
  }

  @Test
  void wrongNamesAreAnsweredWithTheNearestAndWithWhatThereIs() {
    quickAndSure(false).store(home);
    Result unknown = pacebench.run("compare", "quik", "sure");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("did you mean `quick`?", "quick, sure, third");
    Result itself = pacebench.run("compare", "quick", "quick");
    assertThat(itself.code()).isEqualTo(2);
    assertThat(itself.err()).contains("cannot be compared with itself");
    Result late = pacebench.run("compare", "quick", "sure", "--at", "2h");
    assertThat(late.code()).isEqualTo(2);
    assertThat(late.err()).contains("beyond the time limit of 10 min", "--timeout-factor");
    assertThat(pacebench.run("compare", "quick", "sure", "-r", "nosuchrun").code()).isEqualTo(2);
  }

  @Test
  void contendersWithoutATaskInCommonAreNotCompared() {
    new MadeRuns("20260101-000000-dddd", false)
        .trial("one", "task-1", 1, Outcome.SOLVED, 5)
        .trial("other", "task-2", 1, Outcome.SOLVED, 5)
        .trial("gone", "task-1", 1, Outcome.LOST, 5)
        .store(home);
    for (String other : List.of("other", "gone")) {
      Result result = pacebench.run("compare", "one", other);
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains("there is no task of which both", "-r");
    }
  }

  @Test
  void namesAreHarmlessOnATerminalAndWholeInJson() {
    MadeRuns made = new MadeRuns("20260101-000000-eeee", false);
    made.trial(HOSTILE, "ta\u202esk", 1, Outcome.SOLVED, 5);
    made.trial("plain", "ta\u202esk", 1, Outcome.FAILED, 5);
    made.store(home);
    Result text = pacebench.run("compare", HOSTILE, "plain");
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out()).doesNotContain("\u001b", "\u202e").contains("vil|&=cmd");
    assertThat(json(HOSTILE, "plain").get("comparisons").get(0).get("a").get("name").asString())
        .isEqualTo(HOSTILE);
  }
}
