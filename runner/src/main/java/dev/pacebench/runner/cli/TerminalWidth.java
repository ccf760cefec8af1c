package dev.pacebench.runner.cli;

import java.util.function.IntSupplier;

/** The terminal's width, asked for anew only when the terminal says that it changed. */
final class TerminalWidth implements IntSupplier {

  private volatile boolean stale = true;
  private volatile int columns;

  TerminalWidth() {
    Signals.onResize(() -> stale = true);
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
