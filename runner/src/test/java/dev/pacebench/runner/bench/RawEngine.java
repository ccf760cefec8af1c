package dev.pacebench.runner.bench;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The engine over a bare socket with no library between: the floor that a benchmark compares with.
 *
 * <p>One kept-alive connection; not for several threads.
 */
final class RawEngine implements Closeable {

  /** An answer. */
  record Answer(int status, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    Answer require(int expected) {
      if (status != expected) {
        throw new IllegalStateException("engine answered " + status + ": " + text());
      }
      return this;
    }
  }

  private final Path socket;
  private SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(1 << 16);

  RawEngine(Path socket) throws IOException {
    this.socket = socket;
    this.channel = connect();
  }

  private SocketChannel connect() throws IOException {
    SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
    opened.connect(UnixDomainSocketAddress.of(socket));
    in.clear().limit(0);
    return opened;
  }

  Answer json(String method, String path, String json) throws IOException {
    return call(method, path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  Answer call(String method, String path, String type, byte[] body) throws IOException {
    send(method, path, type, body, "");
    return read(method);
  }

  /** Runs an exec to its end: the engine's own stream, then the end of the connection. */
  void execToEnd(String container, String... command) throws IOException {
    StringBuilder cmd = new StringBuilder();
    for (String word : command) {
      cmd.append(cmd.length() == 0 ? "" : ",").append('"').append(word).append('"');
    }
    String created =
        json(
                "POST",
                "/containers/" + container + "/exec",
                "{\"AttachStdout\":true,\"AttachStderr\":true,\"Cmd\":[" + cmd + "]}")
            .require(201)
            .text();
    String id = field(created, "Id");
    try (RawEngine hijacked = new RawEngine(socket)) {
      hijacked.send(
          "POST",
          "/exec/" + id + "/start",
          "application/json",
          "{\"Detach\":false,\"Tty\":false}".getBytes(StandardCharsets.UTF_8),
          "Connection: Upgrade\r\nUpgrade: tcp\r\n");
      while (hijacked.fill()) {
        hijacked.in.position(hijacked.in.limit());
      }
    }
    json("GET", "/exec/" + id + "/json", "").require(200);
  }

  static String field(String json, String name) {
    int at = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
    return json.substring(at, json.indexOf('"', at));
  }

  private void send(String method, String path, String type, byte[] body, String headers)
      throws IOException {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: engine\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length
            + "\r\n"
            + headers
            + "\r\n";
    ByteBuffer out = ByteBuffer.allocate(head.length() + body.length);
    out.put(head.getBytes(StandardCharsets.US_ASCII)).put(body).flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private Answer read(String method) throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    long length = -1;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(java.util.Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
        chunked = true;
      }
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (status == 204 || status == 304 || method.equals("HEAD")) {
      return new Answer(status, new byte[0]);
    }
    if (chunked) {
      for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
        copy(size, body);
        line();
      }
      line();
    } else {
      copy(Math.max(0, length), body);
    }
    return new Answer(status, body.toByteArray());
  }

  private void copy(long count, ByteArrayOutputStream to) throws IOException {
    long left = count;
    while (left > 0) {
      if (!in.hasRemaining() && !fill()) {
        throw new EOFException();
      }
      int n = (int) Math.min(left, in.remaining());
      to.write(in.array(), in.position(), n);
      in.position(in.position() + n);
      left -= n;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      if (!in.hasRemaining() && !fill()) {
        throw new EOFException();
      }
      char c = (char) in.get();
      if (c == '\n') {
        return line.toString();
      }
      if (c != '\r') {
        line.append(c);
      }
    }
  }

  private boolean fill() throws IOException {
    in.clear();
    int n = channel.read(in);
    in.flip();
    return n > 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
