package dev.pacebench.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/**
 * Tests that mostly wait, all begun before the first of them is asked how it went.
 *
 * <p>A test factory returns {@link #tests()}; those that take longest had best be added first.
 */
public final class SideBySide {

  private static final long MINUTES = 10;

  /** What is played. */
  @FunctionalInterface
  public interface Case {
    void play() throws Exception;
  }

  private final Map<String, Case> cases = new LinkedHashMap<>();
  private final int threads;

  /** Prepares for so many at a time. */
  public SideBySide(int threads) {
    this.threads = threads;
  }

  /** Adds a case of a name of its own. */
  public SideBySide add(String name, Case one) {
    if (cases.putIfAbsent(name, one) != null) {
      throw new IllegalArgumentException("two cases are named " + name);
    }
    return this;
  }

  /** Begins all and returns one test each. */
  public List<DynamicTest> tests() {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "side-by-side");
              thread.setDaemon(true);
              return thread;
            });
    List<DynamicTest> tests = new ArrayList<>();
    cases.forEach(
        (name, one) -> {
          Future<?> played =
              pool.submit(
                  () -> {
                    one.play();
                    return null;
                  });
          tests.add(DynamicTest.dynamicTest(name, () -> await(name, played)));
        });
    pool.shutdown();
    return tests;
  }

  private static void await(String name, Future<?> played) throws InterruptedException {
    try {
      played.get(MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TestAbortedException aborted) {
        throw aborted;
      }
      // Reports number such tests and do not name them.
      throw new AssertionError(name + ": " + e.getCause(), e.getCause());
    } catch (TimeoutException | CancellationException e) {
      played.cancel(true);
      throw new AssertionError(name + " did not end within " + MINUTES + " minutes", e);
    }
  }
}
