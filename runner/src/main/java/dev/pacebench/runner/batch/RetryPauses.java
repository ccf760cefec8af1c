package dev.pacebench.runner.batch;

import java.time.Duration;

/** How long to wait before a further try: longer after each lost one, up to a limit. */
record RetryPauses(Duration first, Duration longest) {

  static final RetryPauses DEFAULT = new RetryPauses(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /**
   * @param lost tries lost in this execution, from 1
   */
  Duration after(int lost) {
    Duration pause = first.multipliedBy(1L << Math.min(lost - 1, 20));
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}
