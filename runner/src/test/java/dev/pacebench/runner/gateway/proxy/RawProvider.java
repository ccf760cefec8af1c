package dev.pacebench.runner.gateway.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider made of a plain server socket; what it says is the test's to choose. */
final class RawProvider implements AutoCloseable {

  /** What happens on one connection; the connection is closed when it returns. */
  interface Talk {
    void with(RawPeer caller, int connection) throws Exception;
  }

  private final ServerSocket server;
  private final Talk talk;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  private RawProvider(Talk talk) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.talk = talk;
    start("provider", this::accept);
  }

  static RawProvider saying(Talk talk) throws IOException {
    return new RawProvider(talk);
  }

  /** Answers each request on each connection in the same way. */
  static RawProvider answering(Talk answer) throws IOException {
    return saying(
        (caller, connection) -> {
          while (true) {
            caller.readMessage();
            answer.with(caller, connection);
          }
        });
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        start("provider-" + number, () -> talk(socket, number));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void talk(Socket socket, int number) {
    try (RawPeer peer = RawPeer.of(socket)) {
      talk.with(peer, number);
    } catch (IOException e) {
      // The other side went away, which many tests want.
    } catch (Exception | AssertionError e) {
      failures.add(e);
    } finally {
      open.remove(socket);
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("the provider failed", failures.get(0));
    }
  }
}
