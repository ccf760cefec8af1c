package dev.pacebench.runner.agent;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Objection;
import dev.pacebench.runner.lineup.ServingTier;
import dev.pacebench.sandbox.Mount;
import dev.pacebench.tasks.Patch;
import dev.pacebench.tasks.Task;
import java.util.List;
import java.util.Optional;

/** What works on a task during the agent phase; one object serves all trials. */
public interface Agent {

  /** As lineups name it. */
  String name();

  /** Part of the contender digest: whatever changes behaviour changes it. */
  String version();

  /** Whether a contender with this agent must name a model. */
  boolean needsModel();

  /** Whether a contender with this agent may name a model. */
  default boolean takesModel() {
    return needsModel();
  }

  /** The agent as one contender uses it, where settings change what it is. */
  default Agent of(Contender contender) {
    return this;
  }

  /** Whether it calls its model from inside the sandbox, so that the sandbox needs a relay. */
  default boolean callsFromSandbox() {
    return false;
  }

  /** Whether it retries failed calls itself, so that the gateway must not. */
  default boolean retriesItself() {
    return false;
  }

  /**
   * Whether it tells when its tools run; else the time between an answer that asked for tools and
   * the next call counts as theirs.
   */
  default boolean tellsTools() {
    return true;
  }

  /** Whether new instructions can reach it while it works. */
  default boolean takesInterruptions() {
    return false;
  }

  /**
   * What is wrong with a contender that names it, asked as its lineup is read. A setting that does
   * nothing would spoil a comparison, so an agent without settings refuses all.
   *
   * @param tier how the contender's model is served; absent without one
   */
  default List<Objection> check(Contender contender, Optional<ServingTier> tier) {
    return Objection.toSettings(name(), contender.settings(), List.of());
  }

  /** Why it cannot work on a task, known at plan time. */
  default Optional<String> refuse(Task task) {
    return Optional.empty();
  }

  /** As above, where it depends on the contender's settings. */
  default Optional<String> refuse(Contender contender, Task task) {
    return refuse(task);
  }

  /**
   * Makes ready what its sandboxes need of this machine, such as a program; before the first of
   * them opens, and cheap when it is there already.
   *
   * @return what to mount into every sandbox
   */
  default List<Mount> provide(Contender contender) throws InterruptedException {
    return List.of();
  }

  /**
   * Prepares the sandbox; measured apart from the agent phase. Of a task of several steps, each
   * step has a set-up and a phase, in one sandbox.
   */
  default void setUp(AgentContext context) throws InterruptedException {}

  /**
   * Works on the task; the agent phase lasts exactly as long as this call. At the deadline the
   * sandbox is stopped and the thread interrupted.
   */
  AgentEnd run(AgentContext context) throws InterruptedException;

  /**
   * The change that the agent hands over instead of making it in the sandbox; asked after its
   * phase, for a task of changing a repository. Absent when the change is what the sandbox holds.
   */
  default Optional<Patch> change(AgentContext context) {
    return Optional.empty();
  }
}
