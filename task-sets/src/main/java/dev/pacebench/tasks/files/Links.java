package dev.pacebench.tasks.files;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Resolves the symbolic links of one tree by their text alone, without touching the disk.
 *
 * <p>Paths are relative to the tree's root, with {@code /} between names. An absolute target counts
 * as outside, wherever it leads.
 */
public final class Links {

  /** As many hops as Linux allows. */
  private static final int MOST_HOPS = 40;

  /** Where a link leads. */
  public sealed interface Destination permits Inside, Outside, Loop {}

  /** A path below the root, which need not exist; empty for the root itself. */
  public record Inside(String path) implements Destination {}

  /** A place above or beside the root. */
  public record Outside() implements Destination {}

  /** Nowhere: the links lead in a circle. */
  public record Loop() implements Destination {}

  private final Map<String, String> targets;

  /**
   * Takes the links of a tree.
   *
   * @param targets the text of each link, by the link's path
   */
  public Links(Map<String, String> targets) {
    this.targets = Map.copyOf(targets);
  }

  /** Follows a path, and any link in it or at its end. */
  public Destination resolve(String path) {
    Deque<String> ahead = new ArrayDeque<>(List.of(path.split("/")));
    List<String> at = new ArrayList<>();
    int hops = 0;
    while (!ahead.isEmpty()) {
      String step = ahead.removeFirst();
      if (step.isEmpty() || step.equals(".")) {
        continue;
      }
      if (step.equals("..")) {
        if (at.isEmpty()) {
          return new Outside();
        }
        at.remove(at.size() - 1);
        continue;
      }
      at.add(step);
      String target = targets.get(String.join("/", at));
      if (target == null) {
        continue;
      }
      if (++hops > MOST_HOPS) {
        return new Loop();
      }
      if (target.startsWith("/")) {
        return new Outside();
      }
      at.remove(at.size() - 1);
      List<String> steps = List.of(target.split("/"));
      for (int i = steps.size() - 1; i >= 0; i--) {
        ahead.addFirst(steps.get(i));
      }
    }
    return new Inside(String.join("/", at));
  }
}
