package pennywise.check;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Runs the methods of test classes, and says PASSED or FAILED of each; status 1 when one fails. */
public final class Check {

  private static final List<String> CLASSES = List.of("SplitTest", "InstalmentsTest");

  private Check() {}

  public static void main(String[] arguments) throws Exception {
    List<String> names = arguments.length > 0 ? List.of(arguments) : CLASSES;
    boolean failed = false;
    for (String name : names) {
      Class<?> type = Class.forName(Check.class.getPackageName() + "." + name);
      List<Method> methods =
          Stream.of(type.getDeclaredMethods())
              .filter(each -> each.getParameterCount() == 0 && !each.isSynthetic())
              .sorted(Comparator.comparing(Method::getName))
              .toList();
      for (Method method : methods) {
        method.setAccessible(true);
        try {
          method.invoke(null);
          System.out.println("PASSED " + name + "." + method.getName());
        } catch (InvocationTargetException e) {
          failed = true;
          System.out.println("FAILED " + name + "." + method.getName());
          System.out.println("  " + e.getCause());
        }
      }
    }
    System.exit(failed ? 1 : 0);
  }

  static void same(Object wanted, Object found) {
    if (!Objects.equals(wanted, found)) {
      throw new AssertionError("wanted " + wanted + ", found " + found);
    }
  }

  static void refused(Runnable action) {
    try {
      action.run();
    } catch (IllegalArgumentException e) {
      return;
    }
    throw new AssertionError("it was not refused");
  }
}
