package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.tasks.authoring.TaskTemplate;
import dev.pacebench.tasks.authoring.TaskTemplate.Answers;
import dev.pacebench.tasks.authoring.TaskTemplate.Style;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a new task that passes its check as it is. */
@Command(
    name = "new",
    description = "Write a new task to begin from; it passes its check as it is.",
    sortOptions = false)
final class TasksNewCommand implements Callable<Integer> {

  private static final List<String> STYLES =
      Arrays.stream(Style.values()).map(Style::word).toList();

  private final Cli cli;

  @Parameters(
      paramLabel = "DIR",
      description = "The new task's folder, such as my-set/my-task; must not exist.")
  private @Nullable Path folder;

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      description =
          "terminal: tests look at a place; swe: hidden tests look at a changed repository.")
  private @Nullable String style;

  @Option(names = "--name", paramLabel = "NAME", description = "Its name (default: DIR's own).")
  private @Nullable String name;

  @Option(
      names = "--difficulty",
      paramLabel = "WORD",
      description = "easy, medium or hard (default: easy).")
  private @Nullable String difficulty;

  @Option(
      names = "--category",
      paramLabel = "WORD",
      description = "What kind of work it is (default: text-processing, or bug-fix).")
  private @Nullable String category;

  TasksNewCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    if (folder == null) {
      throw new UserError("DIR", "is missing", "name the new task's folder");
    }
    TaskTemplate.checkFree(folder);
    Answers answers = answers(folder, new Questions(cli));
    List<String> files = TaskTemplate.write(folder, answers);
    if (cli.isJson()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("directory", folder.toAbsolutePath().normalize().toString());
      object.put("task", answers.name());
      object.put("style", answers.style().word());
      object.put("files", files);
      cli.json(object);
      return 0;
    }
    files.forEach(file -> cli.line("wrote " + Cli.safe(folder.resolve(file).toString(), 400)));
    cli.note(
        "next: edit these files, then pacebench tasks check " + Cli.safe(folder.toString(), 300));
    return 0;
  }

  /** From options; what is missing is asked for where somebody can answer. */
  private Answers answers(Path at, Questions questions) {
    String chosen = style == null ? questions.ask("style", STYLES, "") : style;
    if (chosen.isEmpty()) {
      throw new UserError("--style", "is missing", "say --style terminal or --style swe");
    }
    if (!STYLES.contains(chosen)) {
      throw new UserError(
          "--style " + Cli.safe(chosen, 80),
          "there is no such style",
          Nearest.hint(chosen, STYLES));
    }
    Style kind = STYLES.indexOf(chosen) == 0 ? Style.TERMINAL : Style.SWE;
    String own = String.valueOf(at.toAbsolutePath().normalize().getFileName());
    boolean asks = style == null;
    return new Answers(
        kind,
        name != null ? name : asks ? questions.ask("name", List.of(), own) : own,
        difficulty != null
            ? difficulty
            : asks ? questions.ask("difficulty", Answers.DIFFICULTIES, "easy") : "easy",
        category != null ? category : category(kind, asks, questions),
        LocalDate.now(ZoneOffset.UTC));
  }

  private static String category(Style kind, boolean asks, Questions questions) {
    String usual = kind == Style.SWE ? "bug-fix" : "text-processing";
    return asks ? questions.ask("category", List.of(), usual) : usual;
  }
}
