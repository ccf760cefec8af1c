package dev.pacebench.runner.bench;

import dev.pacebench.runner.bench.GatewayBenchRig.Way;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.gateway.record.Pace;
import dev.pacebench.runner.gateway.record.RecordLimits;
import dev.pacebench.runner.gateway.record.Recorder;
import dev.pacebench.runner.gateway.record.Recording;
import dev.pacebench.runner.gateway.record.ReplayServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How far a replay's pace is from the recorded one, as the gateway sees both. */
final class ReplayBench {

  private static final int TOKENS = 100;
  private static final int WARM_UP = 20;

  private ReplayBench() {}

  static void run(boolean quick, List<Result> results) throws Exception {
    for (Way way : List.of(Way.RESPONSES, Way.SOCKET)) {
      pace(way, WARM_UP + (quick ? 10 : 40), results);
    }
  }

  /** When the first bytes of an answer up to each place had come, after its request was sent. */
  private static final class Heard implements CallListener {
    private final CallListener next;
    private final List<List<long[]>> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<CallRecord> records = Collections.synchronizedList(new ArrayList<>());

    Heard(CallListener next) {
      this.next = next;
    }

    @Override
    public void request(int seq, int attempt, byte[] body, long nanos) {
      calls.add(new ArrayList<>());
      next.request(seq, attempt, body, nanos);
    }

    @Override
    public void head(
        int seq, int attempt, int status, Map<String, List<String>> headers, long nanos) {
      next.head(seq, attempt, status, headers, nanos);
    }

    @Override
    public void answer(int seq, int attempt, byte[] part, boolean frame, long nanos) {
      List<long[]> places = calls.get(calls.size() - 1);
      long before = places.isEmpty() ? 0 : places.get(places.size() - 1)[0];
      places.add(new long[] {before + part.length, nanos});
      next.answer(seq, attempt, part, frame, nanos);
    }

    @Override
    public void ended(CallRecord call) {
      records.add(call);
      next.ended(call);
    }

    void await(int count) throws InterruptedException {
      for (int i = 0; i < 5000 && records.size() < count; i++) {
        Thread.sleep(1);
      }
    }

    /** When a byte had come, in milliseconds after the request was sent. */
    double at(int call, long place) {
      Long sent = records.get(call).times().sent();
      for (long[] come : calls.get(call)) {
        if (come[0] >= place && sent != null) {
          return (come[1] - sent) / 1e6;
        }
      }
      throw new IllegalStateException("call " + call + " has no byte " + place);
    }
  }

  private static void pace(Way way, int calls, List<Result> results) throws Exception {
    Path folder = Files.createTempDirectory("pacebench-replay-bench");
    try (GatewayBenchRig rig = new GatewayBenchRig();
        ReplayServer replay = ReplayServer.start()) {
      Heard recorded = recorded(rig, way, calls, folder);
      Recording recording = Recording.read(folder);
      Heard again = new Heard(CallListener.NONE);
      String key = replay.register("bench", recording, Pace.ORIGINAL);
      try (Door door = rig.open("replay", replay.baseUrl(), key, way, again)) {
        ask(door, way, calls, again);
      }
      Samples errors = new Samples();
      for (int call = WARM_UP; call < calls; call++) {
        for (long[] place : recorded.calls.get(call)) {
          errors.add(Math.abs(again.at(call, place[0]) - recorded.at(call, place[0])));
        }
      }
      String name = "replay of " + way.word + ": parts beside their time";
      results.add(Result.note(GatewayBench.NAME, name + ", median", errors.median(), "ms"));
      results.add(Result.atMost(GatewayBench.NAME, name + ", p99", errors.quantile(0.99), "ms", 3));
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static Heard recorded(GatewayBenchRig rig, Way way, int calls, Path folder)
      throws Exception {
    Recorder recorder =
        Recorder.start(
            folder,
            "bench",
            System.nanoTime(),
            true,
            RecordLimits.DEFAULT,
            UnaryOperator.identity());
    try (recorder) {
      Heard heard = new Heard(recorder);
      try (GatewayBenchRig.Line line =
          rig.line(way, GatewayBenchRig.tier(Duration.ofMillis(10), 500), heard)) {
        ask(line.door(), way, calls, heard);
      }
      return heard;
    }
  }

  private static void ask(Door door, Way way, int calls, Heard heard)
      throws IOException, InterruptedException {
    try (GatewayBenchClient client =
        GatewayBenchClient.open(door.address().getPort(), door.token(), way)) {
      for (int i = 1; i <= calls; i++) {
        client.ask(TOKENS);
        heard.await(i);
      }
    }
  }
}
