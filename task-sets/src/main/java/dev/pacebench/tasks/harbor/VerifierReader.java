package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Verifier;
import dev.pacebench.tasks.files.TaskTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code [verifier]}. */
final class VerifierReader {

  private static final long TIMEOUT_SECONDS = 600;
  private static final long COLLECT_SECONDS = 60;

  private final TaskTree tree;
  private final Schema schema;

  VerifierReader(TaskTree tree, Schema schema) {
    this.tree = tree;
    this.schema = schema;
  }

  Verifier read(TomlTable table, NetworkRule inherited) {
    table.expectOnly(KnownKeys.VERIFIER);
    Optional<TomlTable> own = table.table("environment");
    // A separate verifier may bring its own image in tests/, as Harbor has it.
    Optional<Environment> environment =
        own.flatMap(
            it -> new EnvironmentReader(tree, schema).read(it, List.of("tests", "environment")));
    Verifier.Mode mode =
        table
            .choice("environment_mode", List.of("shared", "separate"))
            .map(it -> it.equals("shared") ? Verifier.Mode.SHARED : Verifier.Mode.SEPARATE)
            .orElse(own.isPresent() ? Verifier.Mode.SEPARATE : Verifier.Mode.SHARED);
    if (mode == Verifier.Mode.SHARED && own.isPresent()) {
      table.warning(
          "environment",
          "has no effect in shared mode",
          "write environment_mode = \"separate\", or remove the table");
      environment = Optional.empty();
    }
    NetworkRule network =
        NetworkRule.read(table, environment.map(EnvironmentReader::network).orElse(inherited));
    Duration timeout = Limits.seconds(table, "timeout_sec", TIMEOUT_SECONDS);
    Map<String, String> env = Values.env(table);
    Optional<String> user = Values.user(table);
    return new Verifier(
        tree.root().resolve("tests"),
        timeout,
        env,
        user,
        mode,
        environment,
        network.network(),
        network.allowedHosts(),
        collect(table));
  }

  /**
   * Reads a step's table, which says what differs from the task's.
   *
   * @param tests the step's own folder of tests
   */
  Verifier read(TomlTable table, Verifier of, Path tests) {
    table.expectOnly(KnownKeys.VERIFIER);
    for (String key : List.of("environment", "network_mode", "allowed_hosts")) {
      if (table.has(key)) {
        table.error(
            key,
            "is said for one step, which cannot be run yet",
            "say it in [verifier], for all steps");
      }
    }
    Verifier.Mode mode =
        table.choice("environment_mode", List.of("shared", "separate")).stream()
            .map(it -> it.equals("shared") ? Verifier.Mode.SHARED : Verifier.Mode.SEPARATE)
            .findAny()
            .orElse(of.mode());
    if (mode == Verifier.Mode.SHARED && of.environment().isPresent()) {
      table.error(
          "environment_mode",
          "is shared, while [verifier] brings an environment of its own",
          "leave one of the two out");
    }
    Map<String, String> env = new LinkedHashMap<>(of.env());
    env.putAll(Values.env(table));
    List<Verifier.Collect> collect = new ArrayList<>(of.collect());
    collect.addAll(collect(table));
    return new Verifier(
        tests,
        Limits.seconds(table, "timeout_sec").orElse(of.timeout()),
        env,
        Values.user(table).or(of::user),
        mode,
        of.environment(),
        of.network(),
        of.allowedHosts(),
        collect);
  }

  private static List<Verifier.Collect> collect(TomlTable table) {
    List<Verifier.Collect> collect = new ArrayList<>();
    for (TomlTable item : table.tables("collect")) {
      item.expectOnly(KnownKeys.COLLECT);
      if (!item.has("command")) {
        item.error("command", "is absent", "say which command gathers the artifacts");
      }
      ArtifactReader.refuseOtherServices(item);
      Duration timeout = Limits.seconds(item, "timeout_sec", COLLECT_SECONDS);
      Optional<String> user = Values.user(item);
      item.text("command")
          .ifPresent(command -> collect.add(new Verifier.Collect(command, timeout, user)));
    }
    return collect;
  }
}
