package dev.pacebench.tasks.terminalbench;

import dev.pacebench.tasks.TestStatus;
import dev.pacebench.tasks.terminalbench.PrintedResults.Results;
import java.util.List;
import java.util.Map;

/** One word between two marks, as tasks made from SWE-bench print it. */
final class SweBenchMarks {

  private static final String BEGIN = "SWEBench results starts here";
  private static final String END = "SWEBench results ends here";
  private static final String TEST = "tests";

  private SweBenchMarks() {}

  static Results read(String output) {
    List<String> lines = TerminalText.lines(output);
    List<Integer> begins = places(lines, BEGIN);
    List<Integer> ends = places(lines, END);
    if (begins.isEmpty() || ends.isEmpty()) {
      return Results.unreadable("the output lacks the marks around the results of SWE-bench");
    }
    if (begins.size() > 1 || ends.size() > 1 || ends.get(0) < begins.get(0)) {
      // Whoever printed the further marks, it is not known which results are meant.
      return new Results(
          Map.of(TEST, TestStatus.FAILED), "the marks around the results stand there twice");
    }
    String body = String.join("\n", lines.subList(begins.get(0) + 1, ends.get(0))).strip();
    return Results.of(Map.of(TEST, body.equals("PASSED") ? TestStatus.PASSED : TestStatus.FAILED));
  }

  private static List<Integer> places(List<String> lines, String mark) {
    return java.util.stream.IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).contains(mark))
        .boxed()
        .toList();
  }
}
