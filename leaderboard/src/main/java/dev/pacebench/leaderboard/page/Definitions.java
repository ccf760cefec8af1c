package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.board.Board;

/** The foot of the page: what its figures mean, in a sentence each. */
final class Definitions {

  private Definitions() {}

  static void write(Html html, Board board) {
    html.open("footer").leaf("h2", "What the figures mean").open("dl").line();
    one(
        html,
        "Time",
        "Seconds of the agent phase: from the moment that the agent is told to begin until it ends, or"
            + " until its limit stops it. Queueing, making the sandbox and judging the result are not"
            + " in it. Medians and percentiles are of solved trials unless they say otherwise.");
    one(
        html,
        "Accuracy",
        "Solved trials / (trials − lost ones). Lost are those that, by proof from outside the sandbox,"
            + " nobody could have had a fair attempt at. A row that lost more than 2 % is greyed.");
    one(
        html,
        "Within T",
        "The same, of trials solved in at most T. A wrong answer is never solved later, so counting is"
            + " right up to the limit. No agent knew of T: one that does may pace itself otherwise.");
    one(
        html,
        "95 %",
        "An interval for the question “and on other tasks of this kind?”: the spread is that over"
            + " tasks, or over repositories where tasks share enough of them; more attempts at the"
            + " same tasks do not make it narrow. Below 10 tasks there is none. Within T it is by %,d resamples of the tasks, widened for their number."
                .formatted(board.replicates()));
    one(html, "Ranks", "Where a contender stands in 95 % of the resamples; several may share one.");
    one(
        html,
        "On frontier",
        "Nobody else is at least as accurate and as fast, and better in one of the two; as a share,"
            + " in how many resamples.");
    one(
        html,
        "PAR-2",
        "Mean seconds, where a trial that was not solved counts as twice its limit.");
    one(
        html,
        "Two contenders",
        "On the tasks that both attempted, each counting once. Holm’s p is adjusted for all pairs of"
            + " the set. “Ahead” is said by a band that holds at all budgets at once. A speed-up at"
            + " equal accuracy is how much sooner the same share is solved, never extrapolated.");
    one(
        html,
        "A, then B",
        "B tries only what A left unsolved. Takes a judge that knows a solution at once.");
    one(
        html,
        "Disagreement",
        "Of a task: the chance that a trial each of two contenders come out differently, over all"
            + " pairs of them.");
    html.close().line();
    html.leaf(
        "p",
        "This file needs no network, and sends nothing. It contains d3 7.9.0 (© 2010–2023 Mike"
            + " Bostock) and Observable Plot 0.6.17 (© 2020–2025 Observable, Inc.), ISC licence.");
    html.close().line();
  }

  private static void one(Html html, String word, String meaning) {
    html.leaf("dt", word).leaf("dd", meaning).line();
  }
}
