package dev.pacebench.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests for {@link Slots}. */
class SlotsTest {

  @Test
  void halfOfTheProcessorsUnlessTasksAskForMore() {
    assertThat(Slots.byDefault(8, List.of(wide(1)))).isEqualTo(4);
    assertThat(Slots.byDefault(8, List.of(wide(1), wide(4)))).isEqualTo(2);
    assertThat(Slots.byDefault(2, List.of(wide(4)))).isEqualTo(1);
    assertThat(Slots.byDefault(1, List.of())).isEqualTo(1);
  }

  private static Task wide(double cpus) {
    return Samples.task("t" + cpus, Network.NONE, Optional.empty(), Optional.empty(), cpus);
  }
}
