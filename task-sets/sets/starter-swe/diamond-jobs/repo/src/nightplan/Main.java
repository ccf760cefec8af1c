package nightplan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints the order of a plan. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: nightplan FILE");
      System.exit(2);
    }
    try {
      var order = Planner.order(PlanReader.read(Files.readAllLines(Path.of(arguments[0]))));
      order.forEach(System.out::println);
    } catch (PlanException e) {
      System.err.println(arguments[0] + ": " + e.getMessage());
      System.exit(1);
    }
  }
}
