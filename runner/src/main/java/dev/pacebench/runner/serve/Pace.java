package dev.pacebench.runner.serve;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often a server looks, and how long it waits for others.
 *
 * <p>The more pages are open, the more seldom each is told something: the work of all pages
 * together stays about the same, for a run on the same machine takes times.
 *
 * @param look between two looks at the database while few pages are open
 * @param pause the least between two computations of the same figures, while few pages are open
 * @param most the most between them while they change and few pages are open
 * @param share figures are computed again after so many times as long as it took, so that computing
 *     takes but a small part of a core that a run may need
 * @param request until a request is there, counted from the connection or from when the answer
 *     before was handed to the system; in it that answer is read
 * @param answer until an answer is made and handed over
 */
record Pace(
    Duration look, Duration pause, Duration most, int share, Duration request, Duration answer) {

  /** Pages that are told something at every look. */
  private static final int FEW = 40;

  private static final int SLOWEST = 10;

  /** What waits less does so in vain: nobody else asks in that time. */
  private static final int SHORTEST_SPREAD_MILLIS = 100;

  static final Pace USUAL =
      new Pace(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(60),
          100,
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));

  Pace {
    requireNonNull(look, "look is null");
    requireNonNull(request, "request is null");
    requireNonNull(answer, "answer is null");
    if (share < 1 || pause.compareTo(most) > 0) {
      throw new IllegalArgumentException("pause " + pause + " of at most " + most + ", " + share);
    }
  }

  /** Between two looks while so many pages are open, in nanoseconds: 5 s for 200. */
  long lookAfter(int pages) {
    return Math.round(look.toNanos() * Math.min(SLOWEST, Math.max(1, pages / (double) FEW)));
  }

  /**
   * How long to leave figures alone that took so much of a processor's time, in nanoseconds; for
   * 200 pages, which all fetch them, at least 20 s.
   */
  long pauseAfter(long nanos, int pages) {
    long shared = Math.min(most.toNanos(), share * nanos);
    return Math.max(Math.round(pause.toNanos() * Math.max(1, 2.0 * pages / FEW)), shared);
  }

  /**
   * The milliseconds within which pages fetch new figures, each at a moment of its own, so that
   * they do not all come at once; 10 s for 200 pages, 0 for a few.
   */
  long spread(int pages) {
    long millis = Math.round(pause.toMillis() * Math.min(SLOWEST, pages / (double) FEW));
    return millis < SHORTEST_SPREAD_MILLIS ? 0 : millis;
  }
}
