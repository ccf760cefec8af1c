package dev.pacebench.runner.speed;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is taken from one call; defined in {@code leaderboard/README.md}. Times in seconds. */
enum CallFigure {
  CONNECT(call -> span(call.times().connectStart(), call.times().connectEnd())),
  ACCEPTED(call -> span(call.times().send(), call.times().headers())),
  FIRST_TOKEN(call -> span(call.times().send(), call.times().first())),
  FIRST_ANSWER(call -> span(call.times().send(), call.times().answer())),
  WHOLE(CallFigure::whole),
  DECODE(CallFigure::decode),
  EFFECTIVE(CallFigure::effective);

  /** In shorter answers a single event is too large a part of the whole. */
  private static final long FEWEST_TOKENS = 64;

  private final Function<CallRecord, OptionalDouble> value;

  CallFigure(Function<CallRecord, OptionalDouble> value) {
    this.value = value;
  }

  OptionalDouble of(CallRecord call) {
    return value.apply(call);
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
