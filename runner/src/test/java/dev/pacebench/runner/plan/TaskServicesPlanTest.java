package dev.pacebench.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.plan.RunSettings.Order;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What services need is looked at, and refused, before any trial starts. */
class TaskServicesPlanTest {

  private static final PlanRules RULES = new PlanRules((contender, task) -> Optional.empty(), 2);

  @TempDir Path folder;

  @BeforeEach
  void write() throws Exception {
    task("plain", "main: {}");
    task("good", "db: {build: db}, job: {image: 'name:1'}, same: {build: db}");
    task("twice", "db: {image: x, expose: [5432]}, other: {image: y, ports: ['1:5432']}");
    task("bound", "db: {image: x, volumes: ['./init:/init']}");
  }

  private void task(String name, String services) throws Exception {
    Path task = folder.resolve("set").resolve(name);
    file(task, "instruction.md", "Do it.\n");
    file(task, "task.toml", "[environment]\nnetwork_mode = \"no-network\"\n");
    file(task, "environment/Dockerfile", "FROM pacebench/starter\n");
    file(task, "environment/db/Dockerfile", "FROM pacebench/starter\n");
    file(task, "environment/docker-compose.yaml", "services:\n  {" + services + "}\n");
    file(task, "tests/test.sh", "#!/bin/sh\n");
  }

  private static void file(Path task, String name, String text) throws Exception {
    Files.createDirectories(task.resolve(name).getParent());
    Files.writeString(task.resolve(name), text);
  }

  private Plan plan(String provider, Optional<String> only, List<ImageSource> looked) {
    TaskSet set = new HarborFormat().read("set", folder.resolve("set"));
    return Planner.plan(
        Samples.settings(1, Order.BY_ATTEMPT, only),
        Samples.lineup("a"),
        List.of(set),
        Samples.provider(
            provider,
            source -> {
              looked.add(source);
              return Optional.empty();
            }),
        RULES);
  }

  private static List<String> names(Plan plan) {
    return plan.trials().stream().map(PlannedTrial::task).map(Task::name).sorted().toList();
  }

  @Test
  void theirImagesAreLookedAtAndWhatCannotBeHadIsLeftOutByName() {
    List<ImageSource> looked = new ArrayList<>();
    Plan plan = plan("docker", Optional.empty(), looked);
    assertThat(names(plan)).containsExactly("good", "plain");
    assertThat(looked).filteredOn(it -> it.toString().contains("good")).hasSize(2);
    assertThat(looked).filteredOn(ImageSource.Named.class::isInstance).hasSize(1);
    assertThat(plan.warnings())
        .anySatisfy(
            it ->
                assertThat(it)
                    .contains("left out task twice", "docker-compose.yaml:2")
                    .contains("lets db and other listen on port 5432/tcp"))
        .anySatisfy(
            it ->
                assertThat(it)
                    .contains("left out task bound", "docker-compose.yaml:2")
                    .contains("volumes: ./init:/init, a folder of this machine"));
    assertThatThrownBy(() -> plan("docker", Optional.of("bound"), looked))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a folder of this machine");
  }

  @Test
  void localSandboxesHaveNone() {
    Plan plan = plan("local", Optional.empty(), new ArrayList<>());
    assertThat(names(plan)).containsExactly("plain");
    assertThatThrownBy(() -> plan("local", Optional.of("good"), new ArrayList<>()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("services beside it, which need containers");
  }
}
