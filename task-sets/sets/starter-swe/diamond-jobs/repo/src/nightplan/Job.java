package nightplan;

import java.util.List;

/** A job and what it needs. */
public record Job(String name, List<String> needs) {
  public Job {
    needs = List.copyOf(needs);
  }
}
