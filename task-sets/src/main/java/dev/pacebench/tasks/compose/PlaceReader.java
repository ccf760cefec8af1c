package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.Service;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a service's place among the others: names, ports, networks, and whom it waits for. */
final class PlaceReader {

  private static final Pattern HOST =
      Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?");

  /** Of {@code 127.0.0.1:8080-8081:80-81/tcp} the last part; variables may stand before it. */
  private static final Pattern PORT =
      Pattern.compile("(?:.*:)?(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp|sctp))?", Pattern.DOTALL);

  private static final int LARGEST_RANGE = 1000;

  private final Report report;
  private final String service;
  private final Set<String> hostnames = new LinkedHashSet<>();
  private final Map<String, Service.After> after = new LinkedHashMap<>();
  private final Map<String, List<String>> links = new LinkedHashMap<>();
  private Optional<Set<String>> networks = Optional.of(Set.of("default"));

  PlaceReader(Report report, String service) {
    this.report = report;
    this.service = service;
  }

  List<String> hostnames() {
    hostnames.remove(service);
    return List.copyOf(hostnames);
  }

  Map<String, Service.After> after() {
    return after;
  }

  Map<String, List<String>> links() {
    return links;
  }

  Optional<Set<String>> networks() {
    return networks;
  }

  void joinsAnother() {
    networks = Optional.empty();
  }

  /** Reads a field of the service if it is about its place. */
  boolean takes(String key, YamlNode value) {
    switch (key) {
      case "container_name", "hostname" ->
          report.quietly(value).filter(it -> HOST.matcher(it).matches()).ifPresent(hostnames::add);
      case "depends_on" -> dependsOn(value);
      case "links" -> report.texts(key, value).forEach(this::link);
      case "networks" -> networks(value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void link(String text) {
    int colon = text.indexOf(':');
    String other = colon < 0 ? text : text.substring(0, colon);
    after.putIfAbsent(other, Service.After.STARTED);
    if (colon >= 0 && HOST.matcher(text.substring(colon + 1)).matches()) {
      links.computeIfAbsent(other, it -> new ArrayList<>()).add(text.substring(colon + 1));
    }
  }

  private void dependsOn(YamlNode value) {
    if (!(value instanceof Mapping services)) {
      report
          .texts("depends_on", value)
          .forEach(name -> after.putIfAbsent(name, Service.After.STARTED));
      return;
    }
    services
        .values()
        .forEach(
            (name, each) -> {
              Optional<String> condition =
                  each instanceof Mapping fields
                      ? fields
                          .get("condition")
                          .flatMap(it -> report.text("depends_on." + name + ".condition", it))
                      : Optional.empty();
              after.put(name, after(name, condition.orElse("service_started"), each));
            });
  }

  private Service.After after(String name, String condition, YamlNode at) {
    switch (condition) {
      case "service_started":
        return Service.After.STARTED;
      case "service_healthy":
        return Service.After.HEALTHY;
      case "service_completed_successfully":
        return Service.After.COMPLETED;
      default:
        report.error(
            at.line(),
            "depends_on." + name + ".condition",
            "is \"" + Show.text(condition) + "\"",
            "write service_started, service_healthy or service_completed_successfully");
        return Service.After.STARTED;
    }
  }

  private void networks(YamlNode value) {
    if (!(value instanceof Mapping all)) {
      networks = Optional.of(new TreeSet<>(report.texts("networks", value)));
      return;
    }
    networks = Optional.of(new TreeSet<>(all.values().keySet()));
    all.values()
        .forEach(
            (name, each) -> {
              if (each instanceof Mapping fields) {
                network("networks." + name, fields);
              }
            });
  }

  private void network(String field, Mapping fields) {
    fields
        .values()
        .forEach(
            (key, value) -> {
              if (key.equals("aliases")) {
                report.texts(field + ".aliases", value).stream()
                    .filter(it -> HOST.matcher(it).matches())
                    .forEach(hostnames::add);
              } else if (!key.equals("priority")) {
                report.inVain(field + "." + key, value.line());
              }
            });
  }

  /** What it says of ports; absent when it says nothing. */
  Optional<SortedSet<String>> ports(Mapping fields) {
    if (!fields.values().containsKey("ports") && !fields.values().containsKey("expose")) {
      return Optional.empty();
    }
    SortedSet<String> ports = new TreeSet<>();
    for (String key : List.of("ports", "expose")) {
      if (fields.get(key).orElse(null) instanceof Sequence list) {
        list.items().forEach(each -> port(key, each, ports));
      }
    }
    return Optional.of(ports);
  }

  private void port(String key, YamlNode value, SortedSet<String> ports) {
    if (value instanceof Mapping fields) {
      String protocol =
          fields.get("protocol").flatMap(it -> report.text(key + ".protocol", it)).orElse("tcp");
      fields
          .get("target")
          .flatMap(it -> report.text(key + ".target", it))
          .ifPresent(target -> port(key, target + "/" + protocol, value, ports));
    } else if (value instanceof YamlNode.Scalar one) {
      port(key, report.quietly(one).orElse(one.text()), value, ports);
    }
  }

  private void port(String key, String text, YamlNode at, SortedSet<String> ports) {
    Matcher port = PORT.matcher(text.strip());
    if (!port.matches()) {
      report.error(
          at.line(), key, "is \"" + Show.text(text) + "\"", "write a port, such as 8080:80");
      return;
    }
    int first = Integer.parseInt(port.group(1));
    int last = port.group(2) == null ? first : Integer.parseInt(port.group(2));
    if (first < 1 || last > 65535 || last < first || last - first > LARGEST_RANGE) {
      report.error(at.line(), key, "is \"" + Show.text(text) + "\"", "write ports from 1 to 65535");
      return;
    }
    for (int each = first; each <= last; each++) {
      ports.add(each + "/" + (port.group(3) == null ? "tcp" : port.group(3)));
    }
  }
}
