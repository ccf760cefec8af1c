package dev.pacebench.runner.serve;

import dev.pacebench.leaderboard.page.trial.TrialStory.ModelCall;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import org.jspecify.annotations.Nullable;

/** Tells model calls as a page shows them. */
final class Calls {

  private Calls() {}

  static ModelCall of(CallRecord call) {
    CallTimes times = call.times();
    CallUsage usage = call.answer().usage();
    String error = call.answer().errorCode();
    return new ModelCall(
        call.seq() + (call.attempt() > 1 ? "." + call.attempt() : ""),
        times.scheduled() / 1e9,
        times.end() / 1e9,
        call.answer().status(),
        call.transport().word(),
        between(times.send(), times.first()),
        perSecond(times, usage),
        usage == null ? null : Long.valueOf(usage.input()),
        usage == null ? null : Long.valueOf(usage.cached()),
        usage == null ? null : Long.valueOf(usage.output()),
        call.answer().end().word().replace('_', ' ')
            + (error == null ? "" : " " + error)
            + (call.asked().warmUp() ? ", warm-up" : ""));
  }

  private static @Nullable Double between(@Nullable Long from, @Nullable Long to) {
    return from == null || to == null ? null : Double.valueOf((to - from) / 1e9);
  }

  private static @Nullable Double perSecond(CallTimes times, @Nullable CallUsage usage) {
    Long first = times.first();
    Long last = times.last();
    return usage == null || usage.output() < 2 || first == null || last == null || last <= first
        ? null
        : Double.valueOf((usage.output() - 1) / ((last - first) / 1e9));
  }
}
