package nightplan;

import java.util.ArrayList;
import java.util.List;

/** Says PASSED or FAILED of each test; status 1 when one fails. */
final class PlanTest {

  private static boolean failed;

  private static final String[] DIAMOND = {
    "fetch:", "clean: fetch", "stats: clean", "report: clean stats"
  };

  private interface Test {
    void run() throws Exception;
  }

  private PlanTest() {}

  public static void main(String[] arguments) {
    test("a-chain", () -> same("a b c", order("c: b", "b: a", "a:")));
    test("independent-jobs-stay-in-order", () -> same("b a c", order("b:", "a:", "c:")));
    test("a-cycle", () -> same("cycle: a -> b -> a", error("a: b", "b: a")));
    test("a-missing-job", () -> same("a needs x, which is not there", error("a: x")));
    test("comments", () -> same("a", order("# none", "", "a: # nothing")));
    test("a-diamond", () -> same("fetch clean stats report", order(DIAMOND)));
    test("a-need-twice-in-a-line", () -> same("a b", order("b: a a", "a:")));
    test("a-need-that-comes-deeper-first", () -> same("d c b a", order("a: b d", "b: c", "c: d", "d:")));
    test("a-diamond-with-a-tail", () -> same("e b c d a", order("a: b c d", "b: e", "c: e", "d: b c e", "e:")));
    test("many-ways-to-one-job", PlanTest::ladder);
    test("a-cycle-behind-a-diamond", () -> same("cycle: c -> d -> c", error("a: b c", "b: c", "c: d", "d: c")));
    test("a-cycle-is-told-without-what-leads-there", () -> same("cycle: b -> c -> b", error("a: b", "b: c", "c: b")));
    test("a-job-that-needs-itself", () -> same("cycle: a -> a", error("a: a")));
    test("a-long-cycle", () -> same("cycle: a -> b -> c -> d -> a", error("a: b", "b: c", "c: d", "d: a")));
    test("what-is-needed-comes-right-before", () -> same("x a y z b", order("a: x", "b: y z", "z:", "y:", "x:")));
    test("a-long-chain", PlanTest::chain);
    test("a-missing-job-behind-others", () -> same("b needs y, which is not there", error("a: b", "b: y")));
    test("a-job-that-is-named-again", () -> same("line 2 names a again", error("a:", "a:")));
    System.exit(failed ? 1 : 0);
  }

  private static void test(String name, Test test) {
    try {
      test.run();
      System.out.println("PASSED " + name);
    } catch (Throwable e) {
      failed = true;
      System.out.println("FAILED " + name);
      System.out.println("  " + e);
    }
  }

  /** Each job needs both of the level below: two to the power of forty ways to the bottom. */
  private static void ladder() throws PlanException {
    List<String> lines = new ArrayList<>();
    for (int level = 40; level > 0; level--) {
      String below = level > 1 ? " l" + (level - 1) + " r" + (level - 1) : "";
      lines.add("l" + level + ":" + below);
      lines.add("r" + level + ":" + below);
    }
    same("l1 r1 l2", order(lines.toArray(String[]::new)).substring(0, 8));
  }

  private static void chain() throws PlanException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      lines.add("j" + i + ": j" + (i + 1));
    }
    lines.add("j50000:");
    same("j50000 j49999 ", order(lines.toArray(String[]::new)).substring(0, 14));
  }

  static String order(String... lines) throws PlanException {
    return String.join(" ", Planner.order(PlanReader.read(List.of(lines))));
  }

  static String error(String... lines) {
    try {
      return "no error but " + order(lines);
    } catch (PlanException e) {
      return e.getMessage();
    }
  }

  static void same(String wanted, String found) {
    if (!wanted.equals(found)) {
      throw new AssertionError("wanted " + wanted + ", found " + found);
    }
  }
}
