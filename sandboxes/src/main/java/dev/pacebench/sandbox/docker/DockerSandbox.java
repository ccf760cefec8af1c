package dev.pacebench.sandbox.docker;

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
import dev.pacebench.sandbox.ServiceState;
import dev.pacebench.sandbox.dispatch.OutputCollector;
import dev.pacebench.sandbox.dispatch.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A container that joined the network of a relay of its own.
 *
 * <p>Its first process only keeps it alive; commands run in dispatchers, one per user.
 */
final class DockerSandbox implements Sandbox {

  static final String INSIDE_FOLDER = "/.pacebench";
  static final String INSIDE = INSIDE_FOLDER + "/inside";

  private static final int KEPT_LATE_OUTPUT = 1 << 20;

  private final String id;
  private final String relay;
  private final Parts parts;
  private final SandboxConditions conditions;
  private final ContainerProcesses processes;
  private final ArchiveCopies copies;
  private final Dispatchers dispatchers;
  private final Map<String, String> env;
  private final String workdir;
  private final String user;
  private final OutputCollector late = new OutputCollector(KEPT_LATE_OUTPUT);
  private NetworkMode network = NetworkMode.RELAY_ONLY;
  private final Object closing = new Object();
  private boolean closed;

  /** What a sandbox shares with the others of its provider. */
  record Parts(
      Engine engine,
      Containers containers,
      Relays relays,
      boolean onThisHost,
      boolean plainExec,
      Consumer<DockerSandbox> onClose) {}

  /**
   * What is its own.
   *
   * @param made paths that differed from the image before anything ran
   */
  record Own(
      String id,
      String relay,
      HostFiles files,
      DockerServices services,
      Map<String, String> env,
      String workdir,
      String user,
      Set<String> made,
      SandboxConditions conditions) {}

  private final HostFiles files;
  private final DockerServices services;
  private final Set<String> made;

  DockerSandbox(Parts parts, Own own) {
    this.parts = parts;
    this.id = own.id();
    this.relay = own.relay();
    this.files = own.files();
    this.services = own.services();
    this.env = own.env();
    this.workdir = own.workdir();
    this.user = own.user();
    this.made = own.made();
    this.conditions = own.conditions();
    this.processes = new ContainerProcesses(parts.engine(), id, parts.onThisHost());
    this.copies = new ArchiveCopies(parts.engine(), id, own.files().folder());
    this.dispatchers =
        new Dispatchers(parts.engine(), id, copies, own.files().folder(), late, parts.plainExec());
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void startServices(Duration limit) throws InterruptedException {
    living();
    services.start(limit, relay);
  }

  @Override
  public List<ServiceState> services() {
    living();
    return services.states();
  }

  @Override
  public void serviceOutput(Path folder, int most) {
    services.output(folder, most);
  }

  @Override
  public RunningCommand start(Command command, OutputListener live) {
    living();
    try {
      String who = command.user().orElse(user);
      return dispatchers.start(
          who, Request.of(command, dispatchers.environment(who, env), workdir), live);
    } catch (IllegalArgumentException e) {
      throw new SandboxException(
          Kind.BAD_REQUEST, String.valueOf(e.getMessage()), "correct the command", e);
    }
  }

  @Override
  public void put(Path source, String target, boolean executable) {
    living();
    copies.put(source, target, executable);
  }

  @Override
  public boolean get(String source, Path target, long maxBytes) {
    living();
    return copies.get(source, target, maxBytes);
  }

  @Override
  public synchronized void network(NetworkMode mode) {
    living();
    if (mode == network) {
      return;
    }
    files.network(mode);
    services.network(mode);
    if (mode == NetworkMode.PUBLIC) {
      parts.relays().connect(relay);
    } else {
      parts.relays().disconnect(relay);
    }
    network = mode;
  }

  @Override
  public FreezeReport freezeAndKill() {
    living();
    return new Freezer(parts.engine(), parts.containers(), processes, id)
        .freezeAndKill(dispatchers::expectEnd, () -> dispatchers.close(End.SANDBOX_ENDED));
  }

  @Override
  public List<ProcessInfo> processes() {
    living();
    try {
      List<Long> own = dispatchers.innerPids();
      return processes.all().stream()
          .filter(
              process -> own.isEmpty() || !own.contains(ContainerProcesses.innerPid(process.pid())))
          .toList();
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED,
          "the processes of a sandbox cannot be listed: " + Failures.rootMessage(e),
          "see whether its container still exists (docker ps -a)",
          e);
    }
  }

  @Override
  public List<Change> diff() {
    living();
    return new LayerDiff(parts.engine(), id, parts.onThisHost())
        .changes().stream().filter(change -> !made.contains(change.path())).toList();
  }

  @Override
  public Output lateOutput() {
    return late.output();
  }

  @Override
  public void renewDispatcher() {
    living();
    dispatchers.retire();
  }

  @Override
  public SandboxConditions conditions() {
    return conditions;
  }

  private synchronized void living() {
    if (closed) {
      throw new SandboxException(Kind.FAILED, "the sandbox is closed", "open another one");
    }
  }

  /** Whoever calls it second comes back when all is removed, as the first does. */
  @Override
  public void close() {
    synchronized (closing) {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      try {
        dispatchers.shut();
      } finally {
        parts.containers().removeQuietly(id);
        services.close();
        parts.relays().removeLater(relay);
        files.delete();
        parts.onClose().accept(this);
      }
    }
  }
}
