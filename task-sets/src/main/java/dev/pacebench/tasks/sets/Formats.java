package dev.pacebench.tasks.sets;

import dev.pacebench.tasks.TaskFormat;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.util.List;

/** Every format that can be read, in the order in which they are asked. */
final class Formats {

  private Formats() {}

  static List<TaskFormat> all(DigestMemory memory) {
    return List.of(new HarborFormat(memory));
  }
}
