package dev.pacebench.runner.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Says to a server what no client library would say. */
final class RawHttp {

  /** An answer as it came, to the end of the connection. */
  record Answer(int status, String head, String body) {
    String header(String name) {
      return head.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  private final URI url;

  RawHttp(URI url) {
    this.url = url;
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** The Host header of a browser that came by the server's own address. */
  String host() {
    return "Host: " + url.getHost() + ":" + url.getPort();
  }

  Answer get(String target, String... headers) throws IOException {
    return ask("GET " + target + " HTTP/1.1", host(), headers);
  }

  Answer ask(String line, String host, String... headers) throws IOException {
    StringBuilder request = new StringBuilder(line).append("\r\n");
    if (!host.isEmpty()) {
      request.append(host).append("\r\n");
    }
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              request
                  .append("Connection: close\r\n\r\n")
                  .toString()
                  .getBytes(StandardCharsets.UTF_8));
      return read(socket.getInputStream());
    }
  }

  static Answer read(InputStream in) throws IOException {
    String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    int end = all.indexOf("\r\n\r\n");
    String head = end < 0 ? all : all.substring(0, end);
    int status = head.startsWith("HTTP/1.") ? Integer.parseInt(head.substring(9, 12)) : 0;
    return new Answer(status, head, end < 0 ? "" : all.substring(end + 4));
  }
}
