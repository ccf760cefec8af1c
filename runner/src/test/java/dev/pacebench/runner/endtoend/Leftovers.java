package dev.pacebench.runner.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What dead Pacebench processes may have left on this machine. */
final class Leftovers {

  private Leftovers() {}

  /** Containers, networks, volumes, processes and files; empty is the only good answer. */
  static List<String> of(Path home, Set<Long> owners) throws IOException, InterruptedException {
    List<String> found = new ArrayList<>(inEngine(owners));
    processes(found, home);
    files(found, home.resolve("scratch"), false);
    drafts(found, home.resolve("runs"));
    return found;
  }

  /** Containers, networks and volumes. */
  static List<String> inEngine(Set<Long> owners) throws IOException, InterruptedException {
    String label = "dev.pacebench.owner";
    String format = "{{.Label \"" + label + "\"}}";
    List<String> labels = new ArrayList<>();
    list(
        labels,
        "container",
        "docker",
        "ps",
        "-a",
        "--filter",
        "label=" + label,
        "--format",
        "{{.Names}} " + format);
    list(
        labels,
        "network",
        "docker",
        "network",
        "ls",
        "--filter",
        "label=" + label,
        "--format",
        "{{.Name}} " + format);
    list(
        labels,
        "volume",
        "docker",
        "volume",
        "ls",
        "--filter",
        "label=" + label,
        "--format",
        "{{.Name}} " + format);
    // Other tests may run on this machine at the same time; only the dead ones' things count.
    return labels.stream()
        .filter(line -> owners.stream().anyMatch(owner -> line.contains("/" + owner + "/")))
        .toList();
  }

  private static void list(List<String> found, String kind, String... command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(line -> found.add(kind + " " + line));
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed");
    }
  }

  private static void processes(List<String> found, Path home) throws InterruptedException {
    List<String> left = processesOf(home);
    // The kernel ends what died with its parent, but not in the very moment.
    for (int i = 0; i < 100 && !left.isEmpty(); i++) {
      Thread.sleep(100);
      left = processesOf(home);
    }
    found.addAll(left);
  }

  private static List<String> processesOf(Path home) {
    long self = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != self)
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(home.toString()))
        .map(line -> "process " + line)
        .toList();
  }

  private static void files(List<String> found, Path folder, boolean itself) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      if (itself) {
        found.add("file " + folder);
      }
      return;
    }
    List<Path> children;
    try (var entries = Files.list(folder)) {
      children = entries.toList();
    }
    for (Path child : children) {
      files(found, child, true);
    }
  }

  private static void drafts(List<String> found, Path runs) throws IOException {
    try (var all = Files.walk(runs)) {
      all.filter(path -> path.getFileName().toString().contains(".tmp"))
          .forEach(path -> found.add("draft " + path));
    }
  }
}
