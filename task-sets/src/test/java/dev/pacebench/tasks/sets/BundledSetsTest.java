package dev.pacebench.tasks.sets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The sets in the module's folder {@code sets/} can be used as they are. */
class BundledSetsTest {

  private static final Path SETS = Path.of("sets").toAbsolutePath();

  @Test
  void everyBundledSetIsUsable() {
    TaskSets sets = new TaskSets(SETS, Path.of("absent"), Path.of("absent"));

    assertThat(sets.list()).isNotEmpty().allSatisfy(set -> assertThat(set.problems()).isEmpty());
  }

  @Test
  void everyBundledTaskHasASolutionALimitAndMetadataAndNoWarnings() {
    TaskSets sets = new TaskSets(SETS, Path.of("absent"), Path.of("absent"));
    TaskSet set = sets.resolve("starter-terminal");

    assertThat(set.warnings()).isEmpty();
    assertThat(set.tasks())
        .allSatisfy(
            task -> {
              assertThat(task.solution()).isPresent();
              assertThat(task.agent().timeout()).isPresent();
              assertThat(task.environment().networkStated()).isTrue();
              assertThat(task.metadata().difficulty()).isPresent();
              assertThat(task.metadata().category()).isPresent();
            });
    assertThat(set.tasks()).extracting(Task::digest).doesNotHaveDuplicates();
  }
}
