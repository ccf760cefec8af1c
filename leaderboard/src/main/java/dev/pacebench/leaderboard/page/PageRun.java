package dev.pacebench.leaderboard.page;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a page says of where a run came from.
 *
 * @param id of the run
 * @param createdAt an instant in ISO form
 * @param finishedAt when its last trial ended, in ISO form; empty while trials are pending
 * @param command that starts such a run again, of all contenders
 * @param chosen names of the contenders that it was limited to; empty for all of the lineup
 * @param machine what it ran on
 * @param jobs concurrent trials
 * @param seed of the order of trials
 * @param lineup as it was named
 * @param facts whatever else is known, by name
 */
public record PageRun(
    String id,
    String createdAt,
    Optional<String> finishedAt,
    String command,
    List<String> chosen,
    String machine,
    int jobs,
    String seed,
    String lineup,
    SortedMap<String, String> facts) {

  public PageRun {
    requireNonNull(id, "id is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(finishedAt, "finishedAt is null");
    requireNonNull(command, "command is null");
    requireNonNull(machine, "machine is null");
    requireNonNull(seed, "seed is null");
    requireNonNull(lineup, "lineup is null");
    chosen = List.copyOf(chosen);
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs count from 1, is " + jobs);
    }
  }

  /** What starts the same run again. */
  String wholeCommand() {
    StringBuilder whole = new StringBuilder(command);
    chosen.forEach(name -> whole.append(" --contender ").append(ShellWord.of(name)));
    return whole.toString();
  }

  /** The same for one contender alone. */
  String commandFor(String contender) {
    return command + " --contender " + ShellWord.of(contender);
  }
}
