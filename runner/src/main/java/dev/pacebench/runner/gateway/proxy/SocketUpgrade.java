package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallPath;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.proxy.Connections.Link;
import dev.pacebench.runner.gateway.proxy.Prepared.Access;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens a WebSocket: the caller's is accepted only after the provider's was.
 *
 * <p>What a provider answers instead goes to the caller as it is, and is recorded as an attempt.
 */
final class SocketUpgrade implements OpenCall {

  private final TrialDoor door;
  private final Context context;
  private final HttpServerRequest in;
  private final Protocol protocol;
  private final String query;
  private final String key = Handshake.key();
  private final Watch watch;
  private final long arrived;
  private int seq;
  private int number;
  private @Nullable Attempt attempt;
  private @Nullable Link link;
  private @Nullable Forwarding forwarding;
  private boolean refreshed;
  private boolean over;

  SocketUpgrade(TrialDoor door, HttpServerRequest in, Protocol protocol, String query) {
    this.door = door;
    this.context = door.vertx().getOrCreateContext();
    this.in = in;
    this.protocol = protocol;
    this.query = query;
    this.arrived = door.nanos();
    this.watch = new Watch(door.vertx(), door.ticker(), door.upstream().idle(), this::silent);
  }

  void start() {
    Optional<String> wrong = Handshake.wrong(in.headers());
    if (wrong.isPresent()) {
      Replies.refuse(in, protocol, 400, "bad_upgrade", wrong.get());
      return;
    }
    if (!door.enter(this)) {
      Replies.refuse(in, protocol, 401, "invalid_api_key", "the agent phase is over");
      return;
    }
    in.response().closeHandler(v -> callerGone());
    in.response().exceptionHandler(e -> {});
    Optional<Ended> used = door.spec().budget().usedUp();
    if (used.isPresent()) {
      String code = used.get().word();
      begin().ended(CallEnd.LIMITED, code, "the trial's own limit is used up");
      giveUp(400, "insufficient_quota", "the trial's own limit is used up: " + code);
      return;
    }
    unlock();
  }

  /** An attempt is recorded only where no WebSocket came of it. */
  private Attempt begin() {
    seq = seq == 0 ? door.nextSeq() : seq;
    Attempt made =
        new Attempt(
            door, seq, ++number, protocol, Transport.WEBSOCKET, Asked.unknown(), arrived, null);
    attempt = made;
    door.began(made);
    return made;
  }

  private void connect(Access access) {
    long started = door.nanos();
    door.connections()
        .connect()
        .onComplete(
            made -> {
              if (over) {
                made.map(
                    late -> {
                      late.drop();
                      return late;
                    });
              } else if (made.succeeded()) {
                ask(made.result(), access);
              } else {
                Attempt failed = begin();
                failed.connecting(started);
                String why = "the provider cannot be reached: " + Causes.reason(made.cause());
                failed.ended(CallEnd.UNREACHABLE, null, why);
                giveUp(502, "provider_unreachable", why);
              }
            });
  }

  private void ask(Link fresh, Access access) {
    link = fresh;
    MultiMap headers =
        HeaderRules.onward(
            in.headers(), true, List.of(door.upstream().headers(), access.headers()));
    headers.remove("accept-encoding");
    Handshake.ask(key).forEach(headers::set);
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setURI(Targets.uri(door.upstream().baseUrl(), CallPath.of(protocol), query))
            .setHeaders(headers);
    fresh
        .http()
        .request(options)
        .onComplete(
            made -> {
              if (made.succeeded()) {
                send(made.result(), fresh, access);
              } else {
                noAnswer(fresh);
              }
            });
  }

  private void send(HttpClientRequest out, Link fresh, Access access) {
    if (over) {
      return;
    }
    watch.release();
    long sent = door.nanos();
    out.exceptionHandler(e -> noAnswer(fresh));
    out.connect()
        .onComplete(
            came -> {
              if (over) {
                return;
              }
              if (came.failed()) {
                noAnswer(fresh);
              } else if (came.result().statusCode() == 101) {
                accept(came.result(), fresh, access);
              } else {
                refused(came.result(), fresh, access, sent);
              }
            });
  }

  private void noAnswer(Link fresh) {
    if (over || forwarding != null) {
      return;
    }
    Attempt failed = begin();
    failed.connected(fresh, true);
    failed.over(false, "the provider closed the connection without an answer");
    leave();
    fresh.drop();
    in.connection().close();
  }

