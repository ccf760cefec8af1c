package dev.pacebench.runner.gateway.simulated;

import java.util.ArrayList;
import java.util.List;

/**
 * What a response leaves behind for a later call that goes on from it.
 *
 * @param items the conversation up to and with the response
 * @param next the turn that comes next
 */
record Held(List<Segment> items, Turns.Place next) {

  /** Longer conversations are still answered, but counted as cached only up to here. */
  private static final int MOST_ITEMS = 20_000;

  Held {
    items = List.copyOf(items);
  }

  static Held start() {
    return new Held(List.of(), Turns.Place.START);
  }

  /** With what a call adds and what was answered. */
  Held after(AnswerPlan call, boolean isTurn, int part) {
    List<Segment> all = new ArrayList<>(items);
    if (all.size() < MOST_ITEMS) {
      all.addAll(call.ask().items());
      all.add(new Segment(call.id().hashCode(), call.said().characters()));
    }
    return new Held(all, isTurn ? new Turns.Place(call.turn() + 1, part) : next);
  }
}
