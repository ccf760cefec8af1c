package dev.pacebench.runner.serve;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests: who may not come in is sent away before anything is read for them. */
final class Entrance {

  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
  private static final String NOTHING = "There is nothing here.";
  private static final String NO_RUN = "There is no such run.";

  private final Vertx vertx;
  private final Gate gate;
  private final Visitors visitors;
  private final Routes routes;
  private final Boards boards;
  private final Streams streams;
  private final Watch watch;

  Entrance(
      Vertx vertx,
      Gate gate,
      Visitors visitors,
      Routes routes,
      Boards boards,
      Streams streams,
      Watch watch) {
    this.vertx = vertx;
    this.gate = gate;
    this.visitors = visitors;
    this.routes = routes;
    this.boards = boards;
    this.streams = streams;
    this.watch = watch;
  }

  void request(HttpServerRequest request) {
    visitors.asked(request.connection());
    HttpServerResponse response = request.response();
    response.endHandler(sent -> visitors.answered(request.connection()));
    // A client that goes away in the middle is no failure of anybody's.
    response.exceptionHandler(gone -> {});
    request.exceptionHandler(gone -> {});
    try {
      judge(request);
    } catch (RuntimeException e) {
      failed(request, e);
    }
  }

  private void judge(HttpServerRequest request) {
    Optional<List<String>> path = Optional.ofNullable(request.path()).flatMap(PageAddresses::parts);
    Gate.Verdict verdict = gate.judge(request.headers(), path.filter(this::isPage).isPresent());
    if (verdict == Gate.Verdict.WRONG_HOST) {
      away(request, 421, "This server is not reached by that name; see --name.");
    } else if (verdict == Gate.Verdict.FOREIGN) {
      away(request, 403, "Other sites may not ask here.");
    } else if (!request.method().equals(HttpMethod.GET)
        && !request.method().equals(HttpMethod.HEAD)) {
      request.response().putHeader("Allow", "GET, HEAD");
      away(request, 405, "This server only shows things.");
    } else if (hasBody(request)) {
      away(request, 413, "A request here has no body.");
    } else if (verdict == Gate.Verdict.TOKEN_NEEDED) {
      token(request);
    } else if (path.isEmpty()) {
      Answers.say(request, 404, NOTHING);
    } else {
      answer(request, path.get(), PageAddresses.query(request.params()));
    }
  }

  private boolean isPage(List<String> path) {
    return path.isEmpty() || path.get(0).equals("runs");
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return (length != null && !length.equals("0"))
        || request.headers().contains("Transfer-Encoding");
  }

  /** What else such a client has to say is not waited for. */
  private static void away(HttpServerRequest request, int status, String text) {
    request.response().putHeader("Connection", "close");
    Answers.say(request, status, text).onComplete(sent -> request.connection().close());
  }

  /** A token in the address is used once, then kept where no script and no log sees it. */
  private void token(HttpServerRequest request) {
    if (gate.isToken(request.getParam("token"))) {
      HttpServerResponse response = Answers.headers(request.response());
      response
          .setStatusCode(303)
          .putHeader("Set-Cookie", gate.cookie())
          .putHeader("Location", withoutToken(request))
          .putHeader("Content-Length", "0")
          .end();
    } else {
      request.response().putHeader("WWW-Authenticate", "Bearer realm=\"pacebench\"");
      Answers.say(
          request,
          401,
          "A token is needed: as Authorization: Bearer, or once as ?token= behind the address.");
    }
  }

  /** Never anything but a path of this server. */
  private static String withoutToken(HttpServerRequest request) {
    StringBuilder to = new StringBuilder();
    PageAddresses.parts(request.path())
        .orElse(List.of())
        .forEach(part -> to.append('/').append(PageAddresses.segment(part)));
    String run = request.getParam("run");
    return (to.isEmpty() ? "/" : to) + (run == null ? "" : "?run=" + PageAddresses.segment(run));
  }

