package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.simulated.Script.Later;
import dev.pacebench.runner.gateway.simulated.Script.Turn;
import dev.pacebench.runner.lineup.ProblemList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/**
 * Reads one script file of a task.
 *
 * <p>Nobody vouches for the file: its size, its turns and its counts are bounded, and whatever is
 * not understood is a problem with its line, never a guess.
 */
final class ScriptsFile {

  static final int MAX_BYTES = 64 * 1024;
  static final int MAX_TURNS = 64;
  static final int MAX_LATER = 64;
  static final int MAX_COMMANDS = 16;
  static final int MAX_TOKENS = 100_000;
  private static final int CHARS_PER_TOKEN = 4;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}\\.yaml");
  private static final List<String> KEYS = List.of("path", "turns", "later");
  private static final List<String> LATER_KEYS = List.of("when", "turns");
  private static final List<String> TURN_KEYS = List.of("reasoning", "text", "run", "tokens");
  private static final List<String> TOKEN_KEYS = List.of("reasoning", "output");

  private final ScriptsYaml yaml;
  private @Nullable Boolean good;
  private final Turns turns = new Turns();
  private final List<Later> later = new ArrayList<>();

  /** Turns with the lines that they begin in. */
  private static final class Turns {
    private final List<Turn> all = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
  }

  private ScriptsFile(ScriptsYaml yaml) {
    this.yaml = yaml;
  }

  /** The script, or empty when something was added to the problems. */
  static Optional<Script> read(Path file, ProblemList problems) {
    String name = String.valueOf(file.getFileName());
    if (!NAME.matcher(name).matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      problems.add(
          file.toString(),
          "is not a script file",
          "keep regular files there, named by letters, digits, `-` and `_` with the ending .yaml");
      return Optional.empty();
    }
    Optional<String> text = text(file, problems);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try (ScriptsYaml yaml = new ScriptsYaml(file.toString(), text.get(), problems)) {
      try {
        return new ScriptsFile(yaml).script(name.substring(0, name.lastIndexOf('.')));
      } catch (JacksonException e) {
        yaml.syntax(e);
        return Optional.empty();
      }
    }
  }

  private static Optional<String> text(Path file, ProblemList problems) {
    String what;
    String remedy;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      // The size is judged by what was read, since a file can grow between two looks at it.
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        return Optional.of(
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      }
      what = "is larger than 64 KB";
      remedy = "write a shorter script";
    } catch (CharacterCodingException e) {
      what = "is not UTF-8 text";
      remedy = "save it as UTF-8";
    } catch (IOException e) {
      what = "cannot be read: " + e.getMessage();
      remedy = "check the file's permissions";
    }
    problems.add(file.toString(), what, remedy);
    return Optional.empty();
  }

  private Optional<Script> script(String name) {
    if (!yaml.next()) {
      yaml.problem("is empty", "write `path: good` and `turns:`");
      return Optional.empty();
    }
    yaml.mapping(
        "",
        KEYS,
        key -> {
          switch (key) {
            case "path" -> yaml.text("path").ifPresent(this::path);
            case "turns" -> yaml.list("turns", index -> turn("turns", turns, index));
            default -> yaml.list("later", this::later);
          }
        });
    if (yaml.next()) {
      yaml.problem("a second document begins", "keep one document in the file");
    }
    if (!yaml.clean()) {
      return Optional.empty();
    }
    if (good == null) {
      yaml.problemAt(1, "`path` is missing", "add `path: good` or `path: wrong`");
    }
    if (turns.all.isEmpty()) {
      yaml.problemAt(1, "`turns` is missing or empty", "list the turns under `turns:`");
    }
    checkTurns("turns", turns);
    return yaml.clean()
        ? Optional.of(new Script(name, Boolean.TRUE.equals(good), turns.all, later))
        : Optional.empty();
  }

  /** What comes after further instructions. */
  private void later(int index) {
    String owner = "later[" + index + "]";
    if (index == MAX_LATER) {
      yaml.problem("there are more than " + MAX_LATER + " later parts", "write a shorter script");
    }
    int line = yaml.line();
    Turns part = new Turns();
    List<String> when = new ArrayList<>();
    yaml.mapping(
        owner,
        LATER_KEYS,
        key -> {
          if (key.equals("when")) {
            yaml.text(owner + ".when").ifPresent(when::add);
          } else {
            yaml.list(owner + ".turns", i -> turn(owner + ".turns", part, i));
          }
        });
    if (!yaml.clean()) {
      return;
    }
    if (when.isEmpty() || part.all.isEmpty()) {
      yaml.problemAt(
          line,
          "`" + owner + "` needs `when` and `turns`",
          "say by which words of the user's message it begins, and list its turns");
      return;
    }
    checkTurns(owner + ".turns", part);
    if (yaml.clean()) {
      later.add(new Later(when.get(0), part.all));
    }
  }

  private void path(String text) {
    if (text.equals("good") || text.equals("wrong")) {
      good = text.equals("good");
    } else {
      yaml.problem("`path` is `" + text + "`", "write `path: good` or `path: wrong`");
    }
  }

  /** What a turn must have depends on whether it is the last one. */
  private void checkTurns(String list, Turns part) {
    List<Integer> lines = part.lines;
    for (int i = 0; i < part.all.size(); i++) {
      Turn turn = part.all.get(i);
      boolean last = i == part.all.size() - 1;
      if (last && !turn.commands().isEmpty()) {
        yaml.problemAt(
            lines.get(i),
            "the last turn runs something, so nobody would answer its output",
            "move `run` to an earlier turn, or add a last turn with `text` alone");
      } else if (last && turn.text().isBlank()) {
        yaml.problemAt(
            lines.get(i), "the last turn has no `text`", "let it say what was done: `text: Done.`");
      } else if (!last && turn.commands().isEmpty()) {
        yaml.problemAt(
            lines.get(i),
            "`" + list + "[" + i + "]` runs nothing, which ends the work before the last turn",
            "add `run`, or join it with the turn after it");
      }
    }
  }

  private void turn(String list, Turns part, int index) {
    String owner = list + "[" + index + "]";
    if (index == MAX_TURNS) {
      yaml.problem("there are more than " + MAX_TURNS + " turns", "write a shorter script");
    }
    int line = yaml.line();
    Draft draft = new Draft();
    yaml.mapping(
        owner,
        TURN_KEYS,
        key -> {
          String name = owner + "." + key;
          switch (key) {
            case "reasoning" -> draft.reasoning = yaml.text(name).orElse("");
            case "text" -> draft.text = yaml.text(name).orElse("");
            case "run" -> commands(name, draft.commands);
            default -> tokens(name, draft);
          }
        });
    if (index < MAX_TURNS) {
      part.all.add(draft.turn(owner, line));
      part.lines.add(line);
    }
  }

  private void commands(String name, List<String> commands) {
    if (!yaml.at(JsonToken.START_ARRAY)) {
      yaml.text(name).ifPresent(commands::add);
      return;
    }
    yaml.list(
        name,
        index -> {
          if (index == MAX_COMMANDS) {
            yaml.problem(
                "`" + name + "` has more than " + MAX_COMMANDS + " commands", "use more turns");
          }
          yaml.text(name + "[" + index + "]")
              .filter(command -> index < MAX_COMMANDS)
              .ifPresent(commands::add);
        });
    if (commands.isEmpty() && yaml.clean()) {
      yaml.problem("`" + name + "` is empty", "list a command, or leave `run` out");
    }
  }

  private void tokens(String name, Draft draft) {
    yaml.mapping(
        name,
        TOKEN_KEYS,
        key -> {
          if (key.equals("reasoning")) {
            draft.reasoningTokens = yaml.number(name + ".reasoning", 1, MAX_TOKENS);
          } else {
            draft.outputTokens = yaml.number(name + ".output", 1, MAX_TOKENS);
          }
        });
  }

  /** A turn while its keys are read, in whatever order they stand. */
  private final class Draft {

    private String reasoning = "";
    private String text = "";
    private final List<String> commands = new ArrayList<>();
    private Optional<Integer> reasoningTokens = Optional.empty();
    private Optional<Integer> outputTokens = Optional.empty();

    Turn turn(String owner, int line) {
      if (reasoning.isEmpty() && reasoningTokens.isPresent()) {
        yaml.problemAt(
            line,
            "`" + owner + ".tokens.reasoning` counts a reasoning that is not there",
            "add `reasoning`, or leave its count out");
      }
      int said = text.length() + commands.stream().mapToInt(String::length).sum();
      return new Turn(
          reasoning,
          text,
          commands,
          reasoning.isEmpty() ? 0 : reasoningTokens.orElse(estimate(reasoning.length())),
          outputTokens.orElse(estimate(said)));
    }
  }

  /** English and code take about four characters a token. */
  private static int estimate(int chars) {
    return Math.max(1, (chars + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN);
  }
}
