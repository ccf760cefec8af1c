package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.gateway.call.Protocol;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Calls a model server as an agent would, and keeps the very bytes that come. */
final class Peer {

  static final String CLOSED = "<closed>";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final String key;

  /**
   * A caller.
   *
   * @param base address without {@code /v1}
   */
  Peer(URI base, String key) {
    this.base = base.toString().replaceAll("/v1$", "");
    this.key = key;
  }

  HttpResponse<byte[]> post(Protocol protocol, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(base + path(protocol, body)))
            .timeout(Duration.ofSeconds(30))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /** One protocol says in the path whether a stream is wanted. */
  private static String path(Protocol protocol, String body) {
    if (protocol != Protocol.GEMINI) {
      return protocol.path();
    }
    boolean plain = body.contains("\"stream\":false");
    return protocol.path() + (plain ? "/m:generateContent" : "/m:streamGenerateContent?alt=sse");
  }

  Talk open() {
    Talk talk = new Talk();
    talk.socket =
        client
            .newWebSocketBuilder()
            .header("authorization", "Bearer " + key)
            .buildAsync(
                URI.create(base.replace("http:", "ws:") + Protocol.OPENAI_RESPONSES.path()), talk)
            .orTimeout(20, TimeUnit.SECONDS)
            .join();
    return talk;
  }

  /** A WebSocket whose frames are waited for one by one. */
  static final class Talk implements WebSocket.Listener {
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    void send(String frame) {
      socket.sendText(frame, true).orTimeout(20, TimeUnit.SECONDS).join();
    }

    String next() throws InterruptedException {
      String frame = frames.poll(30, TimeUnit.SECONDS);
      if (frame == null) {
        throw new IllegalStateException("no frame came");
      }
      return frame;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        frames.add(partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      frames.add(CLOSED);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      frames.add(CLOSED);
    }

    void end() {
      socket.abort();
    }
  }
}
