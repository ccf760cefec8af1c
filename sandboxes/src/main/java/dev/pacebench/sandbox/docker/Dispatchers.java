package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.RunningCommand;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.dispatch.Dispatcher;
import dev.pacebench.sandbox.dispatch.OutputCollector;
import dev.pacebench.sandbox.dispatch.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The dispatchers of one sandbox, one per user, each in an exec of its own.
 *
 * <p>One that was lost is replaced at the next command. One that is retired takes no more commands
 * but lives on, since background processes may still write to its pipes.
 */
final class Dispatchers {

  private static final Duration HELLO_WAIT = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 100;
  private static final int FULL_ATTEMPTS = 10;
  private static final long FULL_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
  private static final long PASSWD_BYTES = 1 << 20;

  private final Engine engine;
  private final String container;
  private final ArchiveCopies copies;
  private final Path scratch;
  private final OutputCollector late;
  private final boolean plainExec;
  private final LongScripts scripts;
  private final Map<String, Dispatcher> current = new HashMap<>();
  private final List<Dispatcher> retired = new ArrayList<>();
  private final Set<PlainExec> plain = ConcurrentHashMap.newKeySet();
  private final Map<String, String> homes = new ConcurrentHashMap<>();
  private volatile @Nullable ExecStreams opening;
  private volatile boolean shut;

  Dispatchers(
      Engine engine,
      String container,
      ArchiveCopies copies,
      Path scratch,
      OutputCollector late,
      boolean plainExec) {
    this.engine = engine;
    this.container = container;
    this.copies = copies;
    this.scratch = scratch;
    this.late = late;
    this.plainExec = plainExec;
    this.scripts = new LongScripts(copies, scratch);
  }

  RunningCommand start(String user, Request request, OutputListener live) {
    if (plainExec) {
      return startPlainly(user, request, live);
    }
    return dispatcher(user).start(request, live);
  }

  private RunningCommand startPlainly(String user, Request request, OutputListener live) {
    PlainExec exec = new PlainExec(engine, container, user, request, live, late);
    exec.start(scripts::shorten);
    plain.add(exec);
    var unused = exec.ended().whenComplete((result, error) -> plain.remove(exec));
    if (shut) {
      exec.sandboxEnded();
    }
    return exec;
  }

  private synchronized Dispatcher dispatcher(String user) {
    if (shut) {
      throw closed();
    }
    Dispatcher known = current.get(user);
    if (known != null && known.isAlive()) {
      return known;
    }
    Dispatcher opened = open(user, 1);
    current.put(user, opened);
    return opened;
  }

  private static SandboxException closed() {
    return new SandboxException(Kind.FAILED, "the sandbox is closed", "open another one");
  }

  private Dispatcher open(String user, int attempt) {
    String exec =
        engine.call(
            "make a dispatcher",
            () ->
                Freezer.makeExec(
                    engine
                        .calls()
                        .execCreateCmd(container)
                        .withAttachStdin(true)
                        .withAttachStdout(true)
                        .withAttachStderr(true)
                        .withUser(user)
                        .withWorkingDir("/")
                        .withCmd(DockerSandbox.INSIDE, "dispatch")));
    ExecStreams streams = engine.call("start a dispatcher", () -> streams(exec));
    opening = streams;
    if (shut) {
      streams.end();
    }
    String name = container.substring(0, 12) + "-" + user;
    Dispatcher dispatcher = new Dispatcher(name, streams.in(), streams.out(), late, streams::end);
    try {
      if (dispatcher.hello(HELLO_WAIT).isPresent()) {
        return dispatcher;
      }
    } catch (InterruptedException e) {
      dispatcher.close(End.DISPATCHER_LOST);
      Thread.currentThread().interrupt();
      throw new SandboxException(
          Kind.FAILED, "interrupted while a dispatcher was started", "run it again", e);
    } finally {
      opening = null;
    }
    dispatcher.close(End.DISPATCHER_LOST);
    if (shut) {
      throw closed();
    }
    if (attempt < ATTEMPTS && Freezer.isBelievedFrozen(streams.errors())) {
      Freezer.pauseBriefly();
      return open(user, attempt + 1);
    }
    if (killedForMemory(dispatcher, streams)) {
      if (attempt >= FULL_ATTEMPTS) {
        // The engine did its part; what keeps commands from starting is in the sandbox.
        return dispatcher;
      }
      LockSupport.parkNanos(FULL_PAUSE_NANOS);
      return open(user, attempt + 1);
    }
    throw notOpened(
        user,
        streams.errors() + streams.inPlaceOfOutput(),
        dispatcher.failure().orElse("no answer"));
  }

