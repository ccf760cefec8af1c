package dev.pacebench.runner.verify.swe;

import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.Repository;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts a task's repository in place in an untouched sandbox.
 *
 * <p>The same task gives the same base commit in every sandbox. In an agent's sandbox nothing is
 * left that does not lead to that commit: no later commits, refs, reflogs, remotes or objects.
 */
public final class RepositoryPlace {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private RepositoryPlace() {}

  /**
   * Prepares the repository for an agent.
   *
   * @return the commit from which its change will be taken
   * @throws SandboxException of kind BAD_REQUEST when the image or the task does not allow it
   */
  public static String forAgent(Sandbox sandbox, CodeChange change) throws InterruptedException {
    String base = place(sandbox, change);
    if (change.repository() instanceof Repository.InImage) {
      CommandResult forgotten = run(sandbox, change, "forget-future", Map.of());
      if (!forgotten.succeeded()) {
        throw refused(
            change,
            "later commits of its repository could not be removed: " + Scripts.said(forgotten),
            "see whether the repository in the image is whole (`git fsck`)");
      }
    }
    return base;
  }

  /** Prepares the repository for tests; no agent will ever see it. */
  static String forTests(Sandbox sandbox, CodeChange change) throws InterruptedException {
    return place(sandbox, change);
  }

  private static String place(Sandbox sandbox, CodeChange change) throws InterruptedException {
    CommandResult result = run(sandbox, change);
    String head = result.stdout().text().strip();
    if (result.succeeded() && head.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
      return head;
    }
    throw explain(change, result);
  }

  private static CommandResult run(Sandbox sandbox, CodeChange change) throws InterruptedException {
    Repository repository = change.repository();
    if (repository instanceof Repository.Folder folder) {
      sandbox.put(folder.directory(), change.workdir(), false);
      return run(sandbox, change, "from-folder", Map.of("PB_OWNER", owner(sandbox)));
    }
    if (repository instanceof Repository.Bundle bundle) {
      String file = Scripts.freshPath();
      sandbox.put(bundle.file(), file, false);
      return run(
          sandbox,
          change,
          "from-bundle",
          Map.of("PB_OWNER", owner(sandbox), "PB_BUNDLE", file, "PB_BASE", bundle.baseCommit()));
    }
    Repository.InImage inImage = (Repository.InImage) repository;
    String checkout = inImage.checkout() ? "yes" : "";
    return run(
        sandbox,
        change,
        "in-image",
        Map.of("PB_BASE", inImage.baseCommit(), "PB_CHECKOUT", checkout));
  }

  private static CommandResult run(
      Sandbox sandbox, CodeChange change, String script, Map<String, String> values)
      throws InterruptedException {
    Map<String, String> all = new TreeMap<>(values);
    all.put("PB_WORKDIR", change.workdir());
    return Scripts.run(sandbox, script, all, LIMIT);
  }

  /** Who the sandbox's commands run as: the repository is theirs. */
  static String owner(Sandbox sandbox) throws InterruptedException {
    CommandResult who = sandbox.run(Command.of("echo $(id -u):$(id -g)", LIMIT).withWorkdir("/"));
    String owner = who.stdout().text().strip();
    return owner.matches("\\d+:\\d+") ? owner : "0:0";
  }

  private static SandboxException explain(CodeChange change, CommandResult result) {
    String image = "the image";
    return switch (result.exitCode()) {
      case 90 ->
          refused(
              change, image + " has no folder " + change.workdir(), "name the image's repository");
      case 91 ->
          refused(
              change,
              image + " has no git, and a change is taken and applied with it",
              "install git in environment/Dockerfile");
      case 92 ->
          refused(
              change,
              "its bundle cannot be unpacked: " + Scripts.said(result),
              "make it with `git bundle create repo.bundle HEAD` from a whole clone");
      case 93 ->
          refused(
              change,
              "its base commit is not in the repository",
              "correct base_commit, or the bundle or image that must hold it");
      case 94 ->
          refused(
              change,
              change.workdir() + " in the image is no git repository",
              "see whether the image is the one that the task means");
      case 95 ->
          refused(
              change,
              "the image's repository is not at the base commit or after it",
              "see whether the image is the one that the task means");
      default ->
          new SandboxException(
              result.end() == CommandResult.End.EXITED ? Kind.BAD_REQUEST : Kind.FAILED,
              "the task's repository could not be put in place ("
                  + result.end()
                  + ", exit code "
                  + result.exitCode()
                  + "): "
                  + Scripts.said(result),
              "try the image by hand: git must work in it");
    };
  }

  private static SandboxException refused(CodeChange change, String what, String remedy) {
    return new SandboxException(
        Kind.BAD_REQUEST, what + " (repository at " + change.workdir() + ")", remedy);
  }
}
