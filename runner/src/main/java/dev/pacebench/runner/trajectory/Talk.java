package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.trajectory.SpokenRequest.Item;
import dev.pacebench.runner.trajectory.SpokenRequest.Said;
import dev.pacebench.runner.trajectory.SpokenRequest.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One conversation with a model, put together from requests that repeat it or go on with it.
 *
 * <p>Every request says again what was said before; only what is new becomes an entry.
 */
final class Talk {

  /** Something in a conversation. */
  sealed interface Entry permits Words, Turn {
    /** When it was said, in nanoseconds from the start of the agent phase. */
    long nanos();
  }

  /** Words said to the model. */
  record Words(Said said, long nanos) implements Entry {}

  private final List<Entry> entries = new ArrayList<>();
  private final Map<Said, Integer> known = new HashMap<>();
  private final List<CallRecord> pending = new ArrayList<>();
  private SpokenAnswer brokenOff = SpokenAnswer.NOTHING;
  private boolean tools;
  private int calls;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /** Takes a request in, and the answer where there is one. */
  void take(RecordedAttempt attempt, SpokenRequest request, SpokenAnswer answer) {
    CallRecord call = attempt.call();
    calls++;
    tools |= request.tools();
    first = Math.min(first, call.times().scheduled());
    last = Math.max(last, call.times().end());
    said(request, call.times().scheduled());
    if (call.asked().warmUp()) {
      return;
    }
    pending.add(call);
    if (attempt.answered()) {
      entries.add(new Turn(answer, pending));
      pending.clear();
      brokenOff = SpokenAnswer.NOTHING;
    } else {
      brokenOff = answer;
    }
  }

  private void said(SpokenRequest request, long nanos) {
    List<Words> added = new ArrayList<>();
    if (!request.instructions().isEmpty() && calls == 1) {
      added.add(new Words(new Said(true, request.instructions()), nanos));
    }
    Map<Said, Integer> now = new HashMap<>();
    for (Item item : request.items()) {
      if (item instanceof Told told) {
        told(told);
      } else if (item instanceof Said said) {
        int times = now.merge(said, 1, Integer::sum);
        boolean increment = !request.continues().isEmpty();
        if (increment || times > known.getOrDefault(said, 0)) {
          known.merge(said, 1, Integer::sum);
          added.add(new Words(said, nanos));
        }
      }
    }
    // New words after an answer that broke off: it was interrupted for them, and not tried again.
    if (!added.isEmpty() && !pending.isEmpty() && isInterrupted()) {
      entries.add(new Turn(brokenOff, pending));
      pending.clear();
      brokenOff = SpokenAnswer.NOTHING;
    }
    entries.addAll(added);
  }

  private boolean isInterrupted() {
    return pending.get(pending.size() - 1).answer().end() == CallEnd.ABANDONED;
  }

  private void told(Told told) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i) instanceof Turn turn && turn.asksFor(told.callId())) {
        turn.told(told.callId(), told.text());
        return;
      }
    }
  }

  /** No more comes: what failed last becomes a turn that says so. */
  void close() {
    if (!pending.isEmpty()) {
      entries.add(new Turn(brokenOff, pending));
      pending.clear();
    }
  }

  /** In the order in which it was said. */
  List<Entry> entries() {
    return entries;
  }

  List<Turn> turns() {
    List<Turn> turns = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry instanceof Turn turn) {
        turns.add(turn);
      }
    }
    return turns;
  }

  /** Whether the model was offered tools in it. */
  boolean offersTools() {
    return tools;
  }

  int calls() {
    return calls;
  }

  /** Start of the first call. */
  long first() {
    return first;
  }

  /** End of the last call. */
  long last() {
    return last;
  }
}
