package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Interruption;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.files.TaskTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads {@code [[pacebench.interruptions]]}, which other tools ignore.
 *
 * <p>An unknown key here is an error: a misspelt one would quietly make another task of it.
 */
final class InterruptionReader {

  private static final int MOST = 16;
  private static final int MOST_TURNS = 10_000;
  private static final String FOLDER = "interruptions/";

  private final TaskTree tree;
  private final List<Problem> problems;

  InterruptionReader(TaskTree tree, List<Problem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  List<Interruption> read(TomlTable table) {
    refuseUnknown(table, KnownKeys.PACEBENCH);
    List<TomlTable> items = table.tables("interruptions");
    if (items.size() > MOST) {
      table.error("interruptions", "are " + items.size(), "write at most " + MOST);
      return List.of();
    }
    List<Interruption> interruptions = new ArrayList<>();
    for (TomlTable item : items) {
      one(item).ifPresent(interruptions::add);
    }
    return interruptions;
  }

  private Optional<Interruption> one(TomlTable item) {
    refuseUnknown(item, KnownKeys.INTERRUPTION);
    Optional<Duration> time = Limits.seconds(item, "at_seconds");
    OptionalLong turn = item.whole("at_turn", 1, MOST_TURNS);
    if (item.has("at_seconds") == item.has("at_turn")) {
      item.error(
          "",
          item.has("at_turn") ? "says both at_seconds and at_turn" : "does not say when it comes",
          "write one of at_seconds and at_turn");
      return Optional.empty();
    }
    Optional<String> text = text(item);
    if (text.isEmpty() || (time.isEmpty() && turn.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new Interruption(
            time,
            turn.isPresent() ? OptionalInt.of((int) turn.getAsLong()) : OptionalInt.empty(),
            text.get()));
  }

  private Optional<String> text(TomlTable item) {
    if (item.has("instruction") == item.has("instruction_file")) {
      item.error(
          "",
          item.has("instruction") ? "has two instructions" : "has no instruction",
          "write instruction = \"...\", or instruction_file = \"NAME.md\" for a file in " + FOLDER);
      return Optional.empty();
    }
    if (item.has("instruction")) {
      return item.text("instruction");
    }
    Optional<String> name = item.text("instruction_file");
    if (name.isEmpty()) {
      return name;
    }
    // Looked up among the files of the task's folder, so no name leads out of it.
    if (!tree.hasFile(FOLDER + name.get())) {
      item.error(
          "instruction_file",
          "is \"" + Show.text(name.get()) + "\", and there is no such file in " + FOLDER,
          "add the file, or correct the name");
      return Optional.empty();
    }
    Optional<String> text = TextFiles.read(tree.root().resolve(FOLDER + name.get()), problems);
    if (text.isPresent() && text.get().isBlank()) {
      problems.add(
          FolderCheck.empty(
              tree.root().resolve(FOLDER + name.get()), "write what the agent is told"));
      return Optional.empty();
    }
    return text;
  }

  private static void refuseUnknown(TomlTable table, Set<String> known) {
    for (String key : table.keys()) {
      if (!known.contains(key)) {
        table.error(key, "is no key that is known here", KnownKeys.hint(table.at(""), key, known));
      }
    }
  }
}
