package dev.pacebench.runner.gateway;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.gateway.simulated.Play;
import dev.pacebench.runner.gateway.simulated.SeenCall;
import dev.pacebench.runner.gateway.simulated.SentCall;
import dev.pacebench.runner.gateway.simulated.SimulatedServer;
import dev.pacebench.runner.lineup.ServingTier;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Compares what the gateway measures with what a simulated server knows that it sent.
 *
 * <p>A second of calls at 1,000 tokens a second, one token an event. The error of a call's first
 * token is the difference of the two times to it; the error of a gap is the difference of the two
 * gaps between neighbouring events.
 */
final class InstrumentCheck implements CallListener {

  private static final int WARM_UP = 4;
  private static final int CALLS = 10;
  private static final int TOKENS = 80;
  private static final double PACE = 1000;

  static final String NAME = "instrument-check";
  static final String MODEL = "check";
  static final ServingTier TIER =
      new ServingTier(
          Protocol.OPENAI_RESPONSES.word(),
          Transport.SSE.word(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final SeenCall seen = new SeenCall();
  private final List<CallRecord> records = Collections.synchronizedList(new ArrayList<>());

  private InstrumentCheck() {}

  /**
   * Runs the check.
   *
   * @param opener opens a door to the simulated server, by the key given and for the listener given
   */
  static Uncertainty run(SimulatedServer server, BiFunction<String, CallListener, Door> opener)
      throws InterruptedException {
    SimulatedTier tier =
        new SimulatedTier(
            Duration.ofMillis(5),
            PACE,
            1,
            0,
            Duration.ZERO,
            Duration.ZERO,
            0,
            1,
            SimulatedTier.Faults.NONE);
    InstrumentCheck check = new InstrumentCheck();
    String key = server.register(NAME, new Play(tier, Optional.empty(), 1));
    try (Door door = opener.apply(key, check)) {
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      List<Long> errors = new ArrayList<>();
      for (int call = 0; call < WARM_UP + CALLS; call++) {
        check.seen.reset();
        ask(client, door);
        SentCall sent = awaitSent(server, call + 1);
        CallTimes times = check.awaitRecord(call);
        if (call >= WARM_UP) {
          check.compare(sent, times, errors);
        }
      }
      return summary(errors);
    } finally {
      server.unregister(NAME);
    }
  }

  @Override
  public void answer(int seq, int attempt, byte[] part, boolean frame, long nanos) {
    seen.read(part, frame, nanos);
  }

  @Override
  public void ended(CallRecord call) {
    records.add(call);
  }

  private static void ask(HttpClient client, Door door) throws InterruptedException {
    String body =
        "{\"model\":\"check\",\"stream\":true,\"input\":\"go\",\"max_output_tokens\":"
            + TOKENS
            + "}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(door.address() + "/v1/responses"))
            .header("authorization", "Bearer " + door.token())
            .header("content-type", "application/json")
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw broken("it answered " + status);
      }
    } catch (IOException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
  }

  /** The server notes a call after its last byte has left. */
  private static SentCall awaitSent(SimulatedServer server, int count) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (System.nanoTime() < until) {
      List<SentCall> calls = server.log().calls(NAME);
      if (calls.size() >= count) {
        return calls.get(count - 1);
      }
      Thread.sleep(1);
    }
    throw broken("a call was not finished");
  }

  /** Everything was heard of a call when its record is made, which may be after its last byte. */
  private CallTimes awaitRecord(int call) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (System.nanoTime() < until) {
      if (records.size() > call) {
        return records.get(call).times();
      }
      Thread.sleep(1);
    }
    throw broken("a call was not recorded");
  }

  private void compare(SentCall sent, CallTimes times, List<Long> errors) {
    if (times.first() != null && times.send() != null) {
      errors.add(Math.abs((times.first() - times.send()) - (sent.firstSent() - sent.read())));
    }
    errors.addAll(seen.gapErrors(sent));
  }

  private static Uncertainty summary(List<Long> errors) {
    if (errors.isEmpty()) {
      throw broken("nothing was measured");
    }
    long[] sorted = errors.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return new Uncertainty(sorted.length, nearestRank(sorted, 0.5), nearestRank(sorted, 0.99));
  }

  private static double nearestRank(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }

  private static InfrastructureError broken(String what) {
    return new InfrastructureError(
        "the gateway cannot measure its own error: " + what,
        "see that programs may connect to 127.0.0.1, and look into the log with -v");
  }
}
