package dev.pacebench.runner.cli.progress;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.timeline.TrialState;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Redraws a few lines at a terminal's bottom, five times a second.
 *
 * <p>One write draws a whole frame over the old one, so that nothing flickers; lost trials and
 * messages scroll by above it.
 */
public final class LiveView implements ProgressView {

  private static final long FRAME_MILLIS = 200;
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String ERASE_LINE_END = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  private final ProgressModel model;
  private final PrintStream err;
  private final IntSupplier columns;
  private final Deque<String> messages = new ArrayDeque<>();
  private final ScheduledExecutorService painter;
  private final ScheduledFuture<?> frames;
  private List<String> drawn = List.of();
  private boolean closed;

  /**
   * @param columns the terminal's width, asked for before every frame
   */
  public LiveView(ProgressModel model, PrintStream err, IntSupplier columns) {
    this.model = model;
    this.err = err;
    this.columns = columns;
    this.painter =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "pacebench-progress");
              thread.setDaemon(true);
              return thread;
            });
    this.frames =
        painter.scheduleWithFixedDelay(this::paint, 0, FRAME_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Draws the present state over the last one. */
  synchronized void paint() {
    if (!closed) {
      int width = columns.getAsInt();
      List<String> lines = ProgressFrame.lines(model.now(), width);
      write(HIDE_CURSOR + frame(drawn, messages, lines, width));
      messages.clear();
      drawn = lines;
    }
  }

  /** What turns the old lines into messages followed by the new lines. */
  static String frame(List<String> old, Iterable<String> messages, List<String> lines, int width) {
    StringBuilder out = new StringBuilder();
    int rows = 0;
    for (String line : old) {
      // A terminal that became narrower has wrapped what stood there.
      rows += Math.max(1, (SafeText.width(line) + width - 1) / Math.max(1, width));
    }
    if (rows > 0) {
      out.append('\r').append("\u001b[").append(rows).append('A');
    }
    for (String message : messages) {
      out.append(message).append(ERASE_LINE_END).append('\n');
    }
    for (String line : lines) {
      out.append(line).append(ERASE_LINE_END).append('\n');
    }
    return out.append(ERASE_BELOW).toString();
  }

  private void write(String text) {
    err.print(text);
    err.flush();
  }

  @Override
  public synchronized void message(String text) {
    if (closed) {
      err.println(text);
    } else {
      messages.add(text);
    }
  }

  @Override
  public void onStart(int total, int done, int slots) {
    model.onStart(total, done, slots);
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
    if (result.outcome() == Outcome.LOST) {
      Progress now = model.now();
      message(ResultLine.of(result, now.done(), now.total()));
    }
  }

  @Override
  public void onLostTry(int slot, PlannedTrial trial, int tryNumber, String cause) {
    model.onLostTry(slot, trial, tryNumber, cause);
    message(Messages.lostTry(trial, tryNumber, cause));
  }

  @Override
  public void onSuspended(String contender, String cause) {
    message(Messages.suspended(contender, cause));
  }

  /** Removes the drawn lines and gives the cursor back. */
  @Override
  public void close() {
    frames.cancel(false);
    painter.shutdownNow();
    synchronized (this) {
      if (!closed) {
        write(frame(drawn, messages, List.of(), columns.getAsInt()) + SHOW_CURSOR);
        closed = true;
      }
    }
  }
}
