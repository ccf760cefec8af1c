package dev.pacebench.runner.speed;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What is taken from one call; defined in {@code leaderboard/README.md}. Times in seconds. */
enum CallFigure {
  CONNECT,
  ACCEPTED,
  FIRST_TOKEN,
  FIRST_ANSWER,
  WHOLE,
  DECODE,
  EFFECTIVE;

  /** In shorter answers a single event is too large a part of the whole. */
  private static final long FEWEST_TOKENS = 64;

  OptionalDouble of(CallRecord call) {
    CallTimes times = call.times();
    return switch (this) {
      case CONNECT -> span(times.connectStart(), times.connectEnd());
      case ACCEPTED -> span(times.send(), times.headers());
      case FIRST_TOKEN -> span(times.send(), times.first());
      case FIRST_ANSWER -> span(times.send(), times.answer());
      case WHOLE -> whole(call);
      case DECODE -> decode(call);
      case EFFECTIVE -> effective(call);
    };
  }

  /** As JSON says it. */
  String word() {
    String unit = isRate() ? "_tokens_per_second" : "_seconds";
    return name().toLowerCase(Locale.ROOT) + unit;
  }

  boolean isRate() {
    return this == DECODE || this == EFFECTIVE;
  }

  private static OptionalDouble span(@Nullable Long from, @Nullable Long to) {
    return from == null || to == null
        ? OptionalDouble.empty()
        : OptionalDouble.of((to - from) / 1e9);
  }

  private static OptionalDouble whole(CallRecord call) {
    Long end = call.times().terminal();
    return span(call.times().send(), end == null ? Long.valueOf(call.times().end()) : end);
  }

  /** Hidden reasoning is no part of what is seen to stream, so it is taken out of both. */
  private static OptionalDouble decode(CallRecord call) {
    CallUsage usage = call.answer().usage();
    if (usage == null) {
      return OptionalDouble.empty();
    }
    boolean seen = "reasoning".equals(call.answer().firstSource()) || usage.reasoning() == 0;
    long tokens = seen ? usage.output() : usage.output() - usage.reasoning();
    OptionalDouble time =
        span(seen ? call.times().first() : call.times().answer(), call.times().last());
    return tokens < FEWEST_TOKENS || time.isEmpty() || time.getAsDouble() <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((tokens - 1) / time.getAsDouble());
  }

  private static OptionalDouble effective(CallRecord call) {
    CallUsage usage = call.answer().usage();
    OptionalDouble time = whole(call);
    return usage == null || usage.output() == 0 || time.isEmpty() || time.getAsDouble() <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(usage.output() / time.getAsDouble());
  }
}
