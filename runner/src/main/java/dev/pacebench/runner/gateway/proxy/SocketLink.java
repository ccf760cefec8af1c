package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.policy.Rewriter.Rewritten;
import dev.pacebench.runner.gateway.proxy.Connections.Link;
import dev.pacebench.runner.gateway.wire.RequestReader;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An open WebSocket between a caller and a provider.
 *
 * <p>Frames pass as they are, but for those that begin a call, which are read and may be rewritten.
 * Pings are answered here, on either side; closing passes through. Whatever breaks on one side
 * breaks the other. Lives on one event loop.
 */
@SuppressWarnings("ReferenceEquality") // The same array says that nothing was rewritten.
final class SocketLink implements OpenCall {

  private static final long GOODBYE_MILLIS = 3000;

  private final TrialDoor door;
  private final Context context;
  private final Protocol protocol;
  private final Link link;
  private final SocketSide caller;
  private final SocketSide provider;
  private final DownStream down;
  private final UpStream up;
  private final Watch watch;
  private final SocketCalls calls;
  private boolean busy;
  private boolean over;
  private long now;

  SocketLink(
      TrialDoor door,
      Protocol protocol,
      Link link,
      long upgraded,
      Map<String, List<String>> told,
      SecretFilter secrets,
      NetSocket caller,
      NetSocket provider) {
    this.door = door;
    this.context = door.vertx().getOrCreateContext();
    this.protocol = protocol;
    this.link = link;
    this.caller = new SocketSide(caller, false);
    this.provider = new SocketSide(provider, true);
    this.down = new DownStream(secrets, this::control);
    this.up = new UpStream(door, this.caller);
    this.watch = new Watch(door.vertx(), door.ticker(), door.upstream().idle(), this::silent);
    this.calls = new SocketCalls(door, protocol, link, upgraded, told, this, watch);
  }

  void start() {
    if (!door.enter(this)) {
      cutBoth();
      return;
    }
    caller.socket().exceptionHandler(e -> callerGone());
    caller.socket().closeHandler(v -> callerGone());
    provider.socket().exceptionHandler(e -> providerGone());
    provider.socket().closeHandler(v -> providerGone());
    caller.socket().handler(this::fromCaller);
    provider.socket().handler(this::fromProvider);
    provider.socket().resume();
    link.listen();
  }

  // From the provider.

  private void fromProvider(Buffer part) {
    now = door.nanos();
    if (over) {
      return;
    }
    byte[] out = down.feed(part.getBytes());
    if (out.length > 0) {
      caller.write(out);
      caller.inFrame(down.inFrame());
    }
    watch.touch(now);
    if (!caller.closed() && caller.socket().writeQueueFull()) {
      link.hold();
      watch.hold();
      caller.socket().drainHandler(v -> callerReadsAgain());
    }
    read();
    if (down.broken()) {
      calls.end(CallEnd.CUT, "bad_frame", "the provider sent what is no WebSocket frame");
      cutBoth();
    }
  }

  private void callerReadsAgain() {
    if (calls.underWay()) {
      watch.release();
    }
    link.listen();
  }

  private void read() {
    calls.read(down.dataBytes(), down.messages(), now);
  }

  private void control(int opcode, byte[] payload) {
    if (opcode == FrameParser.PING && !provider.ping(payload, now)) {
      calls.end(CallEnd.CUT, "ping_flood", "the provider sent too many pings");
      provider.close(1008, "too many pings");
      cutBoth();
    } else if (opcode == FrameParser.CLOSE) {
      read();
      down.pass(opcode, payload);
      calls.end(CallEnd.CUT, "close_" + code(payload), "closed by the provider" + words(payload));
      goodbye();
    }
  }

  private static int code(byte[] payload) {
    return payload.length < 2 ? 1005 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
  }

  private String words(byte[] payload) {
    return payload.length <= 2
        ? ""
        : ": " + new String(down.covered(payload), 2, payload.length - 2, StandardCharsets.UTF_8);
  }