  private void answer(HttpServerRequest request, List<String> path, Map<String, String> query) {
    Selection selection = new Selection(query.getOrDefault("run", ""));
    String first = path.isEmpty() ? "" : path.get(0);
    if (path.size() <= 1 && !first.equals("runs")) {
      switch (first) {
        case "" -> board(request, selection);
        case "data.json" -> data(request, selection);
        case "events" -> events(request, selection, query.getOrDefault("seen", ""));
        default -> Answers.say(request, 404, NOTHING);
      }
      return;
    }
    when(request, apart(() -> routes.at(path, query)), found -> found(request, found, NOTHING));
  }

  private void board(HttpServerRequest request, Selection selection) {
    when(
        request,
        // Making the page takes a moment when it is made for the first time.
        figures(selection).compose(shown -> apart(() -> shown.map(Shown::page))),
        page -> {
          if (page.isEmpty() && selection.equals(Selection.ALL)) {
            Answers.send(
                request,
                503,
                routes.message(
                    "No run yet",
                    "This page shows the board as soon as a run begins in this home.",
                    true));
          } else {
            found(request, page, NO_RUN);
          }
        });
  }

  private void data(HttpServerRequest request, Selection selection) {
    when(request, figures(selection), shown -> found(request, shown.map(Shown::json), NO_RUN));
  }

  private static void found(HttpServerRequest request, Optional<Content> found, String otherwise) {
    found.ifPresentOrElse(
        content -> Answers.send(request, 200, content), () -> Answers.say(request, 404, otherwise));
  }

  private void events(HttpServerRequest request, Selection selection, String seen) {
    if (!streams.hasRoom() || request.method().equals(HttpMethod.HEAD)) {
      request.response().putHeader("Retry-After", "30");
      Answers.say(request, 503, "Too many pages are open.");
      return;
    }
    when(
        request,
        figures(selection),
        shown -> {
          if (shown.isEmpty() && !selection.equals(Selection.ALL)) {
            // Tells a browser not to come back.
            Answers.headers(request.response()).setStatusCode(204).end();
            return;
          }
          HttpServerResponse response = Answers.headers(request.response());
          response
              .setChunked(true)
              .putHeader("Content-Type", "text/event-stream; charset=utf-8")
              .putHeader("Content-Security-Policy", Content.NOTHING)
              .putHeader("X-Accel-Buffering", "no");
          visitors.lasts(request.connection());
          streams.add(response, selection, () -> Visitors.cut(request.connection()));
          String progress = watch.progress();
          if (!progress.isEmpty()) {
            response.write(Streams.buffer(Streams.text("progress", 0, progress)));
          }
          String last = Optional.ofNullable(request.getHeader("Last-Event-ID")).orElse(seen);
          shown
              .filter(it -> !last.equals(Long.toString(it.version())))
              .ifPresent(it -> response.write(Streams.buffer(watch.changed(it.version()))));
          watch.soon(selection, shown.map(Shown::version).orElse(0L));
        });
  }

  private <T> Future<T> apart(Callable<T> work) {
    return vertx.executeBlocking(work, false);
  }

  private Future<Optional<Shown>> figures(Selection selection) {
    return Future.fromCompletionStage(boards.get(selection), vertx.getOrCreateContext());
  }

  /** Goes on here with what was waited for, unless the client has gone. */
  private static <T> void when(HttpServerRequest request, Future<T> future, Consumer<T> then) {
    future.onComplete(
        done -> {
          if (done.failed()) {
            failed(request, done.cause());
          } else if (!request.response().closed() && !request.response().ended()) {
            try {
              then.accept(done.result());
            } catch (RuntimeException e) {
              failed(request, e);
            }
          }
        });
  }

  private static void failed(HttpServerRequest request, Throwable e) {
    LOG.warn("{} cannot be shown: {}", request.path(), String.valueOf(e));
    LOG.debug("because of", e);
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.closed()) {
      response.reset();
    } else {
      Answers.say(request, 500, "This cannot be shown now; the server's own output says why.");
    }
  }
}
