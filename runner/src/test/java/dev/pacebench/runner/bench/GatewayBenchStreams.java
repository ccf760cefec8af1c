package dev.pacebench.runner.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.pacebench.runner.bench.GatewayBenchClient.Arrivals;
import dev.pacebench.runner.bench.GatewayBenchRig.Line;
import dev.pacebench.runner.bench.GatewayBenchRig.Way;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.simulated.SentCall;
import dev.pacebench.runner.home.PunctualThread;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.JMException;
import javax.management.ObjectName;

/** Twenty streams of 1,000 tokens a second, one token a frame, in all protocols at once. */
final class GatewayBenchStreams {

  private static final int STREAMS = 20;
  private static final int PER_SECOND = 1000;

  private static final OperatingSystemMXBean OS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final GatewayBenchRig rig;
  private final int seconds;
  private final int warmUp;

  GatewayBenchStreams(GatewayBenchRig rig, boolean quick) {
    this.rig = rig;
    seconds = quick ? 10 : 60;
    warmUp = quick ? 3 : 5;
  }

  /**
   * One round's figures.
   *
   * @param late from when a frame was due to when it was read, in nanoseconds, sorted
   * @param onTheWay from when a frame was sent to when it was read, in nanoseconds, sorted
   * @param lost tokens that were not read
   * @param grown bytes by which what is reachable grew
   * @param cores how many were busy with it, servers, gateway and readers together
   */
  private record Round(long[] late, long[] onTheWay, long lost, long grown, double cores) {}

  void run(List<Result> results) throws Exception {
    round(true, warmUp);
    Round direct = round(false, Math.min(seconds, 10));
    Round through = round(true, seconds);
    String of = STREAMS + " streams x " + PER_SECOND + " tokens/s";
    note(results, of + " without the gateway, late, median", quantile(direct.late, 0.5));
    note(results, of + " without the gateway, late, p99", quantile(direct.late, 0.99));
    note(results, of + " for " + seconds + " s, late, median", quantile(through.late, 0.5));
    results.add(
        Result.atMost(
            GatewayBench.NAME,
            of + " for " + seconds + " s, late, p99",
            quantile(through.late, 0.99),
            "ms",
            2));
    note(results, of + ", late, max", quantile(through.late, 1));
    note(results, of + ", on the way, p99", quantile(through.onTheWay, 0.99));
    results.add(
        Result.note(GatewayBench.NAME, of + ", without the gateway", direct.cores, "cores"));
    results.add(Result.note(GatewayBench.NAME, of + ", with it", through.cores, "cores"));
    results.add(Result.atMost(GatewayBench.NAME, of + ", tokens lost", through.lost, "tokens", 0));
    results.add(
        Result.atMost(GatewayBench.NAME, of + ", heap grown", through.grown / 1048576.0, "MiB", 8));
  }

  private static void note(List<Result> results, String name, double value) {
    results.add(Result.note(GatewayBench.NAME, name, value, "ms"));
  }

  private Round round(boolean through, int length) throws Exception {
    rig.forget();
    int tokens = length * PER_SECOND;
    List<Line> lines = new ArrayList<>();
    List<Future<Arrivals>> reading = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(STREAMS);
    try {
      for (int i = 0; i < STREAMS; i++) {
        Way way = Way.values()[i % Way.values().length];
        // Spread over a token's time, as independent streams are.
        Duration first = Duration.ofMillis(300).plusNanos(1_000_000L * i / STREAMS);
        Line line = rig.line(way, GatewayBenchRig.tier(first, PER_SECOND), CallListener.NONE);
        lines.add(line);
        reading.add(threads.submit(() -> read(line, through, tokens)));
      }
      Thread.sleep(1000L * Math.min(warmUp, length / 2));
      long before = reachable();
      long cpu = OS.getProcessCpuTime();
      long from = System.nanoTime();
      Thread.sleep(Math.max(0, 1000L * (length - Math.min(warmUp, length / 2) - 1)));
      long until = System.nanoTime();
      double cores = (double) (OS.getProcessCpuTime() - cpu) / (until - from);
      long grown = reachable() - before;
      return figures(lines, reading, through, tokens, grown, cores, from, until);
    } finally {
      threads.shutdownNow();
      lines.forEach(Line::close);
    }
  }

  /** Its threads are part of the instrument: what waits for them was there already. */
  private static Arrivals read(Line line, boolean through, int tokens) throws Exception {
    PunctualThread.become();
    try (GatewayBenchClient client = line.client(through)) {
      return client.ask(tokens);
    }
  }

  /**
   * Bytes that are reachable while all streams run. What a collection leaves would count what was
   * allocated beside it too.
   */
  private static long reachable() throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    String[] total = histogram.substring(histogram.lastIndexOf("Total")).trim().split("\\s+");
    return Long.parseLong(total[2]);
  }

  /**
   * Of frames due between two instants: the looks at the heap, which a program in use does not
   * order, stop everything.
   */
  private static Round figures(
      List<Line> lines,
      List<Future<Arrivals>> reading,
      boolean through,
      int tokens,
      long grown,
      double cores,
      long from,
      long until)
      throws Exception {
    long[] late = new long[STREAMS * tokens];
    long[] onTheWay = new long[STREAMS * tokens];
    int count = 0;
    long lost = 0;
    for (int i = 0; i < STREAMS; i++) {
      long[] at = reading.get(i).get().at();
      SentCall sent = lines.get(i).sent(1).get(0);
      lost += Math.abs(at.length - sent.sent().length);
      lost += through ? tokens - recorded(lines.get(i)) : 0;
      for (int e = 0; e < Math.min(at.length, sent.last() + 1); e++) {
        long due = sent.due()[e];
        if (due - from >= 0 && due - until < 0) {
          late[count] = at[e] - due;
          onTheWay[count++] = at[e] - sent.sent()[e];
        }
      }
    }
    late = Arrays.copyOf(late, count);
    onTheWay = Arrays.copyOf(onTheWay, count);
    Arrays.sort(late);
    Arrays.sort(onTheWay);
    return new Round(late, onTheWay, lost, grown, cores);
  }

  /** Output tokens that the gateway's record has. */
  private static long recorded(Line line) throws InterruptedException {
    for (int i = 0; i < 5000; i++) {
      List<CallRecord> calls = line.door().calls(false);
      if (!calls.isEmpty() && calls.get(0).answer().usage() != null) {
        return calls.get(0).answer().usage().output();
      }
      Thread.sleep(1);
    }
    return 0;
  }

  private static double quantile(long[] sorted, double q) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))] / 1e6;
  }
}