  private void providerGone() {
    if (over) {
      return;
    }
    byte[] rest = down.rest();
    if (rest.length > 0) {
      caller.write(rest);
    }
    calls.end(CallEnd.CUT, null, "the provider closed the connection");
    cutBoth();
  }

  private void silent() {
    if (!over) {
      calls.end(CallEnd.SILENT, null, "nothing came for " + door.upstream().idle());
      cutBoth();
    }
  }

  // From the caller.

  private void fromCaller(Buffer part) {
    if (over) {
      return;
    }
    up.feed(part.getBytes(), door.nanos());
    next();
    UpStream.Problem problem = up.problem();
    if (problem != null && !over) {
      calls.end(CallEnd.ABANDONED, null, "the agent's WebSocket broke a rule: " + problem.reason());
      caller.close(problem.code(), problem.reason());
      cutBoth();
    }
  }

  /** Sends on what is ready, one after the other; reads no more meanwhile. */
  private void next() {
    while (!busy && !over) {
      UpStream.Message message = up.next();
      if (message == null) {
        caller.socket().resume();
        return;
      }
      if (message.opcode() == FrameParser.TEXT) {
        busy = true;
        caller.socket().pause();
        read(message);
      } else if (message.opcode() == FrameParser.CLOSE) {
        calls.end(CallEnd.ABANDONED, null, "the agent closed the WebSocket");
        provider.write(FrameParser.frame(FrameParser.CLOSE, true, message.payload()));
        goodbye();
      } else {
        write(message, message.same());
      }
    }
  }

  /** Finds out whether a message begins a call; on a worker thread, as messages can be long. */
  private void read(UpStream.Message message) {
    door.vertx()
        .executeBlocking(
            () ->
                RequestReader.frame(message.payload())
                    .map(a -> door.upstream().rewriter().rewrite(protocol, message.payload())),
            false)
        .otherwise(Optional.empty())
        .onSuccess(
            request -> {
              if (over) {
                return;
              }
              if (request.isPresent()) {
                begin(message, request.get());
              } else {
                write(message, message.same());
                goOn();
              }
            });
  }

  private void begin(UpStream.Message message, Rewritten request) {
    calls.begin(
        request.asked(),
        message.nanos(),
        limit -> {
          if (limit.isPresent()) {
            up.sent(message);
            refuse(limit.get());
          } else {
            boolean same = request.body() == message.payload();
            byte[] frames =
                same ? message.same() : FrameParser.frame(FrameParser.TEXT, true, request.body());
            calls.send(request.body(), () -> write(message, frames));
          }
          goOn();
        });
  }

  private void refuse(Ended limit) {
    String what = "the trial's own limit is used up: " + limit.word();
    byte[] event = ErrorShapes.event(400, "insufficient_quota", what);
    if (!down.inFrame()) {
      caller.write(FrameParser.frame(FrameParser.TEXT, false, event));
    }
  }

  private Future<Void> write(UpStream.Message message, byte[] frames) {
    Future<Void> written = provider.write(frames);
    written.onComplete(v -> up.sent(message));
    return written;
  }

  private void goOn() {
    busy = false;
    if (provider.closed() || !provider.socket().writeQueueFull()) {
      next();
      return;
    }
    busy = true;
    caller.socket().pause();
    provider
        .socket()
        .drainHandler(
            v -> {
              busy = false;
              next();
            });
  }

  private void callerGone() {
    if (!over) {
      calls.end(CallEnd.ABANDONED, null, "the agent closed the connection");
      cutBoth();
    }
  }

  // Both.

  /** A side said goodbye; what does not follow soon is cut. */
  private void goodbye() {
    door.vertx().setTimer(GOODBYE_MILLIS, id -> cutBoth());
  }

  private void cutBoth() {
    if (!over) {
      over = true;
      watch.stop();
      up.close();
      door.leave(this);
    }
    caller.cut();
    provider.cut();
    link.drop();
  }

  @Override
  public void execute(Runnable work) {
    context.runOnContext(v -> work.run());
  }

  @Override
  public void phaseOver() {
    calls.end(CallEnd.PHASE_OVER, null, "the agent phase ended");
    cutBoth();
  }
}
