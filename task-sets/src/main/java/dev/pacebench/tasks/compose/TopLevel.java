package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.Service;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a compose file says beside its services, and whether these fit to it. */
final class TopLevel {

  /** Keys of a volume or network that change nothing for what uses it. */
  private static final Set<String> PLAIN = Set.of("driver", "labels", "name", "internal");

  private final Report report;
  private final Mapping top;
  private final Set<String> internal = new HashSet<>();
  private final Set<String> volumes = new HashSet<>();

  TopLevel(Report report, Mapping top) {
    this.report = report;
    this.top = top;
  }

  ComposeProject settle(String name, ComposeService main, Map<String, ComposeService> others) {
    for (String key : List.of("secrets", "configs", "include")) {
      top.get(key).ifPresent(value -> report.inVain(key, value.line()));
    }
    shared("volumes", volumes);
    shared("networks", new HashSet<>());
    Map<String, ComposeService> all = new LinkedHashMap<>(others);
    all.put(name, main);
    all.forEach(this::volumesAreDeclared);
    reachEachOther(all);
    boolean closed =
        main.rest().networks().filter(it -> !it.isEmpty() && internal.containsAll(it)).isPresent();
    if (main.noNetwork() && !others.isEmpty()) {
      report
          .of("services." + name)
          .unsupported(
              "network_mode: none",
              main.line(),
              ", which keeps it from its own services",
              "write network_mode = \"no-network\" in task.toml, or an internal network");
    }
    return new ComposeProject(name, closed ? main.withoutNetwork() : main, others);
  }

  private void shared(String key, Set<String> names) {
    if (!(top.get(key).orElse(null) instanceof Mapping all)) {
      return;
    }
    all.values()
        .forEach(
            (name, value) -> {
              names.add(name);
              if (value instanceof Mapping fields) {
                fields(key + "." + name, name, fields);
              }
            });
  }

  private void fields(String path, String name, Mapping fields) {
    fields
        .values()
        .forEach(
            (key, value) -> {
              String text = report.quietly(value).orElse("");
              boolean plain =
                  key.equals("driver")
                      ? text.equals("local") || text.equals("bridge") || text.isEmpty()
                      : PLAIN.contains(key) || key.startsWith("x-") || text.equals("false");
              if (!plain) {
                report.inVain(path + "." + key, value.line());
              } else if (key.equals("internal") && text.equals("true")) {
                internal.add(name);
              }
            });
  }

  private void volumesAreDeclared(String name, ComposeService service) {
    for (Service.Volume volume : service.rest().storage().volumes()) {
      if (!volume.name().contains("+") && !volumes.contains(volume.name())) {
        report
            .of("services." + name)
            .error(
                service.line(),
                "volumes",
                "names " + volume.name() + ", which is not among the file's volumes",
                "add it under volumes");
      }
    }
  }

  /** In one network all reach all; a task that counts on walls would be another one. */
  private void reachEachOther(Map<String, ComposeService> all) {
    List<Map.Entry<String, ComposeService>> entries = new ArrayList<>(all.entrySet());
    for (int i = 0; i < entries.size(); i++) {
      String one = entries.get(i).getKey();
      ComposeService service = entries.get(i).getValue();
      for (Map.Entry<String, ComposeService> later : entries.subList(i + 1, entries.size())) {
        String other = later.getKey();
        Set<String> left = service.rest().networks().orElse(Set.of());
        Set<String> right = later.getValue().rest().networks().orElse(Set.of());
        boolean apart =
            !left.isEmpty() && !right.isEmpty() && left.stream().noneMatch(right::contains);
        if (apart) {
          report
              .of("services." + one)
              .unsupported(
                  "networks",
                  service.line(),
                  " that keep it apart from " + other + ", and all share one network here",
                  "put them on one network, if the task does not need walls");
        }
      }
    }
  }
}
