package dev.pacebench.runner.serve;

import dev.pacebench.runner.home.Patience;
import dev.pacebench.runner.store.RunPulse;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the boards that somebody looks at.
 *
 * <p>Computed by one thread, on demand alone, and so seldom that computing takes a small part of a
 * core: a run beside it, on the same machine, is to take the times that it would take alone.
 */
final class Boards implements AutoCloseable {

  private static final int MOST = 6;

  private static final class Entry {
    @Nullable Shown shown;
    @Nullable CompletableFuture<Optional<Shown>> making;
    long lookedAt = System.nanoTime();
    long pause;
    long least;
  }

  private final LiveStore store;
  private final Figures figures;
  private final Pace pace;
  private final IntSupplier pages;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "pacebench-serve-figures");
            made.setDaemon(true);
            return made;
          });
  private final Map<Selection, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long versions;

  /**
   * None yet.
   *
   * @param pages how many are open, of which each fetches what is computed
   */
  Boards(LiveStore store, Figures figures, Pace pace, IntSupplier pages) {
    this.store = store;
    this.figures = figures;
    this.pace = pace;
    this.pages = pages;
  }

  /**
   * The figures as they are, or were some seconds ago; empty when there is no such run.
   *
   * <p>Never waits; what is given may be complete already.
   */
  synchronized CompletableFuture<Optional<Shown>> get(Selection selection) {
    Entry entry = entries.get(selection);
    if (entry == null) {
      entry = new Entry();
      entries.put(selection, entry);
      entries.values().stream()
          .filter(it -> entries.size() > MOST && it.making == null)
          .findFirst()
          .ifPresent(eldest -> entries.values().remove(eldest));
    }
    Shown shown = entry.shown;
    CompletableFuture<Optional<Shown>> making = entry.making;
    if (shown != null && (making != null || isFresh(entry, entry.pause))) {
      return CompletableFuture.completedFuture(Optional.of(shown));
    }
    return making != null ? making : refresh(selection, entry);
  }

  /** Version of the figures that are shown now; 0 without any. */
  synchronized long version(Selection selection) {
    Entry entry = entries.get(selection);
    Shown shown = entry == null ? null : entry.shown;
    return shown == null ? 0 : shown.version();
  }

  /**
   * Computes the figures again where they may differ from what is known now, and it is time; empty
   * where not.
   *
   * <p>The beginning and the end of a run are shown soon, however long the pause: nothing comes
   * after an end that would show it.
   */
  synchronized Optional<CompletableFuture<Optional<Shown>>> renew(
      Selection selection, List<RunPulse> pulses) {
    Entry entry = entries.get(selection);
    if (entry == null) {
      return Optional.of(get(selection));
    }
    Shown shown = entry.shown;
    if (entry.making != null || (shown != null && shown.stamp().equals(selection.stamp(pulses)))) {
      return Optional.empty();
    }
    boolean turn = shown != null && !shown.underWay().equals(selection.underWay(pulses));
    return isFresh(entry, turn ? entry.least : entry.pause)
        ? Optional.empty()
        : Optional.of(refresh(selection, entry));
  }

  private static boolean isFresh(Entry entry, long pause) {
    return System.nanoTime() - entry.lookedAt < pause;
  }

  private CompletableFuture<Optional<Shown>> refresh(Selection selection, Entry entry) {
    CompletableFuture<Optional<Shown>> made = new CompletableFuture<>();
    entry.making = made;
    try {
      thread.execute(() -> make(selection, entry, made));
    } catch (RejectedExecutionException e) {
      done(entry, null);
      made.complete(Optional.empty());
    }
    return made;
  }

  private void make(Selection selection, Entry entry, CompletableFuture<Optional<Shown>> made) {
    long start = work();
    try {
      Shown shown = store.read(here -> read(here, selection, entry)).flatMap(it -> it).orElse(null);
      synchronized (this) {
        pause(entry, work() - start);
        done(entry, shown);
        if (shown == null) {
          // Names of runs that are not there come from anybody.
          entries.remove(selection, entry);
        }
      }
      made.complete(Optional.ofNullable(shown));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      synchronized (this) {
        pause(entry, work() - start);
        done(entry, entry.shown);
      }
      made.completeExceptionally(e);
    }
  }

  /** What this process has worked: its own time, not that in which it waited for a processor. */
  private static long work() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(Duration::toNanos)
        .orElseGet(System::nanoTime);
  }

  private void pause(Entry entry, long worked) {
    entry.pause = pace.pauseAfter(worked, pages.getAsInt());
    entry.least = pace.pauseAfter(0, 0);
  }

  private static void done(Entry entry, @Nullable Shown shown) {
    entry.making = null;
    entry.lookedAt = System.nanoTime();
    entry.shown = shown;
  }

  private Optional<Shown> read(RunStore here, Selection selection, Entry entry) {
    // The stamp first: what changes while the figures are computed is seen at the next look.
    List<RunPulse> pulses = here.pulse();
    String stamp = selection.stamp(pulses);
    Shown before;
    synchronized (this) {
      before = entry.shown;
    }
    if (before != null && before.stamp().equals(stamp)) {
      return Optional.of(before);
    }
    List<RunRow> runs = selection.of(here.runs());
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    var data = figures.of(here, runs);
    long version;
    synchronized (this) {
      version = ++versions;
    }
    return Optional.of(new Shown(selection, version, stamp, selection.underWay(pulses), data));
  }

  @Override
  public void close() {
    Patience.end(thread);
  }
}
