package dev.pacebench.runner.serve;

import dev.pacebench.runner.home.Patience;
import dev.pacebench.runner.store.RunPulse;
import dev.pacebench.runner.store.RunStore;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at the database for all who look at a page: once a second while there is anybody, more
 * seldom while there are many.
 *
 * <p>What it sends: {@code progress} when a count or a running trial changed, and a nameless event
 * {@code {"changed":true}} when there are new figures; both together where both are new, made once
 * for all. {@code within} tells pages how many milliseconds they have to fetch, so that many of
 * them spread.
 */
final class Watch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long IDLE = 2_000_000_000L;

  /** Somewhat less than what lets proxies and routers forget a connection. */
  private static final int SILENT_TICKS = 15;

  private final LiveStore store;
  private final Boards boards;
  private final Streams streams;
  private final Pace pace;
  private final Consumer<Runnable> loop;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "pacebench-serve-watch");
            made.setDaemon(true);
            return made;
          });
  private final Map<Selection, Long> told = new LinkedHashMap<>();
  private List<RunPulse> pulses = List.of();
  private volatile String progress = "";
  private volatile boolean wanted;
  private long lookedAt = System.nanoTime();
  private int silent;

  /**
   * Begins.
   *
   * @param loop runs something where streams may be touched
   */
  Watch(LiveStore store, Boards boards, Streams streams, Pace pace, Consumer<Runnable> loop) {
    this.store = store;
    this.boards = boards;
    this.streams = streams;
    this.pace = pace;
    this.loop = loop;
    long every = pace.look().toMillis();
    thread.scheduleWithFixedDelay(this::safely, every, every, TimeUnit.MILLISECONDS);
  }

  /** The last progress, for a stream that begins; empty when there is none. */
  String progress() {
    return progress;
  }

  /**
   * Looks soon, for somebody who has just come with figures of this version: at once for the first,
   * else with the next tick.
   */
  void soon(Selection selection, long version) {
    wanted = true;
    now(() -> told.merge(selection, version, Math::min));
    if (progress.isEmpty()) {
      now(this::safely);
    }
  }

  private void now(Runnable work) {
    if (!thread.isShutdown()) {
      thread.execute(work);
    }
  }

  private void safely() {
    try {
      tick();
    } catch (RuntimeException e) {
      LOG.debug("the database cannot be looked at", e);
      say("{\"trouble\":" + JsonMapper.shared().writeValueAsString(first(e)) + ",\"runs\":[]}");
    }
  }

  private static String first(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private void tick() {
    if (streams.size() == 0) {
      progress = "";
      told.clear();
      store.closeIfIdle(IDLE);
      return;
    }
    if (++silent >= SILENT_TICKS) {
      silent = 0;
      loop.accept(streams::heartbeat);
    }
    if (wanted || System.nanoTime() - lookedAt >= pace.lookAfter(streams.size())) {
      wanted = false;
      lookedAt = System.nanoTime();
      look();
    }
  }

  private void look() {
    if (!store.isUnchanged()) {
      pulses = store.read(RunStore::pulse).orElse(List.of());
    }
    say(json(pulses));
    for (Selection selection : streams.selections()) {
      boards
          .renew(selection, pulses)
          .ifPresent(made -> made.whenComplete((shown, failed) -> made(failed)));
    }
    if (pulses.stream().noneMatch(RunPulse::underWay)) {
      store.giveUpFile();
    }
  }

  private void made(@Nullable Throwable failed) {
    if (failed != null) {
      LOG.warn("the figures cannot be computed: {}", String.valueOf(failed));
    } else {
      now(() -> say(progress));
    }
  }

  /** Tells every page what is new for it, in one piece. */
  private void say(String now) {
    String news = now.equals(progress) ? "" : Streams.text("progress", 0, now);
    progress = now;
    Map<Selection, Buffer> all = new LinkedHashMap<>();
    for (Selection selection : streams.selections()) {
      long version = boards.version(selection);
      boolean isNew = told.getOrDefault(selection, version) < version;
      told.put(selection, version);
      String text = news + (isNew ? changed(version) : "");
      if (!text.isEmpty()) {
        all.put(selection, Streams.buffer(text));
      }
    }
    told.keySet().retainAll(streams.selections());
    if (!all.isEmpty()) {
      silent = 0;
      loop.accept(() -> all.forEach(streams::send));
    }
  }

  /** The event that says that there are other figures. */
  String changed(long version) {
    long spread = pace.spread(streams.size());
    return Streams.text(
        "",
        version,
        spread == 0 ? "{\"changed\":true}" : "{\"changed\":true,\"within\":" + spread + "}");
  }

  /** Runs under way alone; instants of beginnings instead of ages, so that it changes seldom. */
  private static String json(List<RunPulse> pulses) {
    List<Map<String, Object>> runs = new ArrayList<>();
    for (RunPulse pulse : pulses) {
      if (pulse.underWay()) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("run", pulse.runId());
        run.put("planned", pulse.planned());
        run.put("done", pulse.done());
        run.put("running", pulse.running().stream().map(Watch::running).toList());
        runs.add(run);
      }
    }
    return JsonMapper.shared().writeValueAsString(Map.of("runs", runs));
  }

  private static Map<String, Object> running(RunPulse.Running trial) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("trial", trial.trialId());
    object.put("task_set", trial.taskSet());
    object.put("task", trial.task());
    object.put("contender", trial.contender());
    object.put("attempt", trial.attempt());
    trial.since().ifPresent(since -> object.put("since", since.toString()));
    return object;
  }

  @Override
  public void close() {
    Patience.end(thread);
  }
}
