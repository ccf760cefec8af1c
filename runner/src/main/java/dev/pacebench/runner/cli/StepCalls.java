package dev.pacebench.runner.cli;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints a trial's model calls, an attempt a row. */
final class StepCalls {

  private static final int SHOWN = 30;
  private static final String ROW = "  %5s %8s %6s %-9s %7s %7s %8s %8s %7s  %s";

  private final Cli cli;
  private final boolean full;

  StepCalls(Cli cli, boolean full) {
    this.cli = cli;
    this.full = full;
  }

  void print(List<CallRecord> calls) {
    if (calls.isEmpty()) {
      return;
    }
    cli.line("  calls      first: s to the first token; in, cached and out: tokens");
    row("call", "start", "status", "transport", "first", "tok/s", "in", "cached", "out", "end");
    int most = full ? calls.size() : Math.min(SHOWN, calls.size());
    calls.subList(0, most).forEach(this::call);
    if (most < calls.size()) {
      cli.line("  ... " + (calls.size() - most) + " more; --full shows all");
    }
  }

  private void call(CallRecord call) {
    CallTimes times = call.times();
    CallUsage usage = call.answer().usage();
    String error = call.answer().errorCode();
    String end = call.answer().end().word() + (error == null ? "" : " " + error);
    row(
        call.seq() + (call.attempt() > 1 ? "." + call.attempt() : ""),
        String.format(Locale.ROOT, "%.2f", times.scheduled() / 1e9),
        call.answer().status() == 0 ? "-" : Integer.toString(call.answer().status()),
        call.transport().word(),
        between(times.send(), times.first()),
        perSecond(times, usage),
        usage == null ? "-" : Long.toString(usage.input()),
        usage == null ? "-" : Long.toString(usage.cached()),
        usage == null ? "-" : Long.toString(usage.output()),
        Cli.safe(end, 22) + (call.asked().warmUp() ? ", warm-up" : ""));
  }

  private static String between(@Nullable Long from, @Nullable Long to) {
    return from == null || to == null ? "-" : String.format(Locale.ROOT, "%.3f", (to - from) / 1e9);
  }

  private static String perSecond(CallTimes times, @Nullable CallUsage usage) {
    Long first = times.first();
    Long last = times.last();
    if (usage == null || usage.output() < 2 || first == null || last == null || last <= first) {
      return "-";
    }
    return String.format(Locale.ROOT, "%.0f", (usage.output() - 1) / ((last - first) / 1e9));
  }

  private void row(Object... cells) {
    cli.line(String.format(Locale.ROOT, ROW, cells).stripTrailing());
  }
}
