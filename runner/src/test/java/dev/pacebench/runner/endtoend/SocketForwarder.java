package dev.pacebench.runner.endtoend;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A Unix socket that leads to another one until it is cut; then nothing answers there. */
final class SocketForwarder implements AutoCloseable {

  private final Path path;
  private final Path target;
  private final ServerSocketChannel server;
  private final Set<SocketChannel> open = new HashSet<>();
  private boolean cut;

  SocketForwarder(Path path, Path target) throws IOException {
    this.path = path;
    this.target = target;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "socket-forwarder");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel near = server.accept();
        SocketChannel far = SocketChannel.open(UnixDomainSocketAddress.of(target));
        if (!keep(near, far)) {
          return;
        }
        start(() -> copy(near, far));
        start(() -> copy(far, near));
      }
    } catch (IOException e) {
      // It was cut.
    }
  }

  /** False when it is too late. */
  private synchronized boolean keep(SocketChannel near, SocketChannel far) throws IOException {
    open.add(near);
    open.add(far);
    if (cut) {
      close();
    }
    return !cut;
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // The other side has gone, or it was cut.
    }
  }

  /** Cuts all connections and takes no more; may be called again. */
  @Override
  public synchronized void close() throws IOException {
    cut = true;
    server.close();
    Files.deleteIfExists(path);
    for (SocketChannel each : open) {
      each.close();
    }
  }
}
