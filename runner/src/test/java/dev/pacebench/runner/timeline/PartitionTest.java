package dev.pacebench.runner.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartitionTest {

  @Test
  void whatAModelDoesCountsBeforeAToolThatRunsBesideIt() {
    Partition parts =
        Partition.of(
            0,
            100,
            List.of(
                new Span(TrialState.TOOL_EXEC, 10, 60),
                new Span(TrialState.WAIT_FIRST, 40, 50),
                new Span(TrialState.ANSWER_STREAM, 50, 80)),
            TrialState.CLIENT_OVERHEAD);
    assertThat(parts.nanos())
        .isEqualTo(
            Map.of(
                TrialState.CLIENT_OVERHEAD, 30L,
                TrialState.TOOL_EXEC, 30L,
                TrialState.WAIT_FIRST, 10L,
                TrialState.ANSWER_STREAM, 30L));
    assertThat(parts.overlap()).isEqualTo(20);
  }

  @Test
  void ourOwnLimiterCountsOnlyWhereNothingElseGoesOn() {
    Partition parts =
        Partition.of(
            0,
            30,
            List.of(
                new Span(TrialState.LIMITER_WAIT, 0, 30),
                new Span(TrialState.ANSWER_STREAM, 0, 10),
                new Span(TrialState.TOOL_EXEC, 5, 20)),
            TrialState.AGENT_OTHER);
    assertThat(parts.nanos()).containsEntry(TrialState.LIMITER_WAIT, 10L);
  }

  @Test
  void spansAreCutToTheStretch() {
    Partition parts =
        Partition.of(
            100, 110, List.of(new Span(TrialState.CONNECT, 0, 1000)), TrialState.AGENT_OTHER);
    assertThat(parts.nanos()).isEqualTo(Map.of(TrialState.CONNECT, 10L));
  }

  @Test
  void statesOutsideTheAgentPhaseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Partition.of(
                    0, 1, List.of(new Span(TrialState.VERIFY, 0, 1)), TrialState.AGENT_OTHER));
  }

  @Test
  void partsAddUpAndAgreeWithLookingAtEachInstant() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      List<Span> spans = new ArrayList<>();
      for (int i = 0; i < random.nextInt(12); i++) {
        int from = random.nextInt(120) - 10;
        TrialState state = Partition.ORDER.get(random.nextInt(Partition.ORDER.size()));
        spans.add(new Span(state, from, from + random.nextInt(60)));
      }
      EnumMap<TrialState, Long> expected = new EnumMap<>(TrialState.class);
      for (int at = 0; at < 100; at++) {
        int instant = at;
        TrialState top =
            Partition.ORDER.stream()
                .filter(
                    state ->
                        spans.stream()
                            .anyMatch(
                                span ->
                                    span.state() == state
                                        && span.from() <= instant
                                        && instant < span.to()))
                .findFirst()
                .orElse(TrialState.AGENT_OTHER);
        expected.merge(top, 1L, Long::sum);
      }
      assertThat(Partition.of(0, 100, spans, TrialState.AGENT_OTHER).nanos()).isEqualTo(expected);
    }
  }
}
