package dev.pacebench.runner.trial;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.ModelAccess;
import dev.pacebench.runner.agent.ModelLostException;
import dev.pacebench.runner.agent.ProviderFault;
import dev.pacebench.runner.gateway.Gateway;
import dev.pacebench.runner.gateway.OpenedDoor;
import dev.pacebench.runner.gateway.Opening;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.record.RecordLimits;
import dev.pacebench.runner.gateway.record.Recorder;
import dev.pacebench.runner.gateway.record.Recording;
import dev.pacebench.runner.gateway.simulated.Scripts;
import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.ServedModel;
import dev.pacebench.runner.lineup.ServingTier;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.timeline.Timeline;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.RelaySpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The model's side of one try: its door, its socket for a relay, the record of its calls.
 *
 * <p>Opened before the sandbox, which needs the socket; shut with the agent phase; closed with the
 * try.
 */
final class ModelSide implements PhaseDoor, CallListener, AutoCloseable {

  /** In the evidence of a try. */
  static final String FOLDER = "model-calls";

  /** A provider's word for a replay that had no answer. */
  private static final String REPLAY_MISMATCH = "replay_mismatch";

  private static final int LOWEST_PORT = 61001;
  private static final int HIGHEST_PORT = 65535;

  /** The kernel's limit of a socket's path, with room for the ending NUL. */
  private static final int LONGEST_SOCKET_PATH = 100;

  private final Gateway gateway;
  private final ServedModel model;
  private final Agent agent;
  private final String name;
  private final Path evidence;
  private final @Nullable Path socketFolder;
  private final Optional<RelaySpec> relay;
  private final OpenedDoor opened;
  private volatile @Nullable Recorder recorder;

