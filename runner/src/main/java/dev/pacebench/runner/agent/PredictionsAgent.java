package dev.pacebench.runner.agent;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Objection;
import dev.pacebench.runner.lineup.ServingTier;
import dev.pacebench.tasks.Patch;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.digest.Sha256;
import dev.pacebench.tasks.swebench.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands over changes that a model made elsewhere; it does nothing, so only the verifier works.
 *
 * <p>Its contender names the file and the file's SHA-256: other predictions are another contender.
 */
public final class PredictionsAgent implements Agent {

  public static final String NAME = "predictions";
  public static final String FILE = "file";
  public static final String SHA256 = "sha256";

  private final Map<String, Predictions> read = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public boolean needsModel() {
    return false;
  }

  @Override
  public List<Objection> check(Contender contender, Optional<ServingTier> tier) {
    List<Objection> objections =
        new ArrayList<>(Objection.toSettings(NAME, contender.settings(), List.of(FILE, SHA256)));
    String file = contender.settings().getOrDefault(FILE, "");
    if (file.isEmpty()) {
      objections.add(
          new Objection(
              "settings",
              "agent `predictions` is not told which file",
              "start it with `pacebench predictions FILE -t SET`, which writes this lineup"));
      return objections;
    }
    try {
      if (!Sha256.hexOf(Path.of(file)).equals(contender.settings().get(SHA256))) {
        objections.add(
            new Objection(
                "settings.sha256",
                "is not that of " + file,
                "start anew with `pacebench predictions FILE -t SET`"));
      }
    } catch (IOException e) {
      objections.add(new Objection("settings.file", file + " cannot be read", "put the file back"));
    }
    return objections;
  }

  @Override
  public Optional<String> refuse(Contender contender, Task task) {
    if (task.change().isEmpty()) {
      return Optional.of("predictions are changes to a repository, and the task has none");
    }
    return predictions(contender).patches().containsKey(task.name())
        ? Optional.empty()
        : Optional.of("there is no prediction for it");
  }

  @Override
  public AgentEnd run(AgentContext context) {
    return AgentEnd.finished();
  }

  @Override
  public Optional<Patch> change(AgentContext context) {
    String patch =
        predictions(context.contender()).patches().getOrDefault(context.task().name(), "");
    return Optional.of(new Patch.Text(patch));
  }

  private Predictions predictions(Contender contender) {
    String file = contender.settings().getOrDefault(FILE, "");
    return read.computeIfAbsent(
        file,
        key -> {
          try {
            return Predictions.read(Path.of(key));
          } catch (TaskException e) {
            throw new UserError(key, String.valueOf(e.getMessage()), "correct the file");
          }
        });
  }
}
