package dev.pacebench.runner.gateway;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.policy.CallLimiter;
import dev.pacebench.runner.gateway.policy.ContenderLimiter;
import dev.pacebench.runner.gateway.policy.CredentialKeyRing;
import dev.pacebench.runner.gateway.policy.FixedKey;
import dev.pacebench.runner.gateway.policy.HonourRetryAfter;
import dev.pacebench.runner.gateway.policy.Key;
import dev.pacebench.runner.gateway.policy.KeyRing;
import dev.pacebench.runner.gateway.policy.PriceBudget;
import dev.pacebench.runner.gateway.policy.Redactor;
import dev.pacebench.runner.gateway.policy.RetryRule;
import dev.pacebench.runner.gateway.policy.TierRewriter;
import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.gateway.proxy.DoorSpec;
import dev.pacebench.runner.gateway.proxy.GatewayServer;
import dev.pacebench.runner.gateway.proxy.Upstream;
import dev.pacebench.runner.gateway.record.Pace;
import dev.pacebench.runner.gateway.record.Recording;
import dev.pacebench.runner.gateway.record.ReplayServer;
import dev.pacebench.runner.gateway.simulated.Play;
import dev.pacebench.runner.gateway.simulated.ScriptChoice;
import dev.pacebench.runner.gateway.simulated.Scripts;
import dev.pacebench.runner.gateway.simulated.SimulatedServer;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.ContenderLimits.CallRates;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.lineup.Provider;
import dev.pacebench.runner.lineup.ServedModel;
import dev.pacebench.runner.lineup.ServingTier;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one door between any agent and any model, for the length of a run.
 *
 * <p>Keys are read before the first trial, so that a missing one costs nothing.
 */
public final class Gateway implements AutoCloseable {

  private static final Duration IDLE = Duration.ofSeconds(300);

  private final GatewayServer server;
  private final Map<String, KeyRing> keys;
  private final Map<String, CallLimiter> limiters = new HashMap<>();
  private final Redactor redactor;
  private final SimulatedServer simulated;
  private final Uncertainty uncertainty;
  private @Nullable ReplayServer replayed;

