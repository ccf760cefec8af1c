package dev.pacebench.runner.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimelineTest {

  private long now = 1_000;

  private Timeline start(TrialState first) {
    return new Timeline(() -> now, TrialWatcher.NONE, first);
  }

  @ParameterizedTest
  @EnumSource(TrialState.class)
  void everyStateGetsExactlyTheTimeSpentInIt(TrialState state) {
    Timeline timeline = start(TrialState.ENV_BUILD);
    now += 7;
    timeline.switchTo(state);
    now += 11;
    timeline.switchTo(state == TrialState.TEARDOWN ? TrialState.VERIFY : TrialState.TEARDOWN);
    now += 13;
    timeline.end();

    long expected = state == TrialState.ENV_BUILD ? 18 : 11;
    assertThat(timeline.nanos()).containsEntry(state, expected);
    assertThat(timeline.wallNanos()).isEqualTo(31);
  }

  @Test
  void partsSumToTheWallClockWhateverTheSwitches() {
    SplittableRandom random = new SplittableRandom(20261121);
    TrialState[] states = TrialState.values();
    for (int round = 0; round < 200; round++) {
      long begin = now;
      Timeline timeline = start(states[random.nextInt(states.length)]);
      for (int i = 0; i < 50; i++) {
        now += random.nextLong(1_000_000_000L);
        timeline.switchTo(states[random.nextInt(states.length)]);
      }
      now += random.nextInt(1000);
      timeline.end();
      assertThat(timeline.nanos().values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(timeline.wallNanos())
          .isEqualTo(now - begin);
    }
  }

  @Test
  void theAgentPhaseIsTheSumOfItsStates() {
    Timeline timeline = start(TrialState.SANDBOX_START);
    now += 5;
    timeline.switchTo(TrialState.AGENT_START);
    now += 10;
    timeline.switchTo(TrialState.TOOL_EXEC);
    now += 20;
    timeline.switchTo(TrialState.AGENT_OTHER);
    now += 40;
    timeline.switchTo(TrialState.FREEZE);
    now += 80;
    timeline.switchTo(TrialState.VERIFY);
    now += 160;
    timeline.end();
    assertThat(timeline.agentNanos()).isEqualTo(70);
  }

  @Test
  void nothingCountsAfterTheEnd() {
    Timeline timeline = start(TrialState.VERIFY);
    now += 3;
    timeline.end();
    now += 1000;
    timeline.switchTo(TrialState.TEARDOWN);
    timeline.end();
    assertThat(timeline.wallNanos()).isEqualTo(3);
    assertThat(timeline.nanos()).doesNotContainKey(TrialState.TEARDOWN);
  }

  @Test
  void aWatcherSeesEachStateOnce() {
    List<TrialState> seen = new ArrayList<>();
    Timeline timeline = new Timeline(() -> now, seen::add, TrialState.ENV_BUILD);
    timeline.switchTo(TrialState.VERIFY);
    timeline.switchTo(TrialState.VERIFY);
    timeline.switchTo(TrialState.TEARDOWN);
    assertThat(seen).containsExactly(TrialState.ENV_BUILD, TrialState.VERIFY, TrialState.TEARDOWN);
  }
}
