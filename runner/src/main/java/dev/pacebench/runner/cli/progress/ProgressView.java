package dev.pacebench.runner.cli.progress;

import dev.pacebench.runner.batch.RunListener;

/** Shows a run as it goes; closing it leaves the terminal as it was. */
public interface ProgressView extends RunListener, AutoCloseable {

  /** A line that stays. */
  void message(String text);

  @Override
  void close();

  /** Shows nothing. */
  ProgressView SILENT =
      new ProgressView() {
        @Override
        public void message(String text) {}

        @Override
        public void close() {}
      };
}