  private Gateway(Map<String, KeyRing> keys) throws InterruptedException {
    this.keys = keys;
    this.redactor = Redactor.of(keys.values());
    this.server = GatewayServer.start(Ticker.SYSTEM);
    this.simulated = SimulatedServer.start();
    try {
      this.uncertainty = InstrumentCheck.run(simulated, this::openForCheck);
    } catch (RuntimeException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts for a lineup.
   *
   * @param contenders those that will run
   * @param environment where credentials may be
   * @throws dev.pacebench.runner.UserError when a key is missing
   */
  public static Gateway start(
      Lineup lineup, List<Contender> contenders, Map<String, String> environment)
      throws InterruptedException {
    Map<String, KeyRing> keys = new TreeMap<>();
    for (Contender contender : contenders) {
      contender
          .model()
          .map(lineup.models()::get)
          .map(ServedModel::provider)
          .filter(Provider::remote)
          .ifPresent(
              provider ->
                  keys.computeIfAbsent(
                      provider.name(), name -> CredentialKeyRing.of(provider, environment)));
    }
    return new Gateway(keys);
  }

  /** How far the stopwatch is off. */
  public Uncertainty uncertainty() {
    return uncertainty;
  }

  /** Hides every key in a text. */
  public String redact(String text) {
    return redactor.apply(text);
  }

  /** Opens a trial's door. */
  public OpenedDoor open(Opening opening) {
    ServingTier tier = ServingTier.of(opening.contender(), opening.model());
    PriceBudget budget = new PriceBudget(opening.contender().limits(), opening.model().price());
    Provider provider = opening.model().provider();
    if (provider.simulated()) {
      return openSimulated(opening, tier, opening.model().tier().orElseThrow(), budget);
    }
    if (provider.replayed()) {
      return openReplay(opening, tier, budget);
    }
    Upstream upstream =
        new Upstream(
            EnumSet.of(Protocol.of(tier.protocol()).orElseThrow()),
            URI.create(provider.baseUrl()),
            provider.headers(),
            requireNonNull(keys.get(provider.name()), "provider without a key ring"),
            new TierRewriter(opening.model().id(), tier),
            retries(opening),
            Duration.ZERO,
            IDLE);
    return new OpenedDoor(
        server.open(spec(opening, upstream, budget)), tier, budget, Map.of(), Optional::empty);
  }

  private OpenedDoor openSimulated(
      Opening opening, ServingTier tier, SimulatedTier made, PriceBudget budget) {
    Optional<ScriptChoice> choice =
        opening
            .scripts()
            .map(
                scripts ->
                    ScriptChoice.of(
                        scripts,
                        made.skill(),
                        opening.seed(),
                        opening.contender().digest(),
                        opening.attempt()));
    Play play =
        choice
            .map(found -> found.play(made, opening.tryNumber()))
            .orElseGet(() -> new Play(made, Optional.empty(), opening.seed()));
    String key = simulated.register(opening.name(), play);
    Map<String, String> conditions = new TreeMap<>();
    conditions.put("simulated", "true");
    opening.scripts().map(Scripts::digest).ifPresent(it -> conditions.put("scripts", it));
    choice.ifPresent(it -> conditions.put("detail.script", it.script().name()));
    try {
      Upstream upstream = madeUpUpstream(simulated.baseUrl(), key, tier, made.connect(), opening);
      Door door = server.open(spec(opening, upstream, budget));
      return new OpenedDoor(
          new DoorWithEnd(door, () -> simulated.unregister(opening.name())),
          tier,
          budget,
          conditions,
          Optional::empty);
    } catch (RuntimeException e) {
      simulated.unregister(opening.name());
      throw e;
    }
  }

  private OpenedDoor openReplay(Opening opening, ServingTier tier, PriceBudget budget) {
    Recording recording =
        opening.recording().orElseThrow(() -> new IllegalStateException("nothing to play back"));
    ReplayServer server = replays();
    Optional<SimulatedTier> other = opening.model().tier();
    Pace pace =
        other.<Pace>map(found -> new Pace.AsTier(found, opening.seed())).orElse(Pace.ORIGINAL);
    Duration connect = other.map(SimulatedTier::connect).orElseGet(recording::connect);
    String name = opening.name();
    String key = server.register(name, recording, pace);
    try {
      Upstream upstream = madeUpUpstream(server.baseUrl(), key, tier, connect, opening);
      Door door = this.server.open(spec(opening, upstream, budget));
      return new OpenedDoor(
          new DoorWithEnd(door, () -> server.unregister(name)),
          tier,
          budget,
          Map.of("replayed", recording.trial(), "pace", other.isPresent() ? "tier" : "original"),
          () -> server.mismatch(name));
    } catch (RuntimeException e) {
      server.unregister(name);
      throw e;
    }
  }

  private synchronized ReplayServer replays() {
    ReplayServer running = replayed;
    if (running == null) {
      running = ReplayServer.start();
      replayed = running;
    }
    return running;
  }

  private static Upstream madeUpUpstream(
      URI baseUrl, String key, ServingTier tier, Duration connect, Opening opening) {
    return new Upstream(
        Set.of(Protocol.values()),
        baseUrl,
        Map.of(),
        new FixedKey(new Key(key)),
        new TierRewriter(opening.model().id(), tier),
        retries(opening),
        connect,
        IDLE);
  }

  private static RetryRule retries(Opening opening) {
    return opening.agentRetries()
        ? RetryRule.NEVER
        : new HonourRetryAfter(HonourRetryAfter.USUAL_ATTEMPTS, opening.seed());
  }

  private Door openForCheck(String key, CallListener listener) {
    Upstream upstream =
        new Upstream(
            Set.of(Protocol.values()),
            simulated.baseUrl(),
            Map.of(),
            new FixedKey(new Key(key)),
            new TierRewriter(InstrumentCheck.MODEL, InstrumentCheck.TIER),
            RetryRule.NEVER,
            Duration.ZERO,
            IDLE);
    return server.open(
        new DoorSpec(
            InstrumentCheck.NAME,
            upstream,
            new ContenderLimiter(CallRates.NONE),
            new PriceBudget(ContenderLimits.none(), Optional.empty()),
            Optional.empty(),
            listener));
  }

  private DoorSpec spec(Opening opening, Upstream upstream, PriceBudget budget) {
    return new DoorSpec(
        opening.name(),
        upstream,
        limiter(opening.contender()),
        budget,
        opening.socket(),
        opening.listener());
  }

  private synchronized CallLimiter limiter(Contender contender) {
    return limiters.computeIfAbsent(
        contender.name(), name -> new ContenderLimiter(contender.limits().rates()));
  }

  @Override
  public synchronized void close() {
    ReplayServer playing = replayed;
    try {
      server.close();
    } finally {
      simulated.close();
      if (playing != null) {
        playing.close();
      }
    }
  }
}
