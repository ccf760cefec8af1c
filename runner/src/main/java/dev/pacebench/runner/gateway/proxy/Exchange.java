package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.proxy.Connections.Link;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's way to the provider and back. Lives on one event loop.
 *
 * <p>An answer that may be followed by another attempt is held back, up to {@value #MOST_HELD}
 * bytes; every other is forwarded as it comes.
 */
final class Exchange {

  /** What comes after it is for its call to say. */
  interface Ends {
    /** Whether an answer of this status may be thrown away for another attempt. */
    boolean mayTryAgain(int status);

    /** A used connection had been closed; the same is sent again over a new one. */
    void stale();

    /** It failed with nothing forwarded: another attempt, or else this. */
    void failed(Runnable giveUp);

    /** The caller has its answer. */
    void done();
  }

  private static final int MOST_HELD = 256 << 10;

  private final TrialDoor door;
  private final HttpServerRequest in;
  private final Attempt attempt;
  private final Prepared request;
  private final String query;
  private final Ends ends;
  private final SecretFilter secrets;
  private final Watch watch;
  private @Nullable Link link;
  private @Nullable Forwarding forwarding;
  private boolean fresh;
  private boolean uploaded;
  private boolean answered;
  private boolean over;

  Exchange(
      TrialDoor door,
      HttpServerRequest in,
      Attempt attempt,
      Prepared request,
      String query,
      Ends ends) {
    this.door = door;
    this.in = in;
    this.attempt = attempt;
    this.request = request;
    this.query = query;
    this.ends = ends;
    this.secrets = new SecretFilter(request.access().secrets());
    this.watch = new Watch(door.vertx(), door.ticker(), door.upstream().idle(), this::silent);
  }

  void send(boolean onNewConnection) {
    Optional<Link> idle = onNewConnection ? Optional.empty() : door.connections().idle();
    if (idle.isPresent()) {
      sendOver(idle.get(), false);
      return;
    }
    attempt.connecting(door.nanos());
    door.connections()
        .connect()
        .onComplete(
            made -> {
              if (made.succeeded()) {
                sendOver(made.result(), true);
              } else {
                unreachable(made.cause());
              }
            });
  }

  private void unreachable(Throwable cause) {
    if (over) {
      return;
    }
    finish();
    if (cause instanceof Connections.TooMany) {
      attempt.ended(CallEnd.LIMITED, "connections", "too many calls at once");
      refuse(503, "too_many_calls", "too many calls at once");
      ends.done();
      return;
    }
    String why = "the provider cannot be reached: " + Causes.reason(cause);
    attempt.ended(CallEnd.UNREACHABLE, null, why);
    ends.failed(
        () -> {
          refuse(502, "provider_unreachable", why);
          ends.done();
        });
  }

  private void sendOver(Link by, boolean isFresh) {
    if (over) {
      by.giveBack();
      return;
    }
    link = by;
    fresh = isFresh;
    attempt.connected(by, isFresh);
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setURI(Targets.uri(door.upstream().baseUrl(), request.path(), query))
            .setHeaders(
                HeaderRules.onward(
                    in.headers(),
                    request.sameEncoding(),
                    List.of(
                        door.upstream().headers(), request.headers(), request.access().headers())));
    by.http()
        .request(options)
        .onComplete(
            made -> {
              if (made.succeeded()) {
                write(made.result(), by);
              } else {
                noAnswer();
              }
            });
  }

  private Protocol protocol() {
    return attempt.protocol();
  }

  private void write(HttpClientRequest out, Link by) {
    if (over) {
      return;
    }
    watch.release();
    out.exceptionHandler(e -> noAnswer());
    out.response()
        .onComplete(
            came -> {
              if (came.succeeded()) {
                head(came.result(), by);
              } else {
                noAnswer();
              }
            });
    Buffer bytes = Buffer.buffer(request.body());
    long now = door.nanos();
    attempt.send(request.body(), now);
    out.end(bytes)
        .onSuccess(
            v -> {
              uploaded = true;
              attempt.sent(door.nanos());
            });
    attempt.tellRequest(request.body(), now);
  }

  /** The connection ended, or something came that is no HTTP, before any answer. */
  private void noAnswer() {
    if (over || answered) {
      return;
    }
    finish();
    drop();
    attempt.over(false, "the provider closed the connection without an answer");
    if (!fresh) {
      ends.stale();
    } else {
      ends.failed(
          () -> {
            in.connection().close();
            ends.done();
          });
    }
  }

  private void silent() {
    if (over) {
      return;
    }
    finish();
    drop();
    attempt.ended(CallEnd.SILENT, null, "nothing came for " + door.upstream().idle());
    if (answered) {
      in.connection().close();
      ends.done();
    } else {
      ends.failed(
          () -> {
            refuse(504, "provider_silent", "the provider was silent for too long");
            ends.done();
          });
    }
  }

  private void head(HttpClientResponse from, Link by) {
    long now = door.nanos();
    if (over) {
      return;
    }
    answered = true;
    watch.touch(now);
    MultiMap back = HeaderRules.back(from.headers(), secrets);
    Transport transport = transport(back);
    attempt.head(
        from.statusCode(),
        HeaderRules.told(back),
        transport,
        Readers.of(protocol(), transport, attempt.streamAsked()),
        now);
    boolean reusable = reusable(from);
    Forwarding forward =
        new Forwarding(door, by, from, in, attempt, secrets, watch, clean -> over(clean, reusable));
    if (from.statusCode() >= 400 && ends.mayTryAgain(from.statusCode())) {
      hold(from, back, forward, reusable);
    } else {
      forwarding = forward;
      forward.start(back, List.of());
    }
  }

  /** Reads a refusal before anything of it is forwarded. */
  private void hold(HttpClientResponse from, MultiMap back, Forwarding forward, boolean reusable) {
    List<byte[]> held = new ArrayList<>();
    int[] size = {0};
    from.handler(
        part -> {
          long now = door.nanos();
          watch.touch(now);
          byte[] out = secrets.pass(part.getBytes());
          attempt.body(out, part.length(), now);
          held.add(out);
          size[0] += out.length;
          if (size[0] > MOST_HELD && !over) {
            forwarding = forward;
            forward.start(back, held);
          }
        });
    from.endHandler(v -> held(back, forward, held, reusable, true));
    from.exceptionHandler(e -> held(back, forward, held, reusable, false));
  }

  private void held(
      MultiMap back, Forwarding forward, List<byte[]> held, boolean reusable, boolean clean) {
    if (over) {
      return;
    }
    held.add(secrets.rest());
    over(clean, reusable);
    ends.failed(
        () -> {
          forward.deliver(back, held, clean);
          ends.done();
        });
  }

  private void over(boolean clean, boolean reusable) {
    if (over) {
      return;
    }
    finish();
    if (clean && reusable && uploaded && link != null) {
      link.giveBack();
    } else {
      drop();
    }
    attempt.over(clean, "the provider's answer broke off");
    if (forwarding != null) {
      ends.done();
    }
  }

  private Transport transport(MultiMap back) {
    String type = back.get("content-type");
    boolean events = type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    return attempt.streamAsked() || events ? Transport.SSE : Transport.PLAIN;
  }

  private static boolean reusable(HttpClientResponse from) {
    String connection = from.getHeader("connection");
    return from.version() == HttpVersion.HTTP_1_1
        && (connection == null || !connection.toLowerCase(Locale.ROOT).contains("close"));
  }

  private void refuse(int status, String code, String message) {
    Replies.refuse(in, protocol(), status, code, secrets.whole(message));
  }

  /** Ends it from outside, such as when the caller went away. */
  void cut(CallEnd end, String why) {
    if (!over) {
      finish();
      drop();
    }
    attempt.ended(end, null, why);
  }

  private void finish() {
    over = true;
    watch.stop();
    if (forwarding != null) {
      forwarding.stop();
    }
  }

  private void drop() {
    if (link != null) {
      link.drop();
    }
  }
}
