package dev.pacebench.runner.gateway.simulated;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The prompt cache of one trial: beginnings of requests that were read before. */
final class Seen {

  /** An agent has few conversations at once. */
  private static final int MOST = 4;

  private final Deque<List<Segment>> requests = new ArrayDeque<>();

  /** Characters that the request has in common with the beginning of an earlier one. */
  long known(List<Segment> request) {
    long best = 0;
    for (List<Segment> earlier : requests) {
      long common = 0;
      for (int i = 0; i < Math.min(earlier.size(), request.size()); i++) {
        if (!earlier.get(i).equals(request.get(i))) {
          break;
        }
        common += request.get(i).characters();
      }
      best = Math.max(best, common);
    }
    return best;
  }

  void add(List<Segment> request) {
    requests.addFirst(List.copyOf(request));
    if (requests.size() > MOST) {
      requests.removeLast();
    }
  }
}
