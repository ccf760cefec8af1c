package dev.pacebench.runner.gateway.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One end of a connection on which every byte is the test's own. */
final class RawPeer implements Closeable {

  /** What came before a body: its first line and its headers, names in lower case. */
  record Head(String line, Map<String, String> headers, String text) {}

  /** A message of HTTP; the body without its framing. */
  record Message(Head head, byte[] body, boolean whole) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    int status() {
      return Integer.parseInt(head.line().split(" ")[1]);
    }
  }

  private static final int PATIENCE_MILLIS = 20_000;

  private final Closeable socket;
  private final InputStream in;
  private final OutputStream out;
  private final Socket tcp;

  private RawPeer(Closeable socket, InputStream in, OutputStream out, Socket tcp) {
    this.socket = socket;
    this.in = new BufferedInputStream(in, 1 << 16);
    this.out = out;
    this.tcp = tcp;
  }

  static RawPeer of(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return new RawPeer(socket, socket.getInputStream(), socket.getOutputStream(), socket);
  }

  static RawPeer to(URI address) {
    try {
      Socket socket = new Socket();
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(address.getHost()), address.getPort()), 5000);
      return of(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a small receive buffer, for a reader that is slow. */
  static RawPeer narrow(URI address) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8 << 10);
    socket.connect(
        new InetSocketAddress(InetAddress.getByName(address.getHost()), address.getPort()), 5000);
    return of(socket);
  }

  static RawPeer to(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    return new RawPeer(
        channel, Channels.newInputStream(channel), Channels.newOutputStream(channel), null);
  }

  RawPeer write(String text) throws IOException {
    return write(text.getBytes(StandardCharsets.UTF_8));
  }

  RawPeer write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  RawPeer chunk(byte[] bytes) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
    all.writeBytes(bytes);
    all.writeBytes(new byte[] {'\r', '\n'});
    return write(all.toByteArray());
  }

  RawPeer chunk(String text) throws IOException {
    return chunk(text.getBytes(StandardCharsets.UTF_8));
  }

  RawPeer lastChunk() throws IOException {
    return write("0\r\n\r\n");
  }

  int read() throws IOException {
    return in.read();
  }

  byte[] read(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("only " + bytes.length + " of " + length + " bytes came");
    }
    return bytes;
  }

  /** Everything until the other side closes. */
  byte[] readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (java.net.SocketException e) {
      // A reset ends a stream as well.
    }
    return all.toByteArray();
  }

  Head readHead() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int state = 0;
    while (state < 4) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("closed after: " + text.toString(StandardCharsets.ISO_8859_1));
      }
      text.write(b);
      state = b == (state % 2 == 0 ? '\r' : '\n') ? state + 1 : b == '\r' ? 1 : 0;
    }
    String all = text.toString(StandardCharsets.ISO_8859_1);
    String[] lines = all.split("\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.merge(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip(),
          (a, b) -> a + "|" + b);
    }
    return new Head(lines[0], headers, all);
  }

  /** A whole message, or what came of it before the connection ended. */
  Message readMessage() throws IOException {
    Head head = readHead();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean whole = true;
    try {
      if (head.headers().containsKey("content-length")) {
        long left = Long.parseLong(head.headers().get("content-length"));
        byte[] bytes = in.readNBytes((int) left);
        body.writeBytes(bytes);
        whole = bytes.length == left;
      } else if ("chunked".equals(head.headers().get("transfer-encoding"))) {
        whole = readChunks(body);
      }
    } catch (java.net.SocketException e) {
      whole = false;
    }
    return new Message(head, body.toByteArray(), whole);
  }

  private boolean readChunks(ByteArrayOutputStream body) throws IOException {
    while (true) {
      byte[] chunk = readChunk();
      if (chunk == null) {
        return false;
      }
      body.writeBytes(chunk);
      if (chunk.length == 0) {
        return true;
      }
    }
  }

  /** The next chunk; empty for the last, null when the stream was cut. */
  byte[] readChunk() throws IOException {
    StringBuilder size = new StringBuilder();
    int b = in.read();
    while (b >= 0 && b != '\n') {
      size.append((char) b);
      b = in.read();
    }
    if (b < 0) {
      return null;
    }
    int length = Integer.parseInt(size.toString().strip(), 16);
    byte[] chunk = in.readNBytes(length);
    return chunk.length < length || in.readNBytes(2).length < 2 ? null : chunk;
  }

  /** A request as agents send it. */
  static String post(String path, String token, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
        + token
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    tcp.setSoLinger(true, 0);
    close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
