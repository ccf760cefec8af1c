package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
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
import org.jspecify.annotations.Nullable;

/**
 * An open WebSocket between a caller and a provider, and the calls on it.
 *
 * <p>A call lasts from its {@code response.create} to the event that ends it; all other frames pass
 * as they are. Pings are answered here, on either side; closing passes through. Whatever breaks on
 * one side breaks the other. Lives on one event loop.
 */
final class SocketLink implements OpenCall {

  private static final long GOODBYE_MILLIS = 3000;

  private final TrialDoor door;
  private final Context context;
  private final Protocol protocol;
  private final Link link;
  private final long upgraded;
  private final Map<String, List<String>> told;
  private final SocketSide caller;
  private final SocketSide provider;
  private final DownStream down;
  private final UpStream up;
  private final Watch watch;
  private @Nullable Attempt call;
  private @Nullable Place place;
  private boolean used;
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
    this.upgraded = upgraded;
    this.told = told;
    this.caller = new SocketSide(caller, false);
    this.provider = new SocketSide(provider, true);
    this.down = new DownStream(secrets, this::fromProvider);
    this.up = new UpStream(door, this.caller);
    this.watch = new Watch(door.vertx(), door.ticker(), door.upstream().idle(), this::silent);
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
  }

  // The provider's side.

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
      provider.socket().pause();
      watch.hold();
      caller
          .socket()
          .drainHandler(
              v -> {
                if (call != null) {
                  watch.release();
                }
                provider.socket().resume();
              });
    }
    read();
    if (down.broken()) {
      endCall(CallEnd.CUT, "bad_frame", "the provider sent what is no WebSocket frame");
      cutBoth();
    }
  }

  /** Reads beside the forwarding. */
  private void read() {
    int size = down.dataBytes();
    Attempt running = call;
    if (running != null && size > 0) {
      running.frameBytes(size, now);
    }
    for (byte[] message : down.messages()) {
      if (running != null) {
        running.message(message, now);
        if (running.terminal()) {
          running.over(true, "");
          callOver();
          running = null;
        }
      }
    }
  }

  private void fromProvider(int opcode, byte[] payload) {
    switch (opcode) {
      case FrameParser.PING -> {
        if (!provider.ping(payload, now)) {
          endCall(CallEnd.CUT, "ping_flood", "the provider sent too many pings");
          provider.close(1008, "too many pings");
          cutBoth();
        }
      }
      case FrameParser.CLOSE -> {
        read();
        down.pass(opcode, payload);
        endCall(CallEnd.CUT, "close_" + code(payload), "closed by the provider" + words(payload));
        goodbye();
      }
      default -> {}
    }
  }

  private static String code(byte[] payload) {
    return payload.length < 2
        ? "1005"
        : String.valueOf((payload[0] & 0xff) << 8 | payload[1] & 0xff);
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
    now = door.nanos();
    byte[] rest = down.rest();
    if (rest.length > 0) {
      caller.write(rest);
    }
    endCall(CallEnd.CUT, null, "the provider closed the connection");
    cutBoth();
  }

  private void silent() {
    if (!over) {
      endCall(CallEnd.SILENT, null, "nothing came for " + door.upstream().idle());
      cutBoth();
    }
  }

  // The caller's side.

  private void fromCaller(Buffer part) {
    if (over) {
      return;
    }
    up.feed(part.getBytes(), door.nanos());
    next();
    UpStream.Problem problem = up.problem();
    if (problem != null && !over) {
      endCall(CallEnd.ABANDONED, null, "the agent's WebSocket broke a rule: " + problem.reason());
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
        endCall(CallEnd.ABANDONED, null, "the agent closed the WebSocket");
        provider.write(FrameParser.frame(FrameParser.CLOSE, true, message.payload()));
        goodbye();
      } else {
        write(message, message.same());
      }
    }
  }

  /** A request as it goes on; without one, a message that is no call. */
  private record Request(Optional<Rewritten> made) {}

  private void read(UpStream.Message message) {
    door.vertx()
        .executeBlocking(
            () -> {
              Optional<Asked> asked = RequestReader.frame(message.payload());
              return new Request(
                  asked.map(a -> door.upstream().rewriter().rewrite(protocol, message.payload())));
            },
            false)
        .onComplete(
            made -> {
              if (over) {
                return;
              }
              Optional<Rewritten> request =
                  made.succeeded() ? made.result().made() : Optional.empty();
              if (request.isPresent()) {
                begin(message, request.get());
              } else {
                write(message, message.same());
                goOn();
              }
            });
  }

  private void begin(UpStream.Message message, Rewritten request) {
    endCall(CallEnd.CUT, null, "the agent began another call");
    Attempt made =
        new Attempt(
            door,
            door.nextSeq(),
            1,
            protocol,
            Transport.WEBSOCKET,
            request.asked(),
            message.nanos(),
            null);
    call = made;
    door.began(made);
    if (spent(made)) {
      return;
    }
    made.waiting();
    Place asked = new Place(door, this);
    place = asked;
    asked.await(
        waited -> {
          if (!over && !spent(made)) {
            made.released(waited ? door.nanos() : message.nanos());
            send(made, message, request);
          }
        });
  }

  /** Whether the trial's own limit is used up; the caller gets an error event then. */
  private boolean spent(Attempt made) {
    Optional<Ended> limit = door.spec().budget().usedUp();
    if (limit.isEmpty()) {
      return false;
    }
    String word = limit.get().word();
    made.ended(CallEnd.LIMITED, word, "the trial's own limit is used up");
    callOver();
    String told = "the trial's own limit is used up: " + word;
    caller.write(
        FrameParser.frame(
            FrameParser.TEXT, false, ErrorShapes.event(400, "insufficient_quota", told)));
    goOn();
    return true;
  }

  private void send(Attempt made, UpStream.Message message, Rewritten request) {
    made.connected(link, !used);
    if (!used) {
      made.upgraded(upgraded);
      used = true;
    }
    made.head(
        101, told, Transport.WEBSOCKET, Readers.of(protocol, Transport.WEBSOCKET, true), upgraded);
    watch.release();
    boolean same = request.body() == message.payload();
    made.send(request.body(), door.nanos());
    write(
            message,
            same ? message.same() : FrameParser.frame(FrameParser.TEXT, true, request.body()))
        .onSuccess(v -> made.sent(door.nanos()));
    goOn();
  }

  private Future<Void> write(UpStream.Message message, byte[] frames) {
    Future<Void> written = provider.write(frames);
    written.onComplete(v -> up.sent(message));
    return written;
  }

  private void goOn() {
    busy = false;
    if (!provider.closed() && provider.socket().writeQueueFull()) {
      busy = true;
      caller.socket().pause();
      provider
          .socket()
          .drainHandler(
              v -> {
                busy = false;
                next();
              });
    } else {
      next();
    }
  }

  private void callerGone() {
    if (!over) {
      endCall(CallEnd.ABANDONED, null, "the agent closed the connection");
      cutBoth();
    }
  }

  // Both sides.

  private void endCall(CallEnd end, @Nullable String code, String why) {
    Attempt running = call;
    if (running != null) {
      running.ended(end, code, why);
      callOver();
    }
  }

  private void callOver() {
    call = null;
    watch.hold();
    if (place != null) {
      place.giveBack();
      place = null;
    }
  }

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
    endCall(CallEnd.PHASE_OVER, null, "the agent phase ended");
    cutBoth();
  }
}
