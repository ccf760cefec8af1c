package dev.pacebench.tasks.compose;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts services into an order in which each comes after those it waits for. */
final class StartOrder {

  private final String main;
  private final Map<String, ComposeService> services;
  private final Report report;
  private final Map<String, ComposeService> ordered = new LinkedHashMap<>();
  private final Deque<String> path = new ArrayDeque<>();

  private StartOrder(String main, Map<String, ComposeService> services, Report report) {
    this.main = main;
    this.services = services;
    this.report = report;
  }

  /**
   * @param main the service that is there before all others
   */
  static Map<String, ComposeService> of(
      String main, Map<String, ComposeService> services, Report report) {
    StartOrder order = new StartOrder(main, services, report);
    services.keySet().forEach(order::add);
    return order.ordered;
  }

  private void add(String name) {
    if (ordered.containsKey(name)) {
      return;
    }
    ComposeService service = services.get(name);
    if (path.contains(name) || service == null) {
      return;
    }
    path.addLast(name);
    for (String other : service.rest().after().keySet()) {
      if (path.contains(other)) {
        report.error(
            service.line(),
            name + ".depends_on",
            "makes it wait for itself (" + String.join(", ", List.copyOf(path)) + ")",
            "let one of them start without the other");
      } else if (!other.equals(main) && !services.containsKey(other)) {
        report.error(
            service.line(), name + ".depends_on", "names " + other, "describe that service");
      }
      add(other);
    }
    path.removeLast();
    ordered.put(name, service);
  }
}
