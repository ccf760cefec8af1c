package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.gateway.call.CallPath;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.record.ReplayTrial.MismatchException;
import dev.pacebench.runner.gateway.simulated.Pacer;
import dev.pacebench.runner.gateway.simulated.TrialKeys;
import dev.pacebench.runner.gateway.simulated.WholeBody;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes requests in: which trial's, over which transport, and which recorded call it means. */
final class ReplayFront {

  /** Larger requests are not recorded. */
  static final int MOST_BODY = 32 << 20;

  /** What is made anew for each connection, or says when something was sent. */
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "connection",
          "keep-alive",
          "transfer-encoding",
          "content-length",
          "upgrade",
          "date",
          "trailer",
          "sec-websocket-accept",
          "sec-websocket-extensions",
          "sec-websocket-protocol");

  private final Vertx vertx;
  private final Pacer pacer;
  private final TrialKeys<ReplayTrial> trials;

  ReplayFront(Vertx vertx, Pacer pacer, TrialKeys<ReplayTrial> trials) {
    this.vertx = vertx;
    this.pacer = pacer;
    this.trials = trials;
  }

  /** A recorded call with all that is needed to play it. */
  record Found(RecordedCall call, List<byte[]> parts, Timings timings) {

    static Found take(ReplayTrial trial, Protocol protocol, boolean socket, byte[] body)
        throws MismatchException, IOException {
      return of(trial.take(protocol, socket, body), trial.pace());
    }

    static Found of(RecordedCall call, Pace pace) throws IOException {
      List<byte[]> parts = call.answerBytes();
      return new Found(call, parts, Timings.of(call, parts, pace));
    }
  }

  void request(HttpServerRequest request) {
    Optional<Protocol> protocol =
        CallPath.read(request.path() == null ? "" : request.path()).map(CallPath::protocol);
    if (protocol.isEmpty()) {
      request.response().setStatusCode(404).end();
      return;
    }
    ReplayTrial trial = trials.of(request).orElse(null);
    if (trial == null) {
      ReplayErrors.refuse(
          request.response(), protocol.get(), 401, "invalid_api_key", "no trial has this key");
    } else if (request.canUpgradeToWebSocket() && protocol.get() == Protocol.OPENAI_RESPONSES) {
      upgrade(request, trial);
    } else if (!HttpMethod.POST.equals(request.method())) {
      request.response().setStatusCode(405).putHeader("allow", "POST").end();
    } else {
      read(request, protocol.get(), trial);
    }
  }

  private void read(HttpServerRequest request, Protocol protocol, ReplayTrial trial) {
    WholeBody.read(
        request,
        MOST_BODY,
        body -> {
          long now = System.nanoTime();
          // Comparing a long history takes milliseconds, in which other answers' parts are due.
          vertx
              .executeBlocking(() -> Found.take(trial, protocol, false, body))
              .onSuccess(found -> play(request, trial, found, now))
              .onFailure(why -> refuse(request, protocol, why));
        },
        () ->
            ReplayErrors.refuse(
                request.response(),
                protocol,
                413,
                "request_too_large",
                "too large to be replayed"));
  }

  private void play(HttpServerRequest request, ReplayTrial trial, Found found, long now) {
    if (!request.response().closed()) {
      new Playback(trial, found, new ReplayHttp(request), pacer, now, () -> {}).run();
    }
  }

  private static void refuse(HttpServerRequest request, Protocol protocol, Throwable why) {
    boolean mismatch = why instanceof MismatchException;
    ReplayErrors.refuse(
        request.response(),
        protocol,
        mismatch ? ReplayErrors.CONFLICT : 500,
        mismatch ? ReplayErrors.MISMATCH : ReplayErrors.FAILED,
        String.valueOf(why.getMessage()));
  }

  private void upgrade(HttpServerRequest request, ReplayTrial trial) {
    Optional<RecordedCall> refused = trial.takeRefusedUpgrade();
    if (refused.isPresent()) {
      long now = System.nanoTime();
      request.pause();
      vertx
          .executeBlocking(() -> Found.of(refused.get(), trial.pace()))
          .onSuccess(found -> play(request, trial, found, now))
          .onFailure(why -> refuse(request, Protocol.OPENAI_RESPONSES, why));
      return;
    }
    trial
        .nextOnSocket()
        .flatMap(RecordedCall::head)
        .ifPresent(head -> copy(head.headers(), request));
    request.toWebSocket().onSuccess(socket -> session(request, trial, socket));
  }

  private void session(HttpServerRequest request, ReplayTrial trial, ServerWebSocket socket) {
    new ReplaySocket(vertx, trial, socket, request.connection(), pacer);
  }

  /** Gives an answer the headers that were recorded. */
  static void copy(Map<String, List<String>> headers, HttpServerRequest request) {
    headers.forEach(
        (name, values) -> {
          if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            request.response().putHeader(name, values);
          }
        });
  }
}
