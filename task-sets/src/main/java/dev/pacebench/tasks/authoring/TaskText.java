package dev.pacebench.tasks.authoring;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.files.TaskTree;
import dev.pacebench.tasks.files.TreeEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A task's files as the rules look at them; large and binary ones have no text. */
final class TaskText {

  private static final long MOST_BYTES = 1 << 20;

  private final Task task;
  private final TaskTree tree;
  private final Map<String, Optional<String>> texts = new HashMap<>();

  TaskText(Task task) {
    this.task = task;
    // What is wrong with the tree was said when the task was read.
    this.tree = TaskTree.walk(task.directory(), new ArrayList<>());
  }

  Task task() {
    return task;
  }

  TaskTree tree() {
    return tree;
  }

  /** The regular files below a folder. */
  List<TreeEntry> files(String... folders) {
    return tree.entries().stream()
        .filter(entry -> entry.kind() == TreeEntry.Kind.FILE)
        .filter(entry -> Stream.of(folders).anyMatch(entry::isIn))
        .toList();
  }

  /** A file's text; empty for what is no text. */
  Optional<String> text(TreeEntry file) {
    return texts.computeIfAbsent(file.path(), path -> read(file));
  }

  Optional<String> text(String path) {
    return tree.find(path).filter(it -> it.kind() == TreeEntry.Kind.FILE).flatMap(this::text);
  }

  private static Optional<String> read(TreeEntry file) {
    if (file.stamp().size() > MOST_BYTES) {
      return Optional.empty();
    }
    try {
      String text = new String(Files.readAllBytes(file.file()), StandardCharsets.UTF_8);
      return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Where a finding is: the file as people would type it. */
  static String where(TreeEntry file) {
    return Show.path(file.file());
  }

  static String where(TreeEntry file, int line) {
    return where(file) + ":" + line;
  }

  /** A field of the task's own file, with its line where it stands there. */
  String field(String section, String key) {
    if (task.verifier().printed().isPresent()) {
      return yamlField(section, key);
    }
    String name = task.change().isPresent() && tree.hasFile("swe.toml") ? "swe.toml" : "task.toml";
    String shown = Show.path(task.directory().resolve(name));
    List<String> lines = text(name).map(it -> it.lines().toList()).orElse(List.of());
    String in = "";
    int sectionLine = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("[")) {
        in = line.replaceAll("[\\[\\]\\s]", "").replaceAll("#.*", "");
        sectionLine = in.equals(section) ? i + 1 : sectionLine;
      } else if (in.equals(section) && line.matches(key + "\\s*=.*")) {
        return shown + ":" + (i + 1) + ": " + section + "." + key;
      }
    }
    return shown + (sectionLine > 0 ? ":" + sectionLine : "") + ": " + section + "." + key;
  }

  /** The same of a task.yaml, which has no sections and other words for limits. */
  private String yamlField(String section, String key) {
    if (key.equals("network_mode")) {
      return Show.path(task.directory().resolve("docker-compose.yaml"))
          + ": services.client.network_mode";
    }
    boolean limit = key.equals("timeout_sec");
    String name =
        limit ? (section.equals("agent") ? "max_agent_timeout_sec" : "max_test_timeout_sec") : key;
    String shown = Show.path(task.directory().resolve("task.yaml"));
    List<String> lines = text("task.yaml").map(it -> it.lines().toList()).orElse(List.of());
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(name + ":")) {
        return shown + ":" + (i + 1) + ": " + name;
      }
    }
    return shown + ": " + name;
  }

  static boolean isScript(TreeEntry file, String text) {
    return text.startsWith("#!") || file.path().matches(".*\\.(sh|bash)");
  }
}
