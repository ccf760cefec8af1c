package dev.pacebench.runner.plan;

import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Refusal;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds, before any trial starts, what a task needs and cannot have. */
final class TaskChecks {

  private static final String LOCAL = "local";

  private final Lineup lineup;
  private final SandboxProvider provider;
  private final boolean local;
  private final Map<ImageSource, Optional<Refusal>> images = new HashMap<>();

  TaskChecks(Lineup lineup, SandboxProvider provider) {
    this.lineup = lineup;
    this.provider = provider;
    this.local = provider.name().equals(LOCAL);
  }

  /** What the task asks for and cannot be had anywhere. */
  void unsupported(Task task, TaskRefusals refusals) {
    for (Problem problem : task.unsupported()) {
      refusals.add(
          task,
          problem.where(),
          problem.what(),
          problem.remedy(),
          SandboxException.Kind.BAD_REQUEST);
    }
  }

  /** What the lineup refuses the task, and what the task itself does not say. */
  void byLineup(Task task, TaskRefusals refusals) {
    if (task.change().isPresent() && task.change().get().tests().isEmpty()) {
      refusals.add(
          task,
          "does not say which tests decide",
          "let `pacebench tasks check --fix` find them, or write fail_to_pass and pass_to_pass"
              + " under [tests] in swe.toml",
          SandboxException.Kind.BAD_REQUEST);
    }
    Network agent = task.agent().network();
    Network verifier = task.verifier().network();
    boolean agentRefused = agent == Network.PUBLIC && !lineup.taskNetwork();
    boolean verifierRefused = verifier == Network.PUBLIC && !lineup.verifyNetwork();
    if (agentRefused || verifierRefused) {
      refusals.add(
          task,
          "asks for network "
              + both("in the agent phase", agentRefused, "for its verifier", verifierRefused)
              + " (a task that does not mention network does), and the lineup refuses it",
          "say "
              + both(
                  "`task_network: true`", agentRefused, "`verify_network: true`", verifierRefused)
              + " in a lineup file (copy "
              + lineup.source()
              + " if it is a ready one), or `network_mode = \"no-network\"` in task.toml"
              + " (`network_mode: none` in a docker-compose.yaml)",
          SandboxException.Kind.BAD_REQUEST);
    }
    byName(task, agent, task.agent().allowedHosts(), "[agent]", refusals);
    byName(task, verifier, task.verifier().allowedHosts(), "[verifier]", refusals);
  }

  private static String both(String one, boolean first, String other, boolean second) {
    return first && second ? one + " and " + other : first ? one : other;
  }

  /** No lineup can allow this, so it is refused whatever the lineup says. */
  private static void byName(
      Task task, Network asked, List<String> hosts, String table, TaskRefusals refusals) {
    if (asked == Network.ALLOWLIST) {
      refusals.add(
          task,
          "asks for `network_mode = \"allowlist\"` in "
              + table
              + ", or in [environment] for it (allowed_hosts: "
              + String.join(", ", hosts)
              + "), and sandboxes here reach every host or none",
          "write `network_mode = \"public\"` or \"no-network\" in task.toml, or leave the task out"
              + " with --only",
          SandboxException.Kind.BAD_REQUEST);
    }
  }

  /** What the sandbox provider cannot do for the task. */
  void byProvider(Task task, TaskRefusals refusals) {
    if (local) {
      byLocalSandbox(task, refusals);
    }
    for (ImageSource source : TaskImages.all(task)) {
      images
          .computeIfAbsent(source, provider::check)
          .ifPresent(
              refusal ->
                  refusals.add(
                      task, refusal.where(), refusal.what(), refusal.remedy(), refusal.kind()));
    }
  }

  private static void byLocalSandbox(Task task, TaskRefusals refusals) {
    boolean network =
        task.agent().network() != Network.NONE || task.verifier().network() != Network.NONE;
    if (network) {
      notLocal(task, "needs network, which the local sandbox never gives", refusals);
    }
    boolean services =
        !task.environment().services().isEmpty()
            || task.verifier().environment().filter(it -> !it.services().isEmpty()).isPresent();
    if (services) {
      notLocal(task, "has services beside it, which need containers", refusals);
    }
    boolean users = isOther(task.agent().user()) || isOther(task.verifier().user());
    if (users) {
      notLocal(task, "runs commands as another user, which the local sandbox cannot do", refusals);
    }
  }

  private static void notLocal(Task task, String what, TaskRefusals refusals) {
    refusals.add(task, what, "use `--sandbox docker` for it", SandboxException.Kind.BAD_REQUEST);
  }

  private static boolean isOther(Optional<String> user) {
    return user.filter(name -> !name.equals("root") && !name.equals("0")).isPresent();
  }
}
