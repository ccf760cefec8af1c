package dev.pacebench.runner.agent.program;

import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentStartException;
import dev.pacebench.runner.agent.ModelAccess;
import dev.pacebench.runner.agent.install.Installed;
import dev.pacebench.runner.agent.manifest.AgentManifest;
import dev.pacebench.runner.agent.manifest.Placeholder;
import dev.pacebench.runner.agent.manifest.Template;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.OutputListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes a sandbox ready for a program: its folders, its files, and proof that it starts.
 *
 * <p>What the image lacks is the task's affair and ends the agent; what this machine provided
 * wrongly is nobody's result, and throws.
 */
final class ProgramSetUp {

  /** Where programs are seen in sandboxes. */
  private static final String MOUNTS = "/opt/pacebench/";

  /** Nothing here may hang for long, and busy machines are slow. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Longer texts cannot be handed over in the environment. */
  private static final int LONGEST_FILE = 100_000;

  /** Of a shell that finds no program, or cannot run it. */
  private static final int NOT_FOUND = 127;

  private static final int NOT_RUNNABLE = 126;

  /** Not in the usual folder for temporary files, in which some programs refuse to live. */
  private static final List<String> HOMES =
      List.of("/var/tmp/pacebench-agent", "/tmp/pacebench-agent");

  private static final String MAKE_HOME =
      """
      umask 077
      for home in %s; do
        rm -rf "$home" 2>/dev/null
        if mkdir "$home" 2>/dev/null && [ -w "$home" ]; then printf '%%s\\n' "home $home"; break; fi
      done
      for need in %s; do
        command -v "$need" >/dev/null 2>&1 || printf '%%s\\n' "lacks $need"
      done
      python3 -c 'import sys; print("python %%d.%%d" %% sys.version_info[:2])' 2>/dev/null
      """;

  private static final String WRITE_FILES =
      """
      umask 077
      n=0
      while [ "$n" -lt %d ]; do
        eval "path=\\$PACEBENCH_PATH_$n text=\\$PACEBENCH_TEXT_$n"
        mkdir -p "${path%%/*}" && printf '%%s' "$text" >"$path" || exit 1
        n=$((n + 1))
      done
      """;

  private final AgentManifest manifest;
  private final Programs programs;

  /** Tasks in whose images the program has shown its version. */
  private final Set<String> shown = ConcurrentHashMap.newKeySet();

  ProgramSetUp(AgentManifest manifest, Programs programs) {
    this.manifest = manifest;
    this.programs = programs;
  }

  static String mountPoint(AgentManifest manifest) {
    return MOUNTS + manifest.name();
  }

  /**
   * Does it.
   *
   * @throws AgentStartException when this machine does not provide the program as it should
   */
  Prepared run(AgentContext context) throws InterruptedException {
    Installed installed = programs.provide(manifest);
    Map<String, String> values = values(context, installed);
    CommandResult first =
        run(
            context,
            MAKE_HOME.formatted(
                String.join(" ", HOMES), String.join(" ", manifest.provide().needs())),
            Map.of());
    List<String> lines = first.stdout().text().lines().toList();
    Optional<String> home = HOMES.stream().filter(it -> lines.contains("home " + it)).findFirst();
    List<String> lacks =
        manifest.provide().needs().stream().filter(it -> lines.contains("lacks " + it)).toList();
    if (!lacks.isEmpty()) {
      return lacking(
          values, "the task's image lacks " + String.join(" and ", lacks) + ", which it needs");
    }
    Optional<String> python = installed.python().filter(it -> !lines.contains("python " + it));
    if (python.isPresent()) {
      return lacking(values, "the task's image has no Python " + python.get() + ", which it needs");
    }
    if (home.isEmpty()) {
      return lacking(values, "the task's image has no folder that its user can write to");
    }
    values.put(Placeholder.HOME.word(), home.get());
    values.put(Placeholder.INSTRUCTION.word(), instruction(context, home.get()));
    writeFiles(context, values);
    Optional<String> lacking = showsVersion(context, values);
    return new Prepared(values, lacking);
  }

  private Prepared lacking(Map<String, String> values, String what) {
    return new Prepared(
        values, Optional.of("the agent " + manifest.name() + " did nothing: " + what));
  }

  private Map<String, String> values(AgentContext context, Installed installed) {
    ModelAccess model =
        context.model().orElseThrow(() -> new IllegalStateException("planned without a model"));
    String base =
        model.inSandbox().orElseThrow(() -> new IllegalStateException("no relay")).toString();
    Map<String, String> values = new HashMap<>();
    values.put(Placeholder.FOLDER.word(), mountPoint(manifest));
    installed
        .program()
        .ifPresent(
            program ->
                values.put(Placeholder.PROGRAM.word(), mountPoint(manifest) + "/" + program));
    values.put(Placeholder.BASE_URL.word(), base);
    values.put(Placeholder.TOKEN.word(), model.token());
    values.put(Placeholder.MODEL.word(), model.modelId());
    values.put(Placeholder.TRANSPORT.word(), model.transport().name().toLowerCase(Locale.ROOT));
    values.put(
        Placeholder.WEBSOCKET.word(), String.valueOf(model.transport() == Transport.WEBSOCKET));
    values.put(Placeholder.MAX_OUTPUT_TOKENS.word(), String.valueOf(model.maxOutputTokens()));
    manifest
        .settings(context.contender().settings())
        .forEach((name, value) -> values.put(Placeholder.SETTING + name, value));
    return values;
  }

