package dev.pacebench.runner.cli;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.agent.PredictionsAgent;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.digest.Sha256;
import dev.pacebench.tasks.swebench.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Verifies changes that a model made elsewhere: a run whose one contender hands them over.
 *
 * <p>The file is copied into the home under its SHA-256, so that the run can be resumed and its
 * contender is these predictions and no others.
 */
@Command(
    name = "predictions",
    description = "Verify a file of predictions, as SWE-bench has them, and print what they solve.",
    sortOptions = false)
final class PredictionsCommand implements Callable<Integer> {

  private static final String FOLDER = "predictions";

  private final Cli cli;

  @Parameters(
      paramLabel = "FILE",
      description = "JSON lines or JSON with instance_id, model_name_or_path and model_patch.")
  private String file = "";

  @Option(
      names = {"-t", "--tasks"},
      required = true,
      paramLabel = "SET",
      description = "The task set that the predictions are for; may be repeated.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--name", paramLabel = "NAME", description = "Contender's name (default: model).")
  private @Nullable String name;

  @Option(
      names = {"-j", "--slots"},
      paramLabel = "N",
      description = "Verifications at a time.")
  private @Nullable Integer slots;

  @Option(names = "--sandbox", paramLabel = "KIND", description = "docker or local.")
  private String sandbox = Providers.DOCKER;

  @Option(names = "--verify-network", description = "Let verifiers that ask for network have it.")
  private boolean verifyNetwork;

  PredictionsCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Home home = cli.home();
    Path source = Path.of(file);
    if (!Files.isRegularFile(source)) {
      throw new UserError(file, "is no file", "name a file of predictions");
    }
    Predictions predictions = Predictions.read(source);
    Set<String> known =
        Inputs.taskSets(Installation.locate(), home, sets).stream()
            .flatMap(set -> set.tasks().stream())
            .filter(task -> task.change().isPresent())
            .map(Task::name)
            .collect(Collectors.toSet());
    List<String> unknown =
        predictions.patches().keySet().stream().filter(id -> !known.contains(id)).toList();
    if (!unknown.isEmpty()) {
      throw new UserError(
          file,
          "names "
              + Cli.safe(unknown.get(0), 200)
              + (unknown.size() > 1 ? " and " + (unknown.size() - 1) + " more" : "")
              + ", no task of "
              + String.join(", ", sets)
              + " in which a repository is changed",
          Nearest.hint(unknown.get(0), known));
    }
    List<String> args = new ArrayList<>(List.of("--lineup", lineup(home, source, predictions)));
    sets.forEach(set -> args.addAll(List.of("-t", set)));
    args.addAll(List.of("--sandbox", sandbox));
    args.addAll(List.of("--only", "{" + String.join(",", predictions.patches().keySet()) + "}"));
    if (slots != null) {
      args.addAll(List.of("-j", String.valueOf(slots)));
    }
    RunCommand run = new RunCommand(cli);
    new CommandLine(run).parseArgs(args.toArray(new String[0]));
    return run.call();
  }

  /** Keeps the predictions, and writes the lineup that names them. */
  private String lineup(Home home, Path source, Predictions predictions) {
    try {
      Path folder = Files.createDirectories(home.root().resolve(FOLDER)).toAbsolutePath();
      String sha = Sha256.hexOf(source);
      String ending = file.substring(Math.max(0, file.lastIndexOf('.')));
      Path kept = folder.resolve(sha.substring(0, 16) + ending);
      Files.copy(source, kept, StandardCopyOption.REPLACE_EXISTING);
      String shown = name == null ? predictions.model() : name;
      Path lineup = folder.resolve(sha.substring(0, 16) + ".yaml");
      Files.writeString(
          lineup,
          (verifyNetwork ? "verify_network: true\n" : "")
              + "contenders:\n  - name: "
              + quoted(shown.replaceAll("\\p{Cntrl}", " "))
              + "\n    agent: "
              + PredictionsAgent.NAME
              + "\n    settings:\n      "
              + PredictionsAgent.FILE
              + ": "
              + quoted(kept.toString())
              + "\n      "
              + PredictionsAgent.SHA256
              + ": "
              + quoted(sha)
              + "\n");
      return lineup.toString();
    } catch (IOException e) {
      throw new InfrastructureError(
          "the predictions cannot be kept in " + home.root() + ": " + e, "make it writable");
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
