package dev.pacebench.leaderboard.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a table can show of a contender besides its name. */
public enum Column {
  RANK("ranks in 95 % of the resamples"),
  AT("accuracy within the budget of --at"),
  ACCURACY("solved / (trials - lost)"),
  BAR("the interval drawn on a scale; on terminals only"),
  CI("95 % interval of the accuracy"),
  SOLVED("solved trials of those that were not lost"),
  LOST("lost trials"),
  IF_FAILED("accuracy if every lost trial had failed"),
  WITHIN("accuracy within three time budgets"),
  MEDIAN("median seconds of solved trials"),
  P90("90th percentile of the seconds of solved trials"),
  MEDIAN_ALL("median seconds of all trials"),
  P90_ALL("90th percentile of the seconds of all trials"),
  PAR2("mean seconds, an unsolved trial counting twice its limit"),
  AREA("area under accuracy over the logarithm of time"),
  PASS("pass@k and pass^k: at least one of k attempts solves, all of them do"),
  FRONTIER("share of resamples in which no other was as accurate and as fast"),
  FLAKY("share of tasks that are solved sometimes"),
  SE("standard error of the accuracy"),
  DETECTABLE("least difference in accuracy that this design sees"),
  OTHER_CI("Wilson's, Jeffreys' and Clopper and Pearson's intervals"),
  TIME("where the agent phase went"),
  VENDOR("vendors' arithmetic for the time, beside what was measured"),
  COST("sum over trials"),
  VERIFIED("where the tests ran");

  private final String meaning;

  Column(String meaning) {
    this.meaning = meaning;
  }

  /** What it shows, for help texts. */
  public String meaning() {
    return meaning;
  }

  /** As on the command line: lower case with hyphens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads {@link #word()}. */
  public static Optional<Column> ofWord(String word) {
    return Arrays.stream(values()).filter(column -> column.word().equals(word)).findFirst();
  }
}