  private static String instruction(AgentContext context, String home) throws InterruptedException {
    Path file = context.logs().resolve("instruction.md");
    try {
      Files.createDirectories(context.logs());
      Files.writeString(file, context.task().instruction());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    String inside = home + "/instruction.md";
    context.commands().put(file, inside, false);
    return inside;
  }

  /** Texts go in by the environment: whoever lists processes would see arguments, and so tokens. */
  private void writeFiles(AgentContext context, Map<String, String> values)
      throws InterruptedException {
    Map<String, String> env = new HashMap<>();
    int number = 0;
    for (Map.Entry<Template, Template> file : manifest.files().entrySet()) {
      String path = file.getKey().fill(values);
      String text = file.getValue().fill(values);
      if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_FILE) {
        throw new AgentStartException(
            "the file " + path + " of agent " + manifest.name() + " is too long",
            "keep the files of its manifest below " + LONGEST_FILE + " bytes");
      }
      env.put("PACEBENCH_PATH_" + number, path);
      env.put("PACEBENCH_TEXT_" + number, text);
      number++;
    }
    if (number == 0) {
      return;
    }
    CommandResult result = run(context, WRITE_FILES.formatted(number), env);
    if (!result.succeeded()) {
      throw new AgentStartException(
          "the files of agent " + manifest.name() + " cannot be written: " + words(result),
          "see the paths under `files` in its manifest");
    }
  }

  private Optional<String> showsVersion(AgentContext context, Map<String, String> values)
      throws InterruptedException {
    if (manifest.versionCommand().isEmpty() || shown.contains(context.task().digest())) {
      return Optional.empty();
    }
    Map<String, String> env = new HashMap<>();
    manifest.env().forEach((name, text) -> env.put(name, text.fill(values)));
    CommandResult result = run(context, manifest.versionCommand().get().fillForShell(values), env);
    String said = result.stdout().text() + "\n" + result.stderr().text();
    if (result.succeeded() && said.contains(manifest.versionShows())) {
      shown.add(context.task().digest());
      return Optional.empty();
    }
    Optional<String> lacking = lackingOf(result, said);
    if (lacking.isPresent()) {
      return Optional.of(
          "the agent " + manifest.name() + " cannot start in the task's image: " + lacking.get());
    }
    String what =
        result.succeeded()
            ? "shows another version than " + manifest.versionShows() + ": " + words(result)
            : "cannot start: "
                + ending(result)
                + (words(result).isEmpty() ? "" : ": ")
                + words(result);
    throw new AgentStartException(
        "the agent " + manifest.name() + " " + manifest.version() + " " + what,
        "try `pacebench agents check "
            + manifest.name()
            + "`; a broken installation is made anew"
            + " once its folder under cache/agents of the home is deleted");
  }

  /**
   * A program that was there and found no loader or library was built for another kind of image.
   */
  private Optional<String> lackingOf(CommandResult result, String said) {
    if (said.contains("error while loading shared libraries")
        || said.contains("Error loading shared library")) {
      return Optional.of(Said.lastLine(said));
    }
    boolean mounted = manifest.provide().program().isPresent();
    if (result.exitCode() == NOT_FOUND && said.contains("No such file") && mounted) {
      return Optional.of("it has no loader for this kind of program");
    }
    if (result.exitCode() == NOT_FOUND && !mounted) {
      return Optional.of(Said.lastLine(said));
    }
    return Optional.empty();
  }

  private static String ending(CommandResult result) {
    return switch (result.end()) {
      case EXITED ->
          result.exitCode() == NOT_RUNNABLE
              ? "it cannot be run on this machine"
              : "it ended with exit code " + result.exitCode();
      case TIMED_OUT -> "it did not end within " + PATIENCE.toSeconds() + " s";
      case KILLED, SANDBOX_ENDED, DISPATCHER_LOST -> "it was stopped";
    };
  }

  private static String words(CommandResult result) {
    String errors = Said.lastLine(result.stderr().text());
    return errors.isEmpty() ? Said.lastLine(result.stdout().text()) : errors;
  }

  private static CommandResult run(AgentContext context, String script, Map<String, String> env)
      throws InterruptedException {
    return context.commands().run(Command.of(script, PATIENCE).withEnv(env), OutputListener.NONE);
  }
}
