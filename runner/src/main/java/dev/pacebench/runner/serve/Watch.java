package dev.pacebench.runner.serve;

import dev.pacebench.runner.home.Patience;
import dev.pacebench.runner.store.RunPulse;
import dev.pacebench.runner.store.RunStore;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at the database for all who look at a page, once a second while there is anybody.
 *
 * <p>What it sends: {@code progress} when a count or a running trial changed, and a nameless event
 * {@code {"changed":true}} when there are new figures.
 */
final class Watch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final int HEARTBEAT_TICKS = 10;
  private static final long IDLE = Duration.ofSeconds(10).toNanos();

  private final LiveStore store;
  private final Boards boards;
  private final Streams streams;
  private final Consumer<Runnable> loop;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "pacebench-serve-watch");
            made.setDaemon(true);
            return made;
          });
  private final Map<Selection, Long> told = new LinkedHashMap<>();
  private volatile String progress = "";
  private int ticks;

  /**
   * Begins.
   *
   * @param loop runs something where streams may be touched
   */
  Watch(LiveStore store, Boards boards, Streams streams, Duration every, Consumer<Runnable> loop) {
    this.store = store;
    this.boards = boards;
    this.streams = streams;
    this.loop = loop;
    thread.scheduleWithFixedDelay(
        this::safely, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The last progress, for a stream that begins; empty when there is none. */
  String progress() {
    return progress;
  }

  /** Looks now, for somebody who has just come. */
  void soon() {
    if (!thread.isShutdown()) {
      thread.execute(this::safely);
    }
  }

  private void safely() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.debug("the database cannot be looked at", e);
      tell("{\"trouble\":" + JsonMapper.shared().writeValueAsString(first(e)) + ",\"runs\":[]}");
    }
  }

  private static String first(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private void look() {
    if (streams.size() == 0) {
      progress = "";
      told.clear();
      store.closeIfIdle(IDLE);
      return;
    }
    if (++ticks % HEARTBEAT_TICKS == 0) {
      loop.accept(streams::heartbeat);
    }
    List<RunPulse> pulses = store.read(RunStore::pulse).orElse(List.of());
    tell(json(pulses));
    for (Selection selection : streams.selections()) {
      long before = boards.version(selection);
      if (told.getOrDefault(selection, before) < before) {
        changed(selection, before);
      }
      told.put(selection, before);
      if (boards.isDue(selection, pulses)) {
        boards
            .get(selection)
            .whenComplete(
                (shown, failed) -> {
                  if (failed != null) {
                    LOG.warn("the figures cannot be computed: {}", String.valueOf(failed));
                  } else {
                    soon();
                  }
                });
      }
    }
    told.keySet().retainAll(streams.selections());
  }

  private void changed(Selection selection, long version) {
    Buffer event = changed(version);
    loop.accept(() -> streams.send(selection, event));
  }

  static Buffer changed(long version) {
    return Streams.event("", version, "{\"changed\":true}");
  }

  private void tell(String now) {
    if (!now.equals(progress)) {
      progress = now;
      Buffer event = Streams.event("progress", 0, now);
      loop.accept(() -> streams.send(event));
    }
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
