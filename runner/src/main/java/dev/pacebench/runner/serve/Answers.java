package dev.pacebench.runner.serve;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Sends answers, each with the headers that keep other sites away from it. */
final class Answers {

  private Answers() {}

  /** Headers of every answer. */
  static HttpServerResponse headers(HttpServerResponse response) {
    response
        .headers()
        .set("X-Content-Type-Options", "nosniff")
        .set("Referrer-Policy", "no-referrer")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set("Cross-Origin-Opener-Policy", "same-origin")
        .set("X-Frame-Options", "DENY")
        .set("Cache-Control", "no-store")
        .set("Vary", "Accept-Encoding");
    return response;
  }

  /** A body, or 304 when the browser has it already. */
  static Future<Void> send(HttpServerRequest request, int status, Content content) {
    HttpServerResponse response = headers(request.response());
    response
        .headers()
        .set("Content-Security-Policy", content.policy())
        .set("Content-Type", content.type());
    if (content.type().equals(Content.BINARY)) {
      response.headers().set("Content-Disposition", "attachment");
    }
    if (status == 200) {
      response.headers().set("ETag", content.etag()).set("Cache-Control", "private, no-cache");
      if (content.etag().equals(request.getHeader("If-None-Match"))) {
        return response.setStatusCode(304).end();
      }
    }
    boolean gzip = takesGzip(request);
    byte[] body = gzip ? content.gzip() : content.plain();
    if (gzip) {
      response.headers().set("Content-Encoding", "gzip");
    }
    response.setStatusCode(status).headers().set("Content-Length", Integer.toString(body.length));
    return request.method().equals(HttpMethod.HEAD)
        ? response.end()
        : response.end(Buffer.buffer(body));
  }

  private static boolean takesGzip(HttpServerRequest request) {
    String accepted = request.getHeader("Accept-Encoding");
    return accepted != null
        && java.util.Arrays.stream(accepted.split(",", 32))
            .map(String::strip)
            .anyMatch(
                it ->
                    it.equals("gzip") || (it.startsWith("gzip;") && !it.matches(".*q=0(\\.0*)?")));
  }

  /** A line of text. */
  static Future<Void> say(HttpServerRequest request, int status, String text) {
    HttpServerResponse response = headers(request.response());
    Buffer body = Streams.buffer(text + "\n");
    response
        .setStatusCode(status)
        .headers()
        .set("Content-Security-Policy", Content.NOTHING)
        .set("Content-Type", Content.TEXT)
        .set("Content-Length", Integer.toString(body.length()));
    return request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body);
  }
}
