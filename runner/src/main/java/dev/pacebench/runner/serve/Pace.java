package dev.pacebench.runner.serve;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often a server looks, and how long it waits for others.
 *
 * @param look between two looks at the database
 * @param pause the least between two computations of the same figures
 * @param most the most between them while they change
 * @param share figures are computed again after so many times as long as it took, so that computing
 *     takes but a small part of a core that a run may need
 * @param request until a request is there, counted from the connection or from when the answer
 *     before was handed to the system; in it that answer is read
 * @param answer until an answer is made and handed over
 */
record Pace(
    Duration look, Duration pause, Duration most, int share, Duration request, Duration answer) {

  static final Pace USUAL =
      new Pace(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          20,
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

  /** How long to leave figures alone whose computation took so long, in nanoseconds. */
  long pauseAfter(long nanos) {
    return Math.max(pause.toNanos(), Math.min(most.toNanos(), share * nanos));
  }
}
