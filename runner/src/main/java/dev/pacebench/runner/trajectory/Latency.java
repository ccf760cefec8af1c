package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.RetryWait;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What one model call was like, for {@code metrics.extra}; the format has no latencies. */
final class Latency {

  private Latency() {}

  /**
   * @param attempts those that failed before and the one that counts
   */
  static ObjectNode of(List<CallRecord> attempts) {
    CallRecord call = attempts.get(attempts.size() - 1);
    CallTimes times = call.times();
    ObjectNode extra = Json.object();
    extra.put("seq", call.seq());
    extra.put("transport", call.transport().word());
    extra.put("attempts", attempts.size());
    put(extra, "ttft_ms", times.send(), times.first());
    put(extra, "first_answer_ms", times.send(), times.answer());
    put(extra, "decode_ms", times.first(), times.last());
    put(extra, "total_ms", attempts.get(0).times().scheduled(), times.end());
    extra.put("wait_ms", millis(waited(attempts)));
    if (call.answer().status() != 0) {
      extra.put("status", call.answer().status());
    }
    extra.put("end", call.answer().end().word());
    text(extra, "stop", call.answer().stopReason());
    text(extra, "error", call.answer().errorCode());
    text(extra, "tier_asked", call.asked().tier());
    text(extra, "tier_served", call.answer().tier());
    text(extra, "speed_served", call.answer().speed());
    CallUsage usage = call.answer().usage();
    if (usage != null) {
      extra.put("reasoning_tokens", usage.reasoning());
      Long first = times.first();
      Long last = times.last();
      if (usage.output() >= 2 && first != null && last != null && last > first) {
        double perSecond = (usage.output() - 1) / ((last - first) / 1e9);
        extra.put("tokens_per_second", Math.round(perSecond * 10) / 10.0);
      }
    }
    return extra;
  }

  /** Nanoseconds in which nothing was under way: limiter, pauses, and attempts that failed. */
  private static long waited(List<CallRecord> attempts) {
    long waited = 0;
    for (int i = 0; i < attempts.size(); i++) {
      CallTimes times = attempts.get(i).times();
      RetryWait wait = attempts.get(i).waited();
      long wanted = times.scheduled() + (wait == null ? 0 : wait.nanos());
      waited += wait == null ? 0 : wait.nanos();
      Long released = times.released();
      waited += released == null ? 0 : Math.max(0, released - wanted);
      if (i + 1 < attempts.size()) {
        long began = released == null ? wanted : released;
        waited += Math.max(0, times.end() - began);
        // An agent's own pause before it asks again.
        waited += Math.max(0, attempts.get(i + 1).times().scheduled() - times.end());
      }
    }
    return waited;
  }

  static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }

  private static void put(ObjectNode extra, String name, @Nullable Long from, @Nullable Long to) {
    if (from != null && to != null) {
      extra.put(name, millis(to - from));
    }
  }

  private static void text(ObjectNode extra, String name, @Nullable String value) {
    if (value != null) {
      extra.put(name, Texts.word(value));
    }
  }
}
