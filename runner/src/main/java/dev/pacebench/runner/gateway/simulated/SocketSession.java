package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One WebSocket of Responses: its calls one after another, and what they can go on from. */
final class SocketSession {

  /** Later requests wait while one is answered, but not any number of them. */
  private static final int MOST_WAITING = 16;

  /** Responses that can be gone on from; a real server holds the last one. */
  private static final int MOST_HELD = 4;

  private final Vertx vertx;
  private final Trial trial;
  private final ServerWebSocket socket;
  private final SocketSink sink;
  private final Sending.Line line;
  private final boolean timing;
  private final Deque<Asked> waiting = new ArrayDeque<>();
  private final Map<String, Held> held =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Held> eldest) {
          return size() > MOST_HELD;
        }
      };
  private @Nullable Sending current;
  private boolean busy;

  private record Asked(String text, long read) {}

  SocketSession(
      Vertx vertx, Trial trial, ServerWebSocket socket, Sending.Line line, boolean timing) {
    this.vertx = vertx;
    this.trial = trial;
    this.socket = socket;
    this.line = line;
    this.timing = timing;
    sink = new SocketSink(socket);
    socket.textMessageHandler(this::asked);
    socket.binaryMessageHandler(bytes -> socket.close((short) 1003, "text frames only"));
    socket.exceptionHandler(lost -> {});
    socket.closeHandler(
        closed -> {
          waiting.clear();
          if (current != null) {
            current.abandon();
          }
        });
  }

  private void asked(String text) {
    if (waiting.size() == MOST_WAITING) {
      sink.refuse(Refusal.badRequest("Too many requests wait on this connection."));
      return;
    }
    waiting.add(new Asked(text, System.nanoTime()));
    next();
  }

  private void next() {
    if (busy || waiting.isEmpty() || socket.isClosed()) {
      return;
    }
    busy = true;
    Asked asked = waiting.remove();
    // Large requests take milliseconds to read, in which other answers' tokens are due.
    vertx
        .executeBlocking(
            () ->
                AskReader.read(
                    Protocol.OPENAI_RESPONSES, asked.text().getBytes(StandardCharsets.UTF_8)),
            false)
        .onSuccess(ask -> answer(ask, asked.read()))
        .onFailure(failure -> refuse(Refusal.badRequest(String.valueOf(failure.getMessage()))));
  }

  private void answer(Ask ask, long read) {
    if (socket.isClosed()) {
      return;
    }
    String id = ask.continues();
    Held before = id == null ? Held.start() : held.get(id);
    if (before == null) {
      refuse(Refusal.unknownContext(String.valueOf(id)));
      return;
    }
    Trial.Reply reply = trial.reply(ask, before);
    AnswerPlan call = reply.call();
    Sending sending =
        new Sending(
            trial,
            reply,
            new ResponsesFrames(call, timing),
            Transport.WEBSOCKET,
            sink,
            line,
            read,
            this::done);
    if (reply.fault().isEmpty()) {
      held.put(call.id(), before.after(call, reply.isTurn(), reply.part()));
    }
    current = sending;
    sending.start();
  }

  private void refuse(Refusal refusal) {
    if (!socket.isClosed()) {
      sink.refuse(refusal);
      done();
    }
  }

  private void done() {
    current = null;
    busy = false;
    next();
  }
}
