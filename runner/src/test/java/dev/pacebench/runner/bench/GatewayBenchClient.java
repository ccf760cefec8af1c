package dev.pacebench.runner.bench;

import dev.pacebench.runner.bench.GatewayBenchRig.Way;
import dev.pacebench.runner.gateway.call.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads streams from a plain socket and stamps every read, with as little in between as can be. */
final class GatewayBenchClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 90_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Way way;
  private final String token;
  private final byte[] buffer = new byte[1 << 16];
  private final GatewayBenchEvents events;

  /** When each event of an answer had come whole. */
  record Arrivals(long asked, long[] at) {}

  private GatewayBenchClient(int port, String token, Way way) throws IOException {
    this.way = way;
    this.token = token;
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = socket.getInputStream();
    out = socket.getOutputStream();
    events =
        way.transport == Transport.WEBSOCKET
            ? new GatewayBenchEvents.Frames()
            : new GatewayBenchEvents.Sse();
  }

  static GatewayBenchClient open(int port, String token, Way way) throws IOException {
    GatewayBenchClient client = new GatewayBenchClient(port, token, way);
    if (way.transport == Transport.WEBSOCKET) {
      client.upgrade();
    }
    return client;
  }

  private void upgrade() throws IOException {
    String head =
        "GET /v1/responses HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer "
            + token
            + "\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
            + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("no upgrade: " + answer);
      }
      answer.append((char) next);
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("no upgrade: " + answer);
    }
  }

  /** Asks for so many tokens and reads the answer to its end; several can follow each other. */
  Arrivals ask(int tokens) throws IOException {
    byte[] body = way.ask(tokens).getBytes(StandardCharsets.US_ASCII);
    long[] at = new long[tokens + 32];
    int count = 0;
    events.reset();
    long asked = System.nanoTime();
    out.write(way.transport == Transport.WEBSOCKET ? masked(body) : request(body));
    while (!events.over()) {
      int read = in.read(buffer);
      long now = System.nanoTime();
      if (read < 0) {
        throw new EOFException("the answer broke off after " + count + " events");
      }
      int whole = events.read(buffer, read);
      for (int i = 0; i < whole; i++) {
        at = count == at.length ? Arrays.copyOf(at, 2 * count) : at;
        at[count++] = now;
      }
    }
    return new Arrivals(asked, Arrays.copyOf(at, count));
  }

  private byte[] request(byte[] body) {
    String head =
        "POST %s HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
            .formatted(way.protocol.path(), token, body.length);
    return join(head.getBytes(StandardCharsets.US_ASCII), body);
  }

  /** A text frame whose mask changes nothing. */
  private static byte[] masked(byte[] body) {
    int size = body.length;
    byte[] head =
        size < 126
            ? new byte[] {(byte) 0x81, (byte) (0x80 | size), 0, 0, 0, 0}
            : new byte[] {
              (byte) 0x81, (byte) (0x80 | 126), (byte) (size >> 8), (byte) size, 0, 0, 0, 0
            };
    return join(head, body);
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
