package dev.pacebench.runner.verify.swe;

import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Judges changes to one task's repository, each in a fresh sandbox. */
public final class ChangeVerifier {

  private final CodeChange change;
  private final Supplier<Sandbox> fresh;
  private final Map<String, String> env;
  private final Duration limit;
  private final Path scratch;

  /**
   * Judges for one task.
   *
   * @param fresh opens an untouched sandbox of the task's image
   * @param env of the task's own commands
   * @param limit of the command that runs the tests
   * @param scratch an existing folder for copies
   */
  public ChangeVerifier(
      CodeChange change,
      Supplier<Sandbox> fresh,
      Map<String, String> env,
      Duration limit,
      Path scratch) {
    this.change = change;
    this.fresh = fresh;
    this.env = Map.copyOf(env);
    this.limit = limit;
    this.scratch = scratch;
  }

  /**
   * Judges a change.
   *
   * @param patch nothing at all is judged too: the base as it is
   * @param folder an existing folder for what the tests print
   */
  public ChangeResult verify(byte[] patch, Path folder) throws InterruptedException, IOException {
    Files.createDirectories(folder);
    try (Sandbox sandbox = fresh.get()) {
      RepositoryPlace.forTests(sandbox, change);
      JudgedSandbox place = new JudgedSandbox(sandbox, change, env, limit, folder, scratch);
      Judge judge = change.judge();
      if (judge instanceof Judge.EvalScript script) {
        return new EvalScriptJudge(place, script).judge(patch);
      }
      if (judge instanceof Judge.ProScripts scripts) {
        return new ProScriptsJudge(place, scripts, fresh).judge(patch);
      }
      return new CommandsJudge(place, (Judge.Commands) judge).judge(patch);
    }
  }
}
