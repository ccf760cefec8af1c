package nightplan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the lines of a plan. */
public final class PlanReader {

  private PlanReader() {}

  /** The jobs by name, in the order of the file. */
  public static Map<String, Job> read(List<String> lines) throws PlanException {
    Map<String, Job> jobs = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (line.isEmpty()) {
        continue;
      }
      String[] sides = line.split(":", 2);
      String name = sides[0].strip();
      if (sides.length < 2 || name.isEmpty() || name.contains(" ")) {
        throw new PlanException("line " + (i + 1) + " is not NAME: NEEDS");
      }
      List<String> needs =
          Stream.of(sides[1].strip().split("\\s+")).filter(need -> !need.isEmpty()).toList();
      if (jobs.put(name, new Job(name, needs)) != null) {
        throw new PlanException("line " + (i + 1) + " names " + name + " again");
      }
    }
    return jobs;
  }
}
