package dev.pacebench.runner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C, and its kin TERM and HUP, while a run goes on: the first stops it cleanly, the second at
 * once.
 *
 * <p>Shutdown hooks would not do: they run all at once, so that the database would close before the
 * run ended, and they cannot see a second signal.
 */
final class Signals implements AutoCloseable {

  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private record Replaced(Signal signal, SignalHandler handler) {}

  private final List<Replaced> replaced = new ArrayList<>();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * Takes the signals until closed; both actions run on threads of their own.
   *
   * @param first what the first signal does
   * @param second what the second one does
   */
  Signals(Runnable first, Runnable second) {
    for (String name : NAMES) {
      Signal signal;
      try {
        signal = new Signal(name);
        replaced.add(
            new Replaced(signal, Signal.handle(signal, caught -> onSignal(first, second))));
      } catch (IllegalArgumentException e) {
        // The system or the JVM (-Xrs) keeps this one to itself; then it ends the process as ever.
        logIgnored(name, e);
      }
    }
  }

  private void onSignal(Runnable first, Runnable second) {
    int number = count.incrementAndGet();
    if (number <= 2) {
      Thread thread = new Thread(number == 1 ? first : second, "pacebench-signal-" + number);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Calls the action whenever the terminal's size changes, where that can be noticed. */
  static void onResize(Runnable action) {
    try {
      Signal.handle(new Signal("WINCH"), caught -> action.run());
    } catch (IllegalArgumentException e) {
      logIgnored("WINCH", e);
    }
  }

  private static void logIgnored(String name, IllegalArgumentException e) {
    LoggerFactory.getLogger(Signals.class)
        .debug("signal {} cannot be handled: {}", name, e.getMessage());
  }

  @Override
  public void close() {
    for (Replaced one : replaced) {
      try {
        Signal.handle(one.signal, one.handler);
      } catch (IllegalArgumentException e) {
        Signal.handle(one.signal, SignalHandler.SIG_DFL);
      }
    }
  }
}
