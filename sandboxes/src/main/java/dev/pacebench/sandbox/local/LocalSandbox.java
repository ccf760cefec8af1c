package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.Change;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.sandbox.FreezeReport;
import dev.pacebench.sandbox.NetworkMode;
import dev.pacebench.sandbox.Output;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.ProcessInfo;
import dev.pacebench.sandbox.RunningCommand;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxConditions;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.dispatch.OutputCollector;
import dev.pacebench.sandbox.dispatch.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One sandbox on a root folder of its own.
 *
 * <p>Its processes live and die with the first one of their pid namespace, which is the dispatcher.
 * A freeze kills that one, which ends all the others before it is gone itself, and starts a new one
 * over the same files.
 */
final class LocalSandbox implements Sandbox {

  /** All are the one user there is. */
  static final Set<String> USERS = Set.of("", "root", "agent", "0", "1000", "0:0", "1000:1000");

  private static final int KEPT_LATE_OUTPUT = 1 << 20;
  private static final Duration LONGEST_COPY = Duration.ofMinutes(10);

  private final LocalHome home;
  private final Map<String, String> env;
  private final String workdir;
  private final SandboxConditions conditions;
  private final CellOpener opener;
  private final Consumer<LocalSandbox> onClose;
  private final FileCopies copies;
  private final Manifest laidDown;
  private final OutputCollector late = new OutputCollector(KEPT_LATE_OUTPUT);
  private final Object state = new Object();
  private @Nullable Cell cell;
  private boolean closed;

  /** Starts what holds a sandbox's processes, over its root folder. */
  interface CellOpener {
    Cell open(OutputCollector late);
  }

  /**
   * Opens it.
   *
   * @param readOnly places beside the usual ones that take no files
   */
  LocalSandbox(
      LocalHome home,
      Map<String, String> env,
      String workdir,
      List<Path> readOnly,
      SandboxConditions conditions,
      CellOpener opener,
      Consumer<LocalSandbox> onClose)
      throws IOException {
    this.home = home;
    this.env = Map.copyOf(env);
    this.workdir = workdir;
    this.conditions = conditions;
    this.opener = opener;
    this.onClose = onClose;
    copies = new FileCopies(new RootFiles(home.root()), home.stage(), readOnly);
    laidDown = Manifest.of(home.root());
    cell = opener.open(late);
  }

  @Override
  public String id() {
    return home.name();
  }

  @Override
  public RunningCommand start(Command command, OutputListener live) {
    checkUser(command.user());
    Cell current = living();
    try {
      return current.dispatcher().start(Request.of(command, env, workdir), live);
    } catch (IllegalArgumentException e) {
      throw new SandboxException(
          Kind.BAD_REQUEST, String.valueOf(e.getMessage()), "correct the command", e);
    }
  }

  static void checkUser(Optional<String> user) {
    if (user.isPresent() && !USERS.contains(user.get())) {
      throw new SandboxException(
          Kind.BAD_REQUEST,
          "the local sandbox has one user and cannot run as " + user.get(),
          "use --sandbox docker");
    }
  }

  @Override
  public void put(Path source, String target, boolean executable) {
    living();
    try {
      copies.put(source, target, executable);
    } catch (IOException e) {
      throw failed(source + " cannot be copied to " + target, e);
    }
  }

  @Override
  public boolean get(String source, Path target, long maxBytes) {
    CompletableFuture<Boolean> copy = new CompletableFuture<>();
    // A file that is swapped for a pipe at the right moment blocks its reader for ever.
    Spawner.daemon(
            () -> {
              try {
                copy.complete(copies.get(source, target, maxBytes));
              } catch (IOException | RuntimeException e) {
                copy.completeExceptionally(e);
              }
            },
            "local-sandbox-get")
        .start();
    try {
      return copy.get(LONGEST_COPY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SandboxException known) {
        throw known;
      }
      throw failed(source + " cannot be copied to " + target, e.getCause());
    } catch (TimeoutException e) {
      throw failed(source + " was not copied within " + LONGEST_COPY, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted while " + source + " was copied", e);
    }
  }

  @Override
  public void network(NetworkMode mode) {
    checkNetwork(mode);
  }

  static void checkNetwork(NetworkMode mode) {
    if (mode == NetworkMode.PUBLIC) {
      throw new SandboxException(
          Kind.BAD_REQUEST, "the local sandbox cannot give network", "use --sandbox docker");
    }
  }

  @Override
  public FreezeReport freezeAndKill() {
    synchronized (state) {
      long start = System.nanoTime();
      Cell old = living();
      cell = null;
      int killed = old.kill();
      Duration frozenAfter = Duration.ofNanos(System.nanoTime() - start);
      Cell fresh = opener.open(late);
      cell = fresh;
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      return new FreezeReport(frozenAfter, elapsed, killed, fresh.processes(), true);
    }
  }

  @Override
  public List<ProcessInfo> processes() {
    synchronized (state) {
      return cell == null ? List.of() : cell.processes();
    }
  }

  @Override
  public List<Change> diff() {
    try {
      return laidDown.changesTo(Manifest.of(home.root()));
    } catch (IOException e) {
      throw failed("the sandbox's files cannot be read", e);
    }
  }

  @Override
  public Output lateOutput() {
    return late.output();
  }

  /**
   * Does nothing while the dispatcher lives: as the first process of its pid namespace it can be
   * neither killed, stopped nor inspected from inside, and ending it would end the services that an
   * agent left running.
   */
  @Override
  public void renewDispatcher() {
    living();
  }

  @Override
  public SandboxConditions conditions() {
    return conditions;
  }

  @Override
  public void close() {
    synchronized (state) {
      if (closed) {
        return;
      }
      closed = true;
      if (cell != null) {
        cell.kill();
        cell = null;
      }
      home.remove();
    }
    onClose.accept(this);
  }

  /** The cell; a new one when something on this host killed the last. */
  private Cell living() {
    synchronized (state) {
      if (closed) {
        throw new SandboxException(
            Kind.FAILED, "the sandbox " + id() + " is closed", "open another");
      }
      if (cell == null || !cell.dispatcher().isAlive()) {
        if (cell != null) {
          cell.kill(End.DISPATCHER_LOST);
        }
        cell = opener.open(late);
      }
      return cell;
    }
  }

  private static SandboxException failed(String what, @Nullable Throwable cause) {
    String why = cause == null ? "" : ": " + cause;
    return new SandboxException(
        Kind.FAILED, what + why, "see whether the disk is full and the folder is writable", cause);
  }
}
