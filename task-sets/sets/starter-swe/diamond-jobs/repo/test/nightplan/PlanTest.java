package nightplan;

import java.util.List;

/** Says PASSED or FAILED of each test; status 1 when one fails. */
final class PlanTest {

  private static boolean failed;

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
