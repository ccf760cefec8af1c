package nightplan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Orders jobs so that each comes after what it needs. */
public final class Planner {

  private final Map<String, Job> jobs;
  private final Set<String> ordered = new LinkedHashSet<>();

  private Planner(Map<String, Job> jobs) {
    this.jobs = jobs;
  }

  public static List<String> order(Map<String, Job> jobs) throws PlanException {
    Planner planner = new Planner(jobs);
    for (Job job : jobs.values()) {
      planner.place(job);
    }
    return List.copyOf(planner.ordered);
  }

  /** A job that is being placed, with those of its needs that were not looked at yet. */
  private record Open(Job job, Iterator<String> needs) {
    Open(Job job) {
      this(job, job.needs().iterator());
    }
  }

  // Chains of needs are longer than the stack is deep, hence no recursion.
  private void place(Job first) throws PlanException {
    Deque<Open> open = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    open.push(new Open(first));
    seen.add(first.name());
    while (!open.isEmpty()) {
      Open top = open.peek();
      if (ordered.contains(top.job().name()) || !top.needs().hasNext()) {
        ordered.add(open.pop().job().name());
        continue;
      }
      String need = top.needs().next();
      Job job = jobs.get(need);
      if (job == null) {
        throw new PlanException(top.job().name() + " needs " + need + ", which is not there");
      }
      if (!seen.add(need)) {
        throw new PlanException("cycle: " + path(open, need));
      }
      open.push(new Open(job));
    }
  }

  private static String path(Deque<Open> open, String closing) {
    List<String> names = new ArrayList<>();
    open.descendingIterator().forEachRemaining(each -> names.add(each.job().name()));
    names.add(closing);
    return String.join(" -> ", names.subList(Math.max(0, names.indexOf(closing)), names.size()));
  }
}