  private void silent() {
    if (over) {
      return;
    }
    String why = "nothing came for " + door.upstream().idle();
    if (forwarding == null) {
      begin().ended(CallEnd.SILENT, null, why);
      drop();
      giveUp(504, "provider_silent", "the provider was silent for too long");
    } else {
      cut(CallEnd.SILENT, why);
      in.connection().close();
    }
  }

  private void accept(HttpClientResponse from, Link fresh, Access access) {
    long now = door.nanos();
    if (!Handshake.accepted(from.headers(), key)) {
      Attempt failed = begin();
      failed.connected(fresh, true);
      failed.ended(CallEnd.UNKNOWN, null, "the provider's upgrade is no WebSocket's");
      drop();
      giveUp(502, "bad_upgrade", "the provider's upgrade is no WebSocket's");
      return;
    }
    watch.stop();
    SecretFilter secrets = new SecretFilter(access.secrets());
    NetSocket provider = from.netSocket();
    provider.pause();
    fresh.hold();
    MultiMap back = HeaderRules.back(from.headers(), secrets);
    back.remove("content-length");
    back.forEach(header -> in.response().headers().add(header.getKey(), header.getValue()));
    Handshake.answer(in.headers()).forEach(in.response()::putHeader);
    Map<String, List<String>> told = HeaderRules.told(back);
    in.toNetSocket()
        .onComplete(
            caller -> {
              boolean wanted = !over;
              leave();
              if (wanted && caller.succeeded()) {
                new SocketLink(door, protocol, fresh, now, told, secrets, caller.result(), provider)
                    .start();
              } else {
                fresh.drop();
              }
            });
  }

  private void refused(HttpClientResponse from, Link fresh, Access access, long sent) {
    long now = door.nanos();
    SecretFilter secrets = new SecretFilter(access.secrets());
    MultiMap back = HeaderRules.back(from.headers(), secrets);
    Attempt made = begin();
    made.connected(fresh, true);
    made.send(new byte[0], sent);
    made.head(
        from.statusCode(),
        HeaderRules.told(back),
        Transport.WEBSOCKET,
        Readers.of(protocol, Transport.PLAIN, false),
        now);
    if (from.statusCode() == 401 && !refreshed) {
      refreshed = true;
      from.pause();
      fresh.hold();
      door.vertx()
          .executeBlocking(() -> door.upstream().keys().refresh(), false)
          .onComplete(
              other -> {
                if (over) {
                  return;
                }
                if (other.succeeded() && other.result()) {
                  made.over(false, "the key was refused");
                  fresh.drop();
                  unlock();
                } else {
                  forward(from, back, made, secrets, fresh);
                  from.resume();
                  fresh.listen();
                }
              });
    } else {
      forward(from, back, made, secrets, fresh);
    }
  }

  /** Keys may have to be asked for. */
  private void unlock() {
    door.vertx()
        .executeBlocking(() -> Access.of(door.upstream().keys(), protocol), false)
        .onComplete(
            access -> {
              if (over) {
                return;
              }
              if (access.succeeded()) {
                connect(access.result());
              } else {
                giveUp(502, "no_credential", "the gateway could not read the provider's key");
              }
            });
  }

  private void forward(
      HttpClientResponse from, MultiMap back, Attempt made, SecretFilter secrets, Link fresh) {
    Forwarding forward =
        new Forwarding(
            door,
            fresh,
            from,
            in,
            made,
            secrets,
            watch,
            clean -> {
              made.over(clean, "the provider's answer broke off");
              leave();
              fresh.drop();
            });
    forwarding = forward;
    forward.start(back, List.of());
  }

  private void giveUp(int status, String code, String message) {
    leave();
    Replies.refuse(in, protocol, status, code, message);
  }

  private void callerGone() {
    if (!over) {
      cut(CallEnd.ABANDONED, "the agent closed the connection");
    }
  }

  private void cut(CallEnd end, String why) {
    leave();
    if (forwarding != null) {
      forwarding.stop();
    }
    if (attempt != null) {
      attempt.ended(end, null, why);
    }
    drop();
  }

  private void drop() {
    if (link != null) {
      link.drop();
    }
  }

  private void leave() {
    over = true;
    watch.stop();
    door.leave(this);
  }

  @Override
  public void execute(Runnable work) {
    context.runOnContext(v -> work.run());
  }

  @Override
  public void phaseOver() {
    if (!over) {
      cut(CallEnd.PHASE_OVER, "the agent phase ended");
      in.connection().close();
    }
  }
}