  private ModelSide(
      Gateway gateway,
      ServedModel model,
      Agent agent,
      PlannedTrial trial,
      int tryNumber,
      long seed,
      Home home,
      Path evidence)
      throws IOException {
    this.gateway = gateway;
    this.model = model;
    this.agent = agent;
    this.name = trial.id() + "." + tryNumber;
    this.evidence = evidence;
    this.socketFolder = agent.callsFromSandbox() ? socketFolder(home) : null;
    Optional<Path> socket = Optional.ofNullable(socketFolder).map(folder -> folder.resolve("gate"));
    int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT + 1);
    this.relay = socket.map(path -> new RelaySpec(path, port));
    Optional<Scripts> scripts =
        model.provider().simulated() ? Optional.of(Scripts.read(trial.task())) : Optional.empty();
    Optional<Recording> recording =
        model.provider().replayed()
            ? Optional.of(RecordedCalls.find(home, model.recording().orElseThrow(), trial))
            : Optional.empty();
    this.opened =
        gateway.open(
            new Opening(
                name,
                trial.contender(),
                model,
                seed,
                trial.attempt(),
                tryNumber,
                scripts,
                recording,
                socket,
                agent.retriesItself(),
                this));
  }

  /** Opens a door. */
  static ModelSide open(
      Gateway gateway,
      ServedModel model,
      Agent agent,
      PlannedTrial trial,
      int tryNumber,
      long seed,
      Home home,
      Path evidence) {
    try {
      return new ModelSide(gateway, model, agent, trial, tryNumber, seed, home, evidence);
    } catch (IOException e) {
      throw new UncheckedIOException("no door to the model for " + trial.id(), e);
    }
  }

  private static Path socketFolder(Home home) throws IOException {
    Path folder = Files.createTempDirectory(Files.createDirectories(home.scratch()), "gate-");
    if (folder.toString().length() + 6 <= LONGEST_SOCKET_PATH) {
      return folder;
    }
    FileTrees.delete(folder);
    return Files.createTempDirectory("pacebench-gate-");
  }

  /** For a sandbox whose processes call the model. */
  Optional<RelaySpec> relay() {
    return relay;
  }

  /** What the agent is given. */
  ModelAccess access() {
    ServingTier tier = opened.tier();
    return new ModelAccess(
        opened.door().address(),
        opened.door().token(),
        model.id(),
        Protocol.of(tier.protocol()).orElseThrow(),
        Transport.valueOf(tier.transport().toUpperCase(Locale.ROOT)),
        tier.maxOutputTokens().orElse(0),
        relay.map(spec -> URI.create("http://127.0.0.1:" + spec.port())),
        () -> opened.door().calls(true));
  }

  /** What belongs to the trial's conditions. */
  Map<String, String> conditions() {
    return opened.conditions();
  }

  /** From here on calls are recorded; their times count from this instant. */
  void begin(long origin) throws IOException {
    recorder =
        Recorder.start(
            evidence.resolve(FOLDER), name, origin, true, RecordLimits.DEFAULT, this::redact);
  }

  /** A program may send its token on, such as with the output of a command. */
  private String redact(String text) {
    String token = opened.door().token();
    return gateway.redact(text).replace(token, "*".repeat(token.length()));
  }

  /** Lets calls through again, in a further phase of the same trial. */
  void reopen() {
    opened.door().reopen();
  }

  /** All calls so far. */
  List<CallRecord> calls() {
    return opened.door().calls(false);
  }

  /**
   * Fails where a replay had no answer: what the agent did then says nothing of it.
   *
   * @throws ModelLostException naming the first difference
   */
  void requireMatch() {
    opened
        .mismatch()
        .get()
        .ifPresent(
            difference -> {
              throw new ModelLostException(409, REPLAY_MISMATCH, difference, null);
            });
  }

  /** Whether the model had answered at all before it was lost; never so in a replay gone wrong. */
  boolean answeredBefore(ModelLostException lost) {
    return !lost.code().equals(REPLAY_MISMATCH)
        && calls().stream().anyMatch(call -> call.answer().end().answered());
  }

  /** Ends the record of calls and says what they came to. */
  void finish(RecordBuilder record, Timeline timeline) throws IOException {
    opened.door().shut();
    List<CallRecord> calls = opened.door().calls(false);
    timeline.layOver(
        agent.tellsTools() ? CallSpans.of(calls) : CallSpans.withTools(calls),
        agent.callsFromSandbox() ? TrialState.CLIENT_OVERHEAD : TrialState.AGENT_OTHER);
    CallFigures figures = CallFigures.of(calls, model.id());
    figures.values().forEach(record::figure);
    figures.flags().forEach(flag -> record.flagIf(true, flag));
    record.figure("model_tool_overlap_seconds", timeline.overlapNanos() / 1e9);
    opened.budget().cost().ifPresent(cost -> record.figure("cost", cost));
    record.figure("instrument_error_ms", gateway.uncertainty().p99Millis());
    record.extra("transports", List.copyOf(figures.transports()));
    closeRecorder();
  }

  /** Calls that something left behind by the agent tried to make; none was let through. */
  long callsAfterEnd() {
    return opened.door().callsAfterShut();
  }

  /**
   * The limit that kept the agent from going on; one reached by its last call kept it from none.
   */
  Optional<Ended> usedUp() {
    boolean refused =
        opened.door().calls(false).stream()
            .anyMatch(call -> call.answer().end() == CallEnd.LIMITED);
    return refused ? opened.budget().usedUp() : Optional.empty();
  }

  /** Programs of others may try for ever; those on the host give up by themselves. */
  @Override
  public void requireProvider() {
    if (agent.callsFromSandbox()) {
      ProviderFault.allAlong(opened.door().calls(true))
          .ifPresent(
              call -> {
                throw ProviderFault.lost("the deadline came before any answer, and the last", call);
              });
    }
  }

  @Override
  public long waitedNanos() {
    return opened.door().limiterWaitNanos();
  }

  @Override
  public void shut() {
    opened.door().shut();
  }

  @Override
  public void ended(CallRecord call) {
    Recorder current = recorder;
    if (current != null) {
      current.ended(call);
    }
  }

  @Override
  public void request(int seq, int attempt, byte[] body, long nanos) {
    Recorder current = recorder;
    if (current != null) {
      current.request(seq, attempt, body, nanos);
    }
  }

  @Override
  public void answer(int seq, int attempt, byte[] part, boolean frame, long nanos) {
    Recorder current = recorder;
    if (current != null) {
      current.answer(seq, attempt, part, frame, nanos);
    }
  }

  @Override
  public void head(
      int seq, int attempt, int status, Map<String, List<String>> headers, long nanos) {
    Recorder current = recorder;
    if (current != null) {
      current.head(seq, attempt, status, headers, nanos);
    }
  }

  private void closeRecorder() throws IOException {
    Recorder current = recorder;
    recorder = null;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      opened.close();
      closeRecorder();
    } finally {
      if (socketFolder != null) {
        FileTrees.delete(socketFolder);
      }
    }
  }
}
