package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.Protocol;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * Lets in what may come in: a known path with the token of a door.
 *
 * <p>Nothing of a body is read before. A request never says where it goes; only the token does. One
 * instance serves one event loop.
 */
final class Entrance implements Handler<HttpServerRequest> {

  private static final Set<Protocol> ALL = Set.copyOf(EnumSet.allOf(Protocol.class));

  private final Function<String, Optional<TrialDoor>> doors;
  private final Set<HttpConnection> shut = Collections.newSetFromMap(new WeakHashMap<>());

  /** Doors by the token that a caller showed. */
  Entrance(Function<String, Optional<TrialDoor>> doors) {
    this.doors = doors;
  }

  @Override
  public void handle(HttpServerRequest in) {
    in.exceptionHandler(e -> {});
    if (shut.contains(in.connection())) {
      return;
    }
    if (in.version() != HttpVersion.HTTP_1_1) {
      refuse(in, Protocol.OPENAI_RESPONSES, 505, "only HTTP/1.1 is spoken here");
      return;
    }
    if (doubtful(in.headers())) {
      // What follows may already have been read as a request of its own.
      shut.add(in.connection());
      refuse(in, Protocol.OPENAI_RESPONSES, 400, "headers that can be read in two ways");
      in.connection().close();
      return;
    }
    boolean upgrade = upgrade(in.headers());
    Optional<TrialDoor> door = Tokens.shown(in.headers(), in.uri()).flatMap(doors);
    Set<Protocol> open = door.map(d -> d.upstream().protocols()).orElse(ALL);
    Route route = Route.of(in.method().name(), in.uri(), upgrade, open);
    if (route instanceof Route.Probe) {
      Replies.empty(in);
    } else if (door.isEmpty() || door.get().refusesNow()) {
      unknown(in, route);
    } else if (route instanceof Route.Refused refused) {
      refuse(in, refused.protocol(), refused.status(), refused.message());
    } else if (route instanceof Route.Call call) {
      new HttpCall(door.get(), in, call.path(), call.query()).start();
    } else if (route instanceof Route.Upgrade call) {
      new SocketUpgrade(door.get(), in, call.protocol(), call.query()).start();
    }
  }

  private static void unknown(HttpServerRequest in, Route route) {
    Protocol protocol = Protocol.OPENAI_RESPONSES;
    if (route instanceof Route.Call call) {
      protocol = call.path().protocol();
    } else if (route instanceof Route.Refused refused) {
      protocol = refused.protocol();
    }
    Replies.refuse(in, protocol, 401, "invalid_api_key", "the gateway does not know this key");
  }

  private static void refuse(HttpServerRequest in, Protocol protocol, int status, String message) {
    Replies.refuse(in, protocol, status, "refused", message);
  }

  /** What two programs could frame differently; the HTTP decoder refuses other such cases. */
  private static boolean doubtful(MultiMap headers) {
    List<String> coding = headers.getAll("transfer-encoding");
    return headers.getAll("host").size() > 1
        || coding.size() > 1
        || (coding.size() == 1 && !coding.get(0).strip().equalsIgnoreCase("chunked"))
        || (!coding.isEmpty() && headers.contains("content-length"));
  }

  private static boolean upgrade(MultiMap headers) {
    String connection = headers.get("connection");
    return "websocket".equalsIgnoreCase(headers.get("upgrade"))
        && connection != null
        && connection.toLowerCase(Locale.ROOT).contains("upgrade");
  }
}
