package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.RetryWait;
import dev.pacebench.runner.timeline.Span;
import dev.pacebench.runner.timeline.TrialState;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallSpansTest {

  private static final CallUsage USAGE = new CallUsage(10, 0, 0, 11, 0);

  @Test
  void anAnsweredCallPassesThroughItsStates() {
    assertThat(CallSpans.of(List.of(SampleCalls.answered(1, 1, 100, USAGE))))
        .containsExactly(
            new Span(TrialState.UPLOAD, 100, 101),
            new Span(TrialState.WAIT_FIRST, 101, 111),
            new Span(TrialState.REASONING_STREAM, 111, 121),
            new Span(TrialState.ANSWER_STREAM, 121, 131),
            new Span(TrialState.STREAM_TAIL, 131, 141));
  }

  @Test
  void aFailedAttemptCountsWholeAndTheWaitAfterItByWhoOrderedIt() {
    assertThat(
            CallSpans.of(
                List.of(
                    SampleCalls.refused(1, 1, 0, 10, null),
                    SampleCalls.refused(1, 2, 10, 40, new RetryWait(20, true)),
                    SampleCalls.refused(1, 3, 40, 60, new RetryWait(5, false)))))
        .containsExactly(
            new Span(TrialState.FAILED_ATTEMPT, 0, 10),
            new Span(TrialState.RATELIMIT_WAIT, 10, 30),
            new Span(TrialState.FAILED_ATTEMPT, 30, 40),
            new Span(TrialState.BACKOFF, 40, 45),
            new Span(TrialState.FAILED_ATTEMPT, 45, 60));
  }

  @Test
  void aCallThatTheDeadlineCutsCountsUpToThere() {
    CallTimes times = new CallTimes(0, 5L, null, null, 5L, 6L, 8L, 9L, null, 12L, null, 50);
    assertThat(
            CallSpans.of(
                List.of(
                    SampleCalls.call(
                        1,
                        1,
                        times,
                        SampleCalls.answer(CallEnd.PHASE_OVER, null, null, null, null)))))
        .containsExactly(
            new Span(TrialState.LIMITER_WAIT, 0, 5),
            new Span(TrialState.UPLOAD, 5, 6),
            new Span(TrialState.WAIT_FIRST, 6, 9),
            new Span(TrialState.REASONING_STREAM, 9, 12),
            new Span(TrialState.STREAM_TAIL, 12, 50));
  }

  @Test
  void toolsRunFromAnAnswerThatAsksForThemToTheNextCallWhateverGoesOnBeside() {
    CallRecord asks = chat(1, 0, "tool_calls");
    CallRecord title = chat(2, 5, "stop");
    CallRecord last = chat(3, 100, "stop");

    assertThat(tools(asks, title, last)).containsExactly(new Span(TrialState.TOOL_EXEC, 42, 100));
  }

  @Test
  void toolsThatNoCallFollowsRunToTheEnd() {
    assertThat(tools(chat(1, 0, "tool_calls")))
        .containsExactly(new Span(TrialState.TOOL_EXEC, 42, Long.MAX_VALUE));
    assertThat(tools(SampleCalls.answered(1, 1, 0, USAGE))).isEmpty();
    assertThat(tools(SampleCalls.answered(1, 1, 0, USAGE), SampleCalls.answered(2, 1, 50, USAGE)))
        .containsExactly(new Span(TrialState.TOOL_EXEC, 42, 50));
  }

  private static List<Span> tools(CallRecord... calls) {
    return CallSpans.withTools(List.of(calls)).stream()
        .filter(span -> span.state() == TrialState.TOOL_EXEC)
        .toList();
  }

  private static CallRecord chat(int seq, long start, String stop) {
    CallRecord call = SampleCalls.answered(seq, 1, start, USAGE);
    Answer said = call.answer();
    return new CallRecord(
        seq,
        1,
        Protocol.OPENAI_CHAT,
        call.transport(),
        1,
        false,
        call.asked(),
        new Answer(
            said.status(),
            said.end(),
            null,
            null,
            null,
            stop,
            said.model(),
            null,
            null,
            null,
            null,
            null,
            said.serverTiming(),
            said.usage(),
            said.events(),
            said.visibleChars(),
            null,
            0),
        call.times(),
        10,
        20);
  }
}
