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

  @Test
  void callsLaidOverDivideTheAgentPhaseAndLeaveItsLength() {
    Timeline timeline = start(TrialState.SANDBOX_START);
    now += 5;
    timeline.switchTo(TrialState.AGENT_START);
    long begin = now;
    now += 10;
    timeline.switchTo(TrialState.TOOL_EXEC);
    now += 20;
    timeline.switchTo(TrialState.CLIENT_OVERHEAD);
    now += 40;
    timeline.switchTo(TrialState.FREEZE);
    now += 80;
    timeline.end();
    timeline.layOver(
        List.of(
            new Span(TrialState.WAIT_FIRST, begin + 25, begin + 35),
            new Span(TrialState.ANSWER_STREAM, begin + 35, begin + 5000)));
    assertThat(timeline.agentNanos()).isEqualTo(70);
    assertThat(timeline.nanos())
        .containsEntry(TrialState.AGENT_START, 10L)
        .containsEntry(TrialState.TOOL_EXEC, 15L)
        .containsEntry(TrialState.WAIT_FIRST, 10L)
        .containsEntry(TrialState.ANSWER_STREAM, 35L)
        .containsEntry(TrialState.FREEZE, 80L)
        .doesNotContainKey(TrialState.CLIENT_OVERHEAD);
    assertThat(timeline.overlapNanos()).isEqualTo(5);
  }

  @Test
  void anAgentThatSaysNothingHasStartedWithItsFirstCall() {
    Timeline timeline = start(TrialState.AGENT_START);
    long begin = now;
    now += 100;
    timeline.switchTo(TrialState.FREEZE);
    timeline.end();
    timeline.layOver(List.of(new Span(TrialState.WAIT_FIRST, begin + 30, begin + 40)));
    assertThat(timeline.nanos())
        .containsEntry(TrialState.AGENT_START, 30L)
        .containsEntry(TrialState.WAIT_FIRST, 10L)
        .containsEntry(TrialState.AGENT_OTHER, 60L);
  }

  @Test
  void theRestOfAProgramsTimeIsWhatItIsSaidToBe() {
    Timeline timeline = start(TrialState.AGENT_START);
    long begin = now;
    now += 100;
    timeline.switchTo(TrialState.FREEZE);
    timeline.end();
    timeline.layOver(
        List.of(new Span(TrialState.WAIT_FIRST, begin + 30, begin + 40)),
        TrialState.CLIENT_OVERHEAD);
    assertThat(timeline.nanos())
        .containsEntry(TrialState.AGENT_START, 30L)
        .containsEntry(TrialState.CLIENT_OVERHEAD, 60L)
        .doesNotContainKey(TrialState.AGENT_OTHER);
  }
}
