package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Verifier;
import dev.pacebench.tasks.files.TaskTree;
import java.time.Duration;
import java.util.ArrayList;
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
