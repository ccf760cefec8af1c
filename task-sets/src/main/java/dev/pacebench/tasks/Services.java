package dev.pacebench.tasks;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The services of a task, in an order in which each comes after those it waits for.
 *
 * @param volumes of theirs that the task's own sandbox sees, too
 * @param hostnames by which they reach that sandbox
 * @param ports that are to be listened on in that sandbox
 */
public record Services(
    List<Service> all,
    List<Service.Volume> volumes,
    List<String> hostnames,
    SortedSet<String> ports) {

  public static final Services NONE =
      new Services(List.of(), List.of(), List.of(), Collections.emptySortedSet());

  public Services {
    all = List.copyOf(all);
    volumes = List.copyOf(volumes);
    hostnames = List.copyOf(hostnames);
    ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
  }

  public boolean isEmpty() {
    return all.isEmpty() && volumes.isEmpty();
  }
}
