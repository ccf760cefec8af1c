package dev.pacebench.tasks.rows;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.AgentPhase;
import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Metadata;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.Steering;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.Verifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What tasks from rows have in common: a published image, no limits of their own. */
public final class RowTask {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}(?<!\\.)");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Duration PULL = Duration.ofHours(1);

  /** What only works with network; a script with one of these words asks for it. */
  private static final Pattern FETCHES =
      Pattern.compile(
          "\\b(pip3? install|conda (install|env)|apt(-get)? (install|update)|npm (i|ci|install)"
              + "|yarn|pnpm|curl|wget|git (clone|fetch|pull)|go (get|mod download))\\b");

  private RowTask() {}

  /** The instance's id, which names the task. */
  public static String name(Row row, List<Problem> problems) {
    String id = row.required("instance_id", problems);
    if (!id.isEmpty() && !NAME.matcher(id).matches()) {
      row.error(
          "instance_id",
          "cannot name a task",
          "use letters, digits, dots, dashes and underscores, at most 200",
          problems);
    }
    return id;
  }

  public static String commit(Row row, List<Problem> problems) {
    String commit = row.required("base_commit", problems);
    if (!commit.isEmpty() && !COMMIT.matcher(commit).matches()) {
      row.error("base_commit", "is no full commit hash", "write all of its digits", problems);
    }
    return commit;
  }

  /** What a script needs of the network. */
  public static Network network(String script) {
    return FETCHES.matcher(script).find() ? Network.PUBLIC : Network.NONE;
  }

  /**
   * Makes the task.
   *
   * @param verifyNetwork what running the tests needs; the agent gets none
   */
  public static Task task(
      String set,
      String name,
      Path file,
      String schema,
      String instruction,
      String image,
      Duration testLimit,
      Network verifyNetwork,
      Metadata metadata,
      TaskDigests digests,
      List<Problem> warnings,
      CodeChange change) {
    Path folder = requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    Environment environment =
        new Environment(
            folder,
            Optional.empty(),
            Optional.of(image),
            PULL,
            new Resources(
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty()),
            Network.NONE,
            true,
            List.of(),
            Optional.of(change.workdir()),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    Verifier verifier =
        new Verifier(
            folder,
            testLimit,
            Map.of(),
            Optional.of("root"),
            Verifier.Mode.SEPARATE,
            Optional.empty(),
            verifyNetwork,
            List.of(),
            List.of());
    return new Task(
        set,
        name,
        folder,
        schema,
        instruction,
        environment,
        new AgentPhase(Optional.empty(), Optional.empty(), Network.NONE, List.of()),
        verifier,
        Optional.empty(),
        List.of(),
        metadata,
        digests,
        warnings,
        Steering.NONE,
        Optional.of(change));
  }
}
