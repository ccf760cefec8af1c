package dev.pacebench.runner.serve;

import dev.pacebench.leaderboard.page.PageData;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import java.util.List;

/** Computes what the page shows of some runs, with links as {@link PageAddresses} has them. */
@FunctionalInterface
public interface Figures {

  /** Reads the trials of runs, of which there is at least one. */
  PageData of(RunStore store, List<RunRow> runs);
}
