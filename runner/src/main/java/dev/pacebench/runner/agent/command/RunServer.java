package dev.pacebench.runner.agent.command;

import dev.pacebench.runner.agent.AgentContext;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a program on the host run commands in its trial's sandbox, for the length of the phase.
 *
 * <p>Listens on a port of the loopback and knows its helpers by a token of the trial's own, which
 * stands in the helper's file alone. A call is three connections with one name.
 */
final class RunServer implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(RunServer.class);
  private static final List<String> PARTS = List.of("stdout", "stderr", "end");

  private static final int MOST_CALLS = 64;
  private static final int MOST_CONNECTIONS = PARTS.size() * MOST_CALLS;
  private static final int LONGEST_HEADER = 200;
  private static final int LONGEST_SCRIPT = 16 << 20;
  private static final int HEADER_MILLIS = 10_000;
  private static final long STOP_SECONDS = 2;
  private static final Duration BEYOND_DEADLINE = Duration.ofSeconds(60);

  private final AgentContext context;
  private final ServerSocket listening;
  private final String token = UUID.randomUUID().toString();
  private final ToolStates states;
  private final CommandsLog log;
  private final ExecutorService threads = Executors.newCachedThreadPool(RunServer::thread);
  private final Map<String, Map<String, Part>> unfinished = new HashMap<>();
  private final Set<Socket> connections = new HashSet<>();
  private boolean closed;

  private record Part(Socket socket, String script) {}

  private RunServer(AgentContext context, ServerSocket listening, CommandsLog log) {
    this.context = context;
    this.listening = listening;
    this.log = log;
    this.states = new ToolStates(context.states());
  }

  static RunServer start(AgentContext context) throws IOException {
    CommandsLog log = new CommandsLog(context.logs());
    try {
      ServerSocket listening =
          new ServerSocket(0, MOST_CONNECTIONS, InetAddress.getByName("127.0.0.1"));
      RunServer server = new RunServer(context, listening, log);
      server.threads.execute(server::accept);
      return server;
    } catch (IOException e) {
      log.close();
      throw e;
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "agent-program-commands");
    thread.setDaemon(true);
    return thread;
  }

  /** Writes the program that helpers are, for nobody else to read. */
  Path writeHelper(Path folder) throws IOException {
    try (InputStream in = RunServer.class.getResourceAsStream("run.sh")) {
      if (in == null) {
        throw new IOException("run.sh is missing in this installation");
      }
      String script =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("@PORT@", "" + listening.getLocalPort())
              .replace("@TOKEN@", token);
      Path file =
          Files.createFile(
              folder.resolve("run"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return Files.writeString(file, script);
    }
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listening.accept();
        if (keep(socket)) {
          threads.execute(() -> serve(socket));
        } else {
          socket.close();
        }
      } catch (IOException | RejectedExecutionException e) {
        LOG.debug("no more helpers are heard", e);
        return;
      }
    }
  }

  private synchronized boolean keep(Socket socket) {
    return !closed && connections.size() < MOST_CONNECTIONS && connections.add(socket);
  }

  private void serve(Socket socket) {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(HEADER_MILLIS);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      String[] header = header(in).split(" ", -1);
      if (header.length != 4 || !PARTS.contains(header[0]) || !isToken(header[1])) {
        forget(socket);
        return;
      }
      int length = Integer.parseInt(header[3]);
      if (length < 0 || length > LONGEST_SCRIPT) {
        forget(socket);
        return;
      }
      byte[] script = new byte[length];
      in.readFully(script);
      socket.setSoTimeout(0);
      add(header[2], header[0], new Part(socket, new String(script, StandardCharsets.UTF_8)));
    } catch (IOException | NumberFormatException e) {
      LOG.debug("a connection said nothing of use", e);
      forget(socket);
    }
  }

  private boolean isToken(String word) {
    return MessageDigest.isEqual(
        word.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  private static String header(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() >= LONGEST_HEADER) {
        throw new IOException("no header");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /** The last part of a call runs it. */
  private void add(String name, String part, Part given) {
    Map<String, Part> parts;
    synchronized (this) {
      parts = unfinished.computeIfAbsent(name, key -> new HashMap<>());
      Part before = parts.put(part, given);
      if (before != null) {
        connections.remove(before.socket);
        close(before.socket);
      }
      if (!parts.keySet().containsAll(PARTS)) {
        return;
      }
      unfinished.remove(name);
    }
    Part out = parts.get("stdout");
    Part err = parts.get("stderr");
    Part end = parts.get("end");
    if (out == null || err == null || end == null) {
      throw new IllegalStateException("a call has all its parts");
    }
    Duration timeout = context.limit().plus(BEYOND_DEADLINE);
    try {
      new RunCall(out.script, timeout, out.socket, err.socket, end.socket)
          .run(context.commands(), states, log, threads);
    } finally {
      parts.values().forEach(each -> forget(each.socket));
    }
  }

  private void forget(Socket socket) {
    synchronized (this) {
      connections.remove(socket);
    }
    close(socket);
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing failed", e);
    }
  }

  /** No command of the program runs afterwards on behalf of this server. */
  @Override
  public void close() throws IOException {
    List<Socket> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(connections);
    }
    close(listening);
    left.forEach(RunServer::close);
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a command of the agent's program does not stop");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    log.close();
  }
}
