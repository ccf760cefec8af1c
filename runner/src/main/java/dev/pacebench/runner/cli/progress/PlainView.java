package dev.pacebench.runner.cli.progress;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.timeline.TrialState;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One line per finished trial, and a sign of life where nothing finishes for long. */
public final class PlainView implements ProgressView {

  static final long HEARTBEAT_SECONDS = 30;

  private final ProgressModel model;
  private final PrintStream err;
  private final ScheduledExecutorService heart;
  private final ScheduledFuture<?> beats;
  private volatile boolean quietSince;

  public PlainView(ProgressModel model, PrintStream err) {
    this.model = model;
    this.err = err;
    this.heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "pacebench-heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    this.beats =
        heart.scheduleAtFixedRate(
            this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
  }

  /** Says how far the run is, unless a line said so since the last beat. */
  void beat() {
    if (quietSince) {
      Progress now = model.now();
      StringBuilder text = new StringBuilder();
      text.append("still running: ")
          .append(now.done())
          .append('/')
          .append(now.total())
          .append(" done, ");
      text.append(Durations.clock(now.elapsed())).append(" elapsed");
      for (Progress.Slot slot : now.slots()) {
        text.append("; ").append(slot.task()).append(' ').append(slot.contender());
        text.append(" (")
            .append(slot.doing())
            .append(", ")
            .append(Durations.clock(slot.elapsed()))
            .append(')');
      }
      err.println(SafeText.terminal(text.toString(), 400));
    }
    quietSince = true;
  }

  @Override
  public void message(String text) {
    err.println(text);
  }

  @Override
  public void onStart(int total, int done, int slots) {
    model.onStart(total, done, slots);
    err.println(
        (total - done)
            + " trials to run"
            + (done > 0 ? ", " + done + " done before" : "")
            + ", "
            + slots
            + " at a time");
  }

  @Override
  public void onTrialStart(int slot, PlannedTrial trial, int tryNumber) {
    model.onTrialStart(slot, trial, tryNumber);
  }

  @Override
  public void onState(int slot, PlannedTrial trial, TrialState state) {
    model.onState(slot, trial, state);
  }

  @Override
  public void onResult(int slot, TrialRecord result) {
    model.onResult(slot, result);
    Progress now = model.now();
    err.println(ResultLine.of(result, now.done(), now.total()));
    quietSince = false;
  }

  @Override
  public void onLostTry(int slot, PlannedTrial trial, int tryNumber, String cause) {
    model.onLostTry(slot, trial, tryNumber, cause);
    err.println(Messages.lostTry(trial, tryNumber, cause));
    quietSince = false;
  }

  @Override
  public void onSuspended(String contender, String cause) {
    err.println(Messages.suspended(contender, cause));
  }

  @Override
  public void close() {
    beats.cancel(false);
    heart.shutdownNow();
  }
}
