package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.Service;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads where a service writes beside its own files.
 *
 * <p>Volumes with a name are had, as are those without one; folders of the host never are.
 */
final class StorageReader {

  static final Pattern VOLUME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  private static final Set<String> OPTIONS = Set.of("ro", "rw", "z", "Z", "nocopy", "cached");
  private static final Pattern MOUNT_OPTIONS = Pattern.compile("[a-z0-9=,]{0,100}");

  private final Report report;
  private final String service;
  private final boolean main;
  private final List<Service.Volume> volumes = new ArrayList<>();
  private final Map<String, String> tmpfs = new LinkedHashMap<>();
  private OptionalLong shm = OptionalLong.empty();

  StorageReader(Report report, String service, boolean main) {
    this.report = report;
    this.service = service;
    this.main = main;
  }

  Service.Storage storage() {
    return new Service.Storage(volumes, tmpfs, shm);
  }

  /** Reads a field of the service if it is about storage. */
  boolean takes(String key, YamlNode value) {
    switch (key) {
      case "volumes" -> volumes(value);
      case "tmpfs" -> inMemory(key, value);
      case "shm_size" -> shared(key, value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void volumes(YamlNode value) {
    if (!(value instanceof Sequence list)) {
      report.error(value.line(), "volumes", "is " + value.kind(), "write a list");
      return;
    }
    for (YamlNode item : list.items()) {
      if (item instanceof Mapping parts) {
        volume(parts);
      } else if (item instanceof Scalar one && !isLogFolder(one.text())) {
        report.text("volumes", one).ifPresent(text -> volume(text, one));
      } else if (!(item instanceof Scalar)) {
        report.error(item.line(), "volumes", "has " + item.kind() + " in it", "write NAME:/FOLDER");
      }
    }
  }

  /** Those of the harness, whose place is taken by our own evidence. */
  private static boolean isLogFolder(String text) {
    return text.contains("_LOGS_PATH}") || text.contains("_ARTIFACTS_PATH}");
  }

  private void volume(String text, YamlNode at) {
    String[] parts = text.split(":", -1);
    if (parts.length == 1) {
      add("", parts[0], false, at);
      return;
    }
    List<String> options = parts.length > 2 ? List.of(parts[2].split(",")) : List.of();
    if (parts.length > 3 || !OPTIONS.containsAll(options)) {
      report.inVain("volumes: " + Show.text(text), at.line());
    } else {
      add(parts[0], parts[1], options.contains("ro"), at);
    }
  }

  private void volume(Mapping parts) {
    String type = part(parts, "type").orElse("volume");
    String source = part(parts, "source").or(() -> part(parts, "src")).orElse("");
    String target =
        part(parts, "target")
            .or(() -> part(parts, "dst"))
            .or(() -> part(parts, "destination"))
            .orElse("");
    boolean readOnly = part(parts, "read_only").filter("true"::equals).isPresent();
    switch (type) {
      case "volume" -> add(source, target, readOnly, parts);
      case "bind" -> bind(source + ":" + target, source, parts);
      case "tmpfs" -> inMemory(target, "", parts);
      default -> report.inVain("volumes.type: " + Show.text(type), parts.line());
    }
  }

  private Optional<String> part(Mapping parts, String key) {
    return parts.get(key).flatMap(it -> report.text("volumes." + key, it));
  }

  private void add(String source, String target, boolean readOnly, YamlNode at) {
    if (source.startsWith(".") || source.startsWith("~") || source.contains("/")) {
      bind(source + ":" + target, source, at);
    } else if (!source.isEmpty() && !VOLUME.matcher(source).matches()) {
      report.error(at.line(), "volumes", "has the name \"" + Show.text(source) + "\"", "rename it");
    } else if (report.fits(ServiceReader.FOLDER, target, "volumes", at)) {
      // One without a name is nobody else's; a name of ours has what no other may have.
      String name = source.isEmpty() ? service + "+" + volumes.size() : source;
      volumes.add(new Service.Volume(name, target, readOnly));
    }
  }

  private void bind(String shown, String source, YamlNode at) {
    boolean engine = source.contains("docker.sock") || source.contains("containerd.sock");
    report.unsupported(
        "volumes: " + Show.text(shown),
        at.line(),
        engine
            ? ", the engine's own socket, which is root on this machine"
            : ", a folder of this machine, which sandboxes never see",
        engine
            ? "write the task so that it needs no engine"
            : "COPY what it holds in the Dockerfile, or name a volume");
  }

  private void inMemory(String key, YamlNode value) {
    for (String each : report.texts(key, value)) {
      int colon = each.indexOf(':');
      inMemory(
          colon < 0 ? each : each.substring(0, colon),
          colon < 0 ? "" : each.substring(colon + 1),
          value);
    }
  }

  private void inMemory(String target, String options, YamlNode at) {
    if (main) {
      report.inVain("tmpfs", at.line());
    } else if (report.fits(ServiceReader.FOLDER, target, "tmpfs", at)
        && report.fits(MOUNT_OPTIONS, options, "tmpfs", at)) {
      tmpfs.put(target, options);
    }
  }

  private void shared(String key, YamlNode value) {
    if (main) {
      report.inVain(key, value.line());
      return;
    }
    shm = report.text(key, value).map(Sizes::bytes).orElse(shm);
    if (shm.isEmpty()) {
      report.error(value.line(), key, "is no size", "write a size such as 256m");
    }
  }
}
