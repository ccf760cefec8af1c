package dev.pacebench.tasks.compose;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a compose file says.
 *
 * @param name of the service that the task is worked in
 * @param others by name, each after those it waits for
 */
public record ComposeProject(String name, ComposeService main, Map<String, ComposeService> others) {

  /** Says nothing, as when there is no compose file. */
  public static final ComposeProject NONE =
      new ComposeProject("main", ComposeService.NONE, Map.of());

  public ComposeProject {
    requireNonNull(name, "name is null");
    requireNonNull(main, "main is null");
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }
}
