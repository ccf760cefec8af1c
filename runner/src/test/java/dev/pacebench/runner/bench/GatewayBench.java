package dev.pacebench.runner.bench;

import dev.pacebench.runner.bench.GatewayBenchClient.Arrivals;
import dev.pacebench.runner.bench.GatewayBenchRig.Way;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.simulated.SeenCall;
import dev.pacebench.runner.gateway.simulated.SentCall;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The gateway as an instrument: how far its stamps are off, what it adds, what it carries. */
final class GatewayBench {

  static final String NAME = "gateway";

  private static final int TOKENS = 200;
  private static final int WARM_UP = 3000;
  private static final int NOT_COUNTED = 60;

  private GatewayBench() {}

  static void run(boolean quick, List<Result> results) throws Exception {
    noise("before", results);
    try (GatewayBenchRig rig = new GatewayBenchRig()) {
      for (Way way : Way.values()) {
        warmUp(rig, way);
      }
      settle();
      for (Way way : Way.values()) {
        error(rig, way, quick ? 60 : 200, results);
      }
      for (Way way : List.of(Way.RESPONSES, Way.SOCKET)) {
        added(rig, way, quick ? 6 : 25, results);
      }
      rig.forget();
      new GatewayBenchStreams(rig, quick).run(results);
    }
    noise("after", results);
  }

  /** How late a thread wakes that does nothing else: no stamp here can be better than that. */
  private static void noise(String when, List<Result> results) {
    Samples late = new Samples();
    for (int i = 0; i < 1000; i++) {
      long due = System.nanoTime() + 1_000_000;
      while (due - System.nanoTime() > 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      late.add((System.nanoTime() - due) / 1e6);
    }
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    results.add(Result.note(NAME, "machine " + when + ": load", load, ""));
    results.add(
        Result.note(NAME, "machine " + when + ": waking late, p99", late.quantile(0.99), "ms"));
  }

  /** Compilers need thousands of requests and tens of thousands of frames to be done. */
  private static void warmUp(GatewayBenchRig rig, Way way) throws Exception {
    Stamps stamps = new Stamps();
    try (GatewayBenchRig.Line line =
            rig.line(way, GatewayBenchRig.tier(Duration.ZERO, 1e6), stamps);
        GatewayBenchClient one = line.client(false);
        GatewayBenchClient other = line.client(true)) {
      for (int call = 0; call < WARM_UP; call++) {
        stamps.seen.reset();
        one.ask(TOKENS / 10);
        other.ask(TOKENS / 10);
      }
    }
  }

  /** What the warm-up gave the compilers to do is done when half a second adds nothing. */
  private static void settle() throws InterruptedException {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    long before = -1;
    for (int i = 0; i < 60 && before != compilers.getTotalCompilationTime(); i++) {
      before = compilers.getTotalCompilationTime();
      Thread.sleep(500);
    }
  }

  /** What the gateway's listener hears of one line's calls. */
  private static final class Stamps implements CallListener {
    private final SeenCall seen = new SeenCall();
    private final List<CallRecord> records = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void answer(int seq, int attempt, byte[] part, boolean frame, long nanos) {
      seen.read(part, frame, nanos);
    }

    @Override
    public void ended(CallRecord call) {
      records.add(call);
    }
  }

  /** What the gateway's records and stamps say against what the server knows that it sent. */
  private static void error(GatewayBenchRig rig, Way way, int calls, List<Result> results)
      throws Exception {
    Samples first = new Samples();
    Samples gaps = new Samples();
    Samples held = new Samples();
    Stamps stamps = new Stamps();
    SimulatedTier tier = GatewayBenchRig.tier(Duration.ofMillis(10), 500);
    try (GatewayBenchRig.Line line = rig.line(way, tier, stamps);
        GatewayBenchClient client = line.client(true)) {
      for (int call = -NOT_COUNTED; call < calls; call++) {
        stamps.seen.reset();
        stamps.records.clear();
        // Many short answers for the first token, some long ones for the gaps.
        Arrivals arrivals = client.ask(call % 10 == 0 ? TOKENS : 4);
        SentCall sent = line.sent(1).get(0);
        CallTimes times = record(stamps).times();
        if (call < 0) {
          continue;
        }
        if (times.first() == null || times.send() == null) {
          throw new IllegalStateException("a record without its first token: " + times);
        }
        held.add((times.send() - arrivals.asked()) / 1e6);
        first.add(
            Math.abs((times.first() - times.send()) - (sent.firstSent() - sent.read())) / 1e6);
        stamps.seen.gapErrors(sent).forEach(error -> gaps.add(error / 1e6));
      }
    }
    String of = "error of " + way.word;
    results.add(Result.note(NAME, of + ": first token, median", first.median(), "ms"));
    results.add(Result.atMost(NAME, of + ": first token, p99", first.quantile(0.99), "ms", 1));
    results.add(Result.note(NAME, of + ": gaps, median", gaps.median(), "ms"));
    results.add(Result.atMost(NAME, of + ": gaps, p99", gaps.quantile(0.99), "ms", 1));
    results.add(Result.note(NAME, way.word + ": request held back, median", held.median(), "ms"));
  }

  private static CallRecord record(Stamps stamps) throws InterruptedException {
    for (int i = 0; i < 5000 && stamps.records.isEmpty(); i++) {
      Thread.sleep(1);
    }
    return stamps.records.get(0);
  }

  /** From the server's write to the client's read, with the gateway and without, in turns. */
  private static void added(GatewayBenchRig rig, Way way, int pairs, List<Result> results)
      throws Exception {
    Samples direct = new Samples();
    Samples through = new Samples();
    SimulatedTier tier = GatewayBenchRig.tier(Duration.ofMillis(20), 500);
    try (GatewayBenchRig.Line line = rig.line(way, tier, CallListener.NONE);
        GatewayBenchClient one = line.client(false);
        GatewayBenchClient other = line.client(true)) {
      for (int pair = 0; pair < pairs; pair++) {
        // A B B A, so that a slow spell hits both.
        boolean swapped = pair % 2 == 1;
        for (boolean second : new boolean[] {swapped, !swapped}) {
          Arrivals arrivals = (second ? other : one).ask(TOKENS);
          SentCall sent = line.sent(1).get(0);
          delays(sent, arrivals, second ? through : direct);
        }
      }
    }
    String of = way.word + ", a frame";
    results.add(Result.note(NAME, of + " without the gateway, median", direct.median(), "ms"));
    results.add(Result.note(NAME, of + " without the gateway, p99", direct.quantile(0.99), "ms"));
    results.add(
        Result.atMost(NAME, of + ", added, median", through.median() - direct.median(), "ms", 0.2));
    results.add(
        Result.atMost(
            NAME, of + ", added, p99", through.quantile(0.99) - direct.quantile(0.99), "ms", 2));
  }

  private static void delays(SentCall sent, Arrivals arrivals, Samples delays) {
    if (arrivals.at().length != sent.sent().length) {
      throw new IllegalStateException(
          sent.sent().length + " events were sent, " + arrivals.at().length + " came");
    }
    for (int i = 0; i < sent.sent().length; i++) {
      delays.add((arrivals.at()[i] - sent.sent()[i]) / 1e6);
    }
  }
}