  /**
   * Where processes that filled a sandbox's memory were just killed, the kernel has not counted all
   * of it as free yet and may kill the next one before that says anything, or while the engine is
   * still starting it.
   */
  private static boolean killedForMemory(Dispatcher dispatcher, ExecStreams streams) {
    String said = streams.errors() + streams.inPlaceOfOutput();
    return dispatcher.failure().isPresent() && (said.isBlank() || said.contains("OOM-killed"));
  }

  private ExecStreams streams(String exec) {
    ExecStreams streams = new ExecStreams();
    engine.streams().execStartCmd(exec).withStdIn(streams.source()).exec(streams);
    return streams;
  }

  private static SandboxException notOpened(String user, String errors, String failure) {
    return errors.contains("unable to find user") || errors.contains("unable to find group")
        ? new SandboxException(
            Kind.BAD_REQUEST,
            "no command can be run as user " + user + " in the sandbox: " + errors.strip(),
            "see whether the image has that user")
        : new SandboxException(
            Kind.FAILED,
            "no command can be run in the sandbox: " + (errors + " " + failure).strip(),
            "see whether its container still exists (docker ps -a) and its limits leave room");
  }

  /** A user's environment: the sandbox's, and the home that the image's user list names. */
  Map<String, String> environment(String user, Map<String, String> base) {
    if (base.containsKey("HOME")) {
      return base;
    }
    Map<String, String> env = new HashMap<>(base);
    env.put("HOME", homes.computeIfAbsent(user, this::homeOf));
    return env;
  }

  private String homeOf(String user) {
    String name = user.replaceFirst(":.*", "");
    if (name.isEmpty() || name.equals("root") || name.equals("0")) {
      return "/root";
    }
    try {
      Path copy = Files.createTempDirectory(scratch, "passwd-");
      Path passwd = copy.resolve("passwd");
      if (copies.get("/etc/passwd", copy, PASSWD_BYTES)
          && Files.isRegularFile(passwd, LinkOption.NOFOLLOW_LINKS)) {
        for (String line : Files.readAllLines(passwd)) {
          String[] fields = line.split(":", -1);
          if (fields.length > 5 && (fields[0].equals(name) || fields[2].equals(name))) {
            return fields[5];
          }
        }
      }
    } catch (IOException | NotFoundException e) {
      // A user without an entry has no home.
    }
    return "/";
  }

  /** Pids, inside, of all that live. */
  synchronized List<Long> innerPids() {
    List<Long> pids = new ArrayList<>();
    List<Dispatcher> all = new ArrayList<>(current.values());
    all.addAll(retired);
    for (Dispatcher each : all) {
      if (each.isAlive()) {
        try {
          each.hello(Duration.ZERO).ifPresent(hello -> pids.add((long) hello.pid()));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
    return pids;
  }

  /** Takes all out of use without ending them. */
  synchronized void retire() {
    retired.addAll(current.values());
    current.clear();
  }

  /** From now on what is lost has ended with the sandbox. */
  synchronized void expectEnd() {
    current.values().forEach(each -> each.expect(End.SANDBOX_ENDED));
    retired.forEach(each -> each.expect(End.SANDBOX_ENDED));
    plain.forEach(PlainExec::sandboxEnded);
  }

  /** Ends all and takes no more; one that is being opened is not waited for. */
  void shut() {
    shut = true;
    ExecStreams streams = opening;
    if (streams != null) {
      streams.end();
    }
    close(End.SANDBOX_ENDED);
  }

  /** Ends all; the next command opens another one. */
  synchronized void close(End end) {
    current.values().forEach(each -> each.close(end));
    retired.forEach(each -> each.close(end));
    plain.forEach(PlainExec::sandboxEnded);
    current.clear();
    retired.clear();
  }
}
