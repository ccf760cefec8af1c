package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.CallPath;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Takes requests in: who is it, what is wanted, over which transport. */
final class Front {

  static final int MOST_BODY = 64 << 20;

  private final Vertx vertx;
  private final TrialKeys<Trial> trials;
  private final Sending.Line line;

  Front(Vertx vertx, TrialKeys<Trial> trials, Sending.Line line) {
    this.vertx = vertx;
    this.trials = trials;
    this.line = line;
  }

  void request(HttpServerRequest request) {
    Optional<CallPath> known = CallPath.read(request.path() == null ? "" : request.path());
    if (known.isEmpty()) {
      boolean probe = "/".equals(request.path());
      request.response().setStatusCode(probe ? 200 : 404).end();
      return;
    }
    Protocol protocol = known.get().protocol();
    Optional<Trial> trial = trials.of(request);
    if (trial.isEmpty()) {
      HttpSink.refuse(request.response(), protocol, Refusal.unknownKey(protocol));
    } else if (protocol == Protocol.OPENAI_RESPONSES && request.canUpgradeToWebSocket()) {
      boolean timing = "true".equals(request.getHeader("x-responsesapi-include-timing-metrics"));
      request
          .toWebSocket()
          .onSuccess(socket -> new SocketSession(vertx, trial.get(), socket, line, timing));
    } else if (!HttpMethod.POST.equals(request.method())) {
      request.response().setStatusCode(405).putHeader("allow", "POST").end();
    } else {
      body(request, known.get(), trial.get());
    }
  }

  private void body(HttpServerRequest request, CallPath path, Trial trial) {
    Protocol protocol = path.protocol();
    WholeBody.read(
        request,
        MOST_BODY,
        body -> {
          long read = System.nanoTime();
          // Large requests take milliseconds to read, in which other answers' tokens are due.
          vertx
              .executeBlocking(() -> AskReader.read(path, body), false)
              .onSuccess(ask -> answer(request, trial, ask, read))
              .onFailure(
                  failure ->
                      HttpSink.refuse(
                          request.response(),
                          protocol,
                          Refusal.badRequest(String.valueOf(failure.getMessage()))));
        },
        () ->
            HttpSink.refuse(
                request.response(),
                protocol,
                Refusal.of(413, "invalid_request_error", "request_too_large", "Too large.")));
  }

  private void answer(HttpServerRequest request, Trial trial, Ask ask, long read) {
    if (request.response().closed()) {
      return;
    }
    HttpSink sink = new HttpSink(request, ask.protocol(), ask.stream());
    String continues = ask.continues();
    if (continues != null) {
      // Nothing is stored, so over HTTP there is nothing to go on from.
      sink.refuse(Refusal.unknownContext(continues));
      return;
    }
    Trial.Reply reply = trial.reply(ask, Held.start());
    AnswerPlan call = reply.call();
    sink.describe(call);
    Transport transport = ask.stream() ? Transport.SSE : Transport.PLAIN;
    Sending sending =
        new Sending(trial, reply, frames(call), transport, sink, line, read, () -> {});
    request.response().closeHandler(closed -> sending.abandon());
    sending.start();
  }

  private static Iterator<Frame> frames(AnswerPlan call) {
    Protocol protocol = call.ask().protocol();
    if (!call.ask().stream()) {
      String document =
          switch (protocol) {
            case OPENAI_RESPONSES -> ResponsesJson.response(call, "completed");
            case OPENAI_CHAT -> ChatFrames.document(call);
            case ANTHROPIC_MESSAGES -> MessagesFrames.document(call);
            case GEMINI -> GeminiFrames.document(call);
          };
      return List.of(new Frame("", document, call.said().tokens(), Frame.Kind.TOKENS)).iterator();
    }
    return switch (protocol) {
      case OPENAI_RESPONSES -> new ResponsesFrames(call, false);
      case OPENAI_CHAT -> new ChatFrames(call);
      case ANTHROPIC_MESSAGES -> new MessagesFrames(call);
      case GEMINI -> new GeminiFrames(call);
    };
  }
}
