package dev.pacebench.runner.verify.swe;

import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.tasks.CodeChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Takes an agent's change out of its sandbox.
 *
 * <p>Only the patch comes out, and only a patch goes on: an agent that meddles with git in its own
 * sandbox can choose another patch, nothing more. The repository's own index, settings, hooks and
 * refs are not used; where its objects are gone, those of a fresh sandbox stand in.
 */
public final class ChangeTaker {

  /** More is no change to a repository, but what a build left. */
  static final long MAX_BYTES = 32L << 20;

  private static final long MAX_OBJECTS = 4L << 30;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int NO_WORKDIR = 90;
  private static final int NO_BASE = 97;

  private final CodeChange change;
  private final String base;
  private final Path scratch;

  /**
   * @param base the commit that {@link RepositoryPlace#forAgent} named
   * @param scratch an existing folder for copies
   */
  public ChangeTaker(CodeChange change, String base, Path scratch) {
    this.change = change;
    this.base = base;
    this.scratch = scratch;
  }

  /**
   * Takes the change.
   *
   * @param fresh opens an untouched sandbox of the same image
   */
  public TakenChange take(Sandbox sandbox, Supplier<Sandbox> fresh)
      throws InterruptedException, IOException {
    sandbox.renewDispatcher();
    String own = Scripts.freshPath();
    CommandResult result = diff(sandbox, own, change.workdir() + "/.git/objects");
    if (result.exitCode() == NO_BASE) {
      own = Scripts.freshPath();
      putObjects(sandbox, fresh, own + "-base");
      result = diff(sandbox, own, own + "-base/objects");
    }
    if (!result.succeeded()) {
      return TakenChange.none(problem(result));
    }
    return fetch(sandbox, own + "/change.patch");
  }

  private CommandResult diff(Sandbox sandbox, String own, String objects)
      throws InterruptedException {
    return Scripts.run(
        sandbox,
        "take-change",
        Map.of(
            "PB_WORKDIR", change.workdir(), "PB_OWN", own, "PB_OBJECTS", objects, "PB_BASE", base),
        LIMIT);
  }

  private void putObjects(Sandbox sandbox, Supplier<Sandbox> fresh, String target)
      throws InterruptedException, IOException {
    Path copy = Files.createTempDirectory(scratch, "objects-");
    try (Sandbox untouched = fresh.get()) {
      RepositoryPlace.forTests(untouched, change);
      untouched.get(change.workdir() + "/.git/objects", copy.resolve("objects"), MAX_OBJECTS);
      sandbox.put(copy, target, false);
    } finally {
      FileTrees.delete(copy);
    }
  }

  private TakenChange fetch(Sandbox sandbox, String file) throws IOException {
    Path copy = Files.createTempDirectory(scratch, "change-");
    try {
      if (!sandbox.get(file, copy, MAX_BYTES)) {
        return TakenChange.none("the change could not be taken: it was removed");
      }
      return new TakenChange(Files.readAllBytes(copy.resolve("change.patch")), "");
    } catch (SandboxException e) {
      if (e.kind() != SandboxException.Kind.BAD_REQUEST) {
        throw e;
      }
      return TakenChange.none(
          "the change is larger than "
              + (MAX_BYTES >> 20)
              + " MB; what a build makes belongs into .gitignore");
    } finally {
      FileTrees.delete(copy);
    }
  }

  private String problem(CommandResult result) {
    return "the change could not be taken: "
        + switch (result.end()) {
          case TIMED_OUT -> "git did not end within " + LIMIT.toSeconds() + " s";
          case KILLED, SANDBOX_ENDED, DISPATCHER_LOST -> "git was killed";
          case EXITED ->
              result.exitCode() == NO_WORKDIR
                  ? change.workdir() + " is gone"
                  : "git failed (exit code " + result.exitCode() + ") " + Scripts.said(result);
        };
  }
}
