package dev.pacebench.runner.speed;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.model.Input;
import dev.pacebench.runner.model.ModelException;
import dev.pacebench.runner.model.ModelSession;
import dev.pacebench.runner.model.ModelSessions;
import dev.pacebench.runner.model.ModelSettings;
import dev.pacebench.runner.model.TurnListener;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the conversations of a plan, one after another, through the gateway.
 *
 * <p>All times come from the gateway, as in trials. Every round has doors of its own, so that each
 * has a new connection to measure.
 */
public final class Prober implements AutoCloseable {

  /** Longer than an answer of these sizes takes anywhere. */
  static final Duration LONGEST_CALL = Duration.ofMinutes(2);

  private final SpeedDoors doors;
  private final List<ProbedTier> tiers;
  private final ProbePlan plan;
  private final Duration longest;
  private final Consumer<String> progress;
  private final String nonce;
  private final ExecutorService caller =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "speed-caller");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<Integer, OpenDoor> open = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private final boolean[] works;
  private final int[] failures;

  private record OpenDoor(Door door, EndedCalls ended) {}

  public Prober(
      SpeedDoors doors, List<ProbedTier> tiers, ProbePlan plan, Consumer<String> progress) {
    this(doors, tiers, plan, LONGEST_CALL, progress);
  }

  Prober(
      SpeedDoors doors,
      List<ProbedTier> tiers,
      ProbePlan plan,
      Duration longest,
      Consumer<String> progress) {
    this.doors = doors;
    this.tiers = List.copyOf(tiers);
    this.plan = plan;
    this.longest = longest;
    this.progress = progress;
    works = new boolean[tiers.size()];
    failures = new int[tiers.size()];
    byte[] bits = new byte[8];
    new SecureRandom().nextBytes(bits);
    nonce = HexFormat.of().formatHex(bits);
  }

  /** Holds all conversations. */
  public SpeedReport run() throws InterruptedException {
    List<ProbePlan.Step> steps = plan.steps();
    int round = -1;
    for (int i = 0; i < steps.size(); i++) {
      ProbePlan.Step step = steps.get(i);
      if (step.round() != round) {
        round = step.round();
        closeDoors();
        progress.accept(round == 0 ? "warming up" : "round " + round + " of " + plan.rounds());
      }
      converse(step, i + 1);
    }
    closeDoors();
    return SpeedReport.of(tiers, plan, samples);
  }

  private void converse(ProbePlan.Step step, int number) throws InterruptedException {
    ProbedTier tier = tiers.get(step.tier());
    OpenDoor door = open.computeIfAbsent(step.tier(), place -> open(tier, step.round()));
    door.ended().clear();
    int asked = 0;
    int answered = 0;
    boolean cutOff = false;
    try (ModelSession session = ModelSessions.open(settings(tier, door.door(), step.answer()))) {
      for (String text : List.of(Prompts.of(nonce + "-" + number, step.prompt()), Prompts.GO_ON)) {
        asked++;
        Ask ask = ask(session, text);
        cutOff = ask.cutOff();
        if (cutOff || ask.failure() != null) {
          failed(step, ask);
          break;
        }
        answered++;
      }
    }
    works[step.tier()] |= answered > 0;
    keep(step, number, door.ended().take(asked, answered), cutOff);
  }

  /** A tier that answers nothing at the start would only fail again, at full length. */
  private void failed(ProbePlan.Step step, Ask ask) {
    String why = ask.failure() == null ? "no answer within " + longest : ask.failure().detail();
    if (step.round() == 0 && ++failures[step.tier()] == ProbePlan.WARM_UPS && !works[step.tier()]) {
      throw new InfrastructureError(
          tiers.get(step.tier()).name() + " does not answer: " + why,
          "see that key, address and model are right; `--contender` leaves tiers out");
    }
  }

  /** What came of asking, besides the record. */
  private record Ask(@Nullable ModelException failure, boolean cutOff) {}

  private Ask ask(ModelSession session, String text) throws InterruptedException {
    Future<?> answer =
        caller.submit(() -> session.ask(List.of(new Input.UserText(text)), TurnListener.NONE));
    try {
      answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      return new Ask(null, false);
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Ask(null, true);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelException failure) {
        return new Ask(failure, false);
      }
      throw new InfrastructureError(
          "a call through the gateway failed: " + e.getCause(), "the same with -v shows where", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    }
  }

  private void keep(ProbePlan.Step step, int number, List<CallRecord> calls, boolean cutOff) {
    if (step.round() == 0) {
      return;
    }
    for (int i = 0; i < calls.size(); i++) {
      boolean last = i == calls.size() - 1;
      samples.add(new Sample(step, number, calls.get(i), cutOff && last));
    }
  }

  private OpenDoor open(ProbedTier tier, int round) {
    EndedCalls ended = new EndedCalls();
    return new OpenDoor(doors.open(tier, "speed " + tier.name() + " round " + round, ended), ended);
  }

  static ModelSettings settings(ProbedTier tier, Door door, int answer) {
    return new ModelSettings(
        door.address(),
        door.token(),
        tier.protocol(),
        tier.transport(),
        tier.model().id(),
        Prompts.INSTRUCTIONS,
        List.of(),
        answer,
        "",
        Map.of());
  }

  private void closeDoors() {
    open.values().forEach(door -> door.door().close());
    open.clear();
  }

  @Override
  public void close() {
    caller.shutdownNow();
    closeDoors();
  }
}
