package dev.pacebench.runner.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One of the clients of {@link LivePages}; used by their one thread. */
final class LivePage {

  private static final ByteBuffer READ = ByteBuffer.allocate(64 << 10);
  private static final String CHANGED = "{\"changed\":true";
  private static final String WITHIN = "\"within\":";
  private static final int LONGEST_LINE = 64 << 10;

  private final LivePages all;
  private String etag = "";
  private boolean waiting;
  private boolean again;
  private boolean complete;
  private long fetchAt;

  LivePage(LivePages all) {
    this.all = all;
  }

  /** A connection with something to read. */
  interface Talk {
    void read();
  }

  boolean hasFigures() {
    return !etag.isEmpty();
  }

  boolean isComplete() {
    return complete;
  }

  long fetchAt() {
    return fetchAt;
  }

  void fetchAt(long nanos) {
    fetchAt = nanos;
  }

  void listen() throws IOException {
    SocketChannel channel = ask("/events?seen=0", "");
    StringBuilder line = new StringBuilder();
    channel.register(
        all.selector(),
        SelectionKey.OP_READ,
        (Talk)
            () -> {
              if (read(channel) < 0) {
                all.lost++;
              }
              while (READ.hasRemaining()) {
                char next = (char) READ.get();
                if (next != '\n') {
                  line.append(next);
                } else {
                  event(line);
                  line.setLength(0);
                }
              }
              if (line.length() > LONGEST_LINE) {
                throw new IllegalStateException("a line without end");
              }
            });
  }

  private void event(StringBuilder line) {
    if (line.indexOf("data:") != 0) {
      return;
    }
    all.events++;
    if (line.indexOf(CHANGED) < 0) {
      return;
    }
    if (waiting) {
      again = true;
      return;
    }
    int within = line.indexOf(WITHIN);
    waiting = true;
    all.fetchWithin(
        this,
        within < 0 ? 0 : Long.parseLong(line, within + WITHIN.length(), line.lastIndexOf("}"), 10));
  }

  void fetch() throws IOException {
    again = false;
    SocketChannel channel =
        ask(
            "/data.json",
            "Accept-Encoding: gzip\r\nConnection: close\r\n"
                + (etag.isEmpty() ? "" : "If-None-Match: " + etag + "\r\n"));
    ByteArrayOutputStream answer = new ByteArrayOutputStream(32 << 10);
    channel.register(
        all.selector(),
        SelectionKey.OP_READ,
        (Talk)
            () -> {
              int many = read(channel);
              answer.write(READ.array(), 0, READ.limit());
              if (many < 0) {
                answered(answer.toByteArray());
              }
            });
  }

  private void answered(byte[] answer) {
    all.fetched++;
    waiting = false;
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int body = text.indexOf("\r\n\r\n") + 4;
    if (text.startsWith("HTTP/1.1 200 ") && body >= 4) {
      String named = "etag: ";
      int at = text.toLowerCase(java.util.Locale.ROOT).indexOf(named) + named.length();
      etag = text.substring(at, text.indexOf('\r', at));
      complete = all.isComplete(etag, answer, body);
    } else if (!text.startsWith("HTTP/1.1 304 ")) {
      throw new IllegalStateException("instead of figures: " + text.lines().findFirst());
    }
    if (again) {
      waiting = true;
      all.fetchWithin(this, 0);
    }
  }

  /** A page of a browser reads all of it; here two numbers tell enough. */
  static boolean isComplete(byte[] answer, int body) {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(answer, body, answer.length - body))) {
      JsonNode data = JsonMapper.shared().readTree(in.readAllBytes());
      return data.path("planned").asInt() > 0
          && data.path("planned").asInt() == data.path("done").asInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SocketChannel ask(String path, String headers) throws IOException {
    SocketChannel channel = SocketChannel.open(all.server());
    channel.write(
        ByteBuffer.wrap(
            ("GET " + path + " HTTP/1.1\r\nHost: " + all.host() + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    return channel;
  }

  /** Fills what is read into; closes at the end, of which it says -1. */
  private int read(SocketChannel channel) {
    READ.clear();
    int many;
    try {
      many = channel.read(READ);
      if (many < 0) {
        channel.close();
      }
    } catch (IOException e) {
      many = -1;
    }
    READ.flip();
    all.bytes += READ.limit();
    return many;
  }
}
