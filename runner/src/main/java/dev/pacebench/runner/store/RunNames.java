package dev.pacebench.runner.store;

import dev.pacebench.runner.UserError;
import java.util.List;
import java.util.stream.Collectors;

/** From what a user typed to the run that was meant. */
final class RunNames {

  private static final int SHOWN = 5;

  private RunNames() {}

  /**
   * @param ids of all runs, newest first
   */
  static String resolve(String typed, List<String> ids, String place) {
    if (ids.isEmpty()) {
      throw new UserError(place, "holds no run yet", "start one with `pacebench run`");
    }
    if (typed.equals("latest")) {
      return ids.get(0);
    }
    if (ids.contains(typed)) {
      return typed;
    }
    List<String> candidates =
        typed.isEmpty() ? List.of() : ids.stream().filter(id -> id.startsWith(typed)).toList();
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    if (candidates.isEmpty()) {
      throw new UserError(
          typed, "no run has this id", "`latest` is a name too; newest runs: " + list(ids));
    }
    throw new UserError(
        typed,
        "several runs begin like this",
        "type more of the id; candidates: " + list(candidates));
  }

  private static String list(List<String> ids) {
    String shown = ids.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return ids.size() > SHOWN ? shown + " and " + (ids.size() - SHOWN) + " more" : shown;
  }
}
