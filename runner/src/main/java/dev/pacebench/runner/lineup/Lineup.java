package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The contenders of a run and what they are allowed.
 *
 * @param name file name without its ending
 * @param source the file, for messages
 * @param contenders in file order
 * @param models by name
 * @param taskNetwork whether tasks that ask for network in the agent phase get it
 * @param verifyNetwork whether verifiers that ask for network get it
 * @param noNewPrivileges forced on or off; absent leaves it to who runs the commands
 */
public record Lineup(
    String name,
    String source,
    List<Contender> contenders,
    Map<String, ServedModel> models,
    boolean taskNetwork,
    boolean verifyNetwork,
    java.util.Optional<Boolean> noNewPrivileges) {

  public Lineup {
    requireNonNull(name, "name is null");
    requireNonNull(source, "source is null");
    contenders = List.copyOf(contenders);
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }
}
