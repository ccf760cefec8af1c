package dev.pacebench.leaderboard.stats;

/**
 * How much tasks differ from each other, and attempts at one task.
 *
 * <p>Flaky tasks were solved sometimes, not always; disagreement is the mean over tasks of {@code 2
 * c (k - c) / (k (k - 1))}, unbiased for the chance that two attempts come out differently. The
 * intraclass correlation is that of the analysis of variance: {@code (MSB - MSW) / (MSB + (m - 1)
 * MSW)} with {@code m} attempts per task, or what stands for it where tasks have unequally many.
 *
 * @param always tasks that every attempt solved
 * @param never tasks that no attempt solved
 * @param repeated tasks with at least two attempts
 * @param flakyShare of repeated tasks; NaN without them
 * @param disagreement NaN without repeated tasks
 * @param icc NaN without repeated tasks, and where nothing varies
 * @param within mean over repeated tasks of the unbiased p (1 - p); NaN without them
 */
public record Spread(
    int always,
    int never,
    int repeated,
    double flakyShare,
    double disagreement,
    double icc,
    double within) {

  /** Of all trials that were not lost. */
  public static Spread of(Sample sample) {
    int always = 0;
    int never = 0;
    int repeated = 0;
    int flaky = 0;
    int tasks = 0;
    double disagreement = 0;
    double n = 0;
    double squaresOfN = 0;
    double solved = 0;
    double withinSquares = 0;
    for (int t = 0; t < sample.tasks(); t++) {
      int k = sample.counted(t);
      if (k == 0) {
        continue;
      }
      int c = sample.solvedOf(t);
      tasks++;
      always += c == k ? 1 : 0;
      never += c == 0 ? 1 : 0;
      n += k;
      squaresOfN += (double) k * k;
      solved += c;
      withinSquares += (double) c * (k - c) / k;
      if (k > 1) {
        repeated++;
        flaky += c > 0 && c < k ? 1 : 0;
        disagreement += 2.0 * c * (k - c) / ((double) k * (k - 1));
      }
    }
    if (repeated == 0) {
      return new Spread(always, never, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    double mean = solved / n;
    double betweenSquares = 0;
    for (int t = 0; t < sample.tasks(); t++) {
      int k = sample.counted(t);
      if (k > 0) {
        double deviation = (double) sample.solvedOf(t) / k - mean;
        betweenSquares += k * deviation * deviation;
      }
    }
    double icc = Double.NaN;
    if (tasks > 1 && n > tasks) {
      double between = betweenSquares / (tasks - 1);
      double within = withinSquares / (n - tasks);
      double m = (n - squaresOfN / n) / (tasks - 1);
      double total = between + (m - 1) * within;
      icc = total > 0 ? (between - within) / total : Double.NaN;
    }
    return new Spread(
        always,
        never,
        repeated,
        (double) flaky / repeated,
        disagreement / repeated,
        icc,
        disagreement / repeated / 2);
  }
}
