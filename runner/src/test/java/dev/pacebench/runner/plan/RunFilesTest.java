package dev.pacebench.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.RunSettings.Order;
import dev.pacebench.tasks.Steering;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.TaskSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@link RunFiles} and {@link RecordedPlan}. */
class RunFilesTest {

  private final Lineup lineup = Samples.lineup("a", "b");
  private final TaskSet set = Samples.set(4);
  private final Plan plan =
      Planner.plan(
          Samples.settings(2, Order.BY_TASK, Optional.of("t*")),
          lineup,
          List.of(set),
          Samples.willing("docker"),
          PlanRules.lenient(2));

  @TempDir Path folder;

  @Test
  void readsBackWhatItWrote() {
    RunFiles.write(home(), plan);

    assertThat(RunFiles.read(home(), "run-1")).isEqualTo(plan.settings());
    assertThat(RunFiles.readFile(home(), "run-1").trials()).hasSize(16);
    assertThat(home().run("run-1")).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void rebuildsTheSamePlan() {
    RunFiles.write(home(), plan);

    Plan again = RecordedPlan.of(RunFiles.readFile(home(), "run-1"), lineup, List.of(set));

    assertThat(again).isEqualTo(plan);
  }

  @Test
  void ignoresTasksThatCameLater() {
    RunFiles.write(home(), plan);

    Plan again =
        RecordedPlan.of(RunFiles.readFile(home(), "run-1"), lineup, List.of(Samples.set(9)));

    assertThat(again.trials()).isEqualTo(plan.trials());
  }

  @Test
  void refusesWhatChangedSinceByName() {
    RunFiles.write(home(), plan);
    RunFile file = RunFiles.readFile(home(), "run-1");
    TaskSet changed =
        Samples.set(Samples.task("t0"), edited(Samples.task("t1")), Samples.task("t2"));

    assertThatThrownBy(() -> RecordedPlan.of(file, Samples.lineup("a"), List.of(changed)))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("edited", "t1", "gone: t3", "l.yaml", "b");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    assertThatThrownBy(() -> RunFiles.read(home(), "run-1")).hasMessageContaining("does not exist");
    RunFiles.write(home(), plan);
    Path file = home().run("run-1").resolve("run.json");
    String text = Files.readString(file);

    Files.writeString(file, text.substring(0, text.length() / 2));
    assertThatThrownBy(() -> RunFiles.read(home(), "run-1"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is damaged");

    Files.writeString(file, text.replace("\"version\" : 1", "\"version\" : 2"));
    assertThatThrownBy(() -> RunFiles.read(home(), "run-1"))
        .hasMessageContaining("newer Pacebench");
  }

  private static Task edited(Task task) {
    return new Task(
        task.set(),
        task.name(),
        task.directory(),
        task.schemaVersion(),
        task.instruction(),
        task.environment(),
        task.agent(),
        task.verifier(),
        task.solution(),
        task.artifacts(),
        task.metadata(),
        new TaskDigests("other", Optional.empty(), Optional.empty(), ""),
        List.of(),
        Steering.NONE);
  }

  private Home home() {
    return new Home(folder);
  }
}
