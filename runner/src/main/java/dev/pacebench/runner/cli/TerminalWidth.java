package dev.pacebench.runner.cli;

import java.util.function.IntSupplier;
import sun.misc.Signal;

/** The terminal's width, asked for anew only when the terminal says that it changed. */
final class TerminalWidth implements IntSupplier {

  private volatile boolean stale = true;
  private volatile int columns;

  TerminalWidth() {
    try {
      Signal.handle(new Signal("WINCH"), signal -> stale = true);
    } catch (IllegalArgumentException e) {
      // Without the signal the first width holds.
      stale = true;
    }
  }

  @Override
  public int getAsInt() {
    if (stale) {
      stale = false;
      columns = Terminal.columns();
    }
    return columns;
  }
}
