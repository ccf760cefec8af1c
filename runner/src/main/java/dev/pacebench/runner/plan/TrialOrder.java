package dev.pacebench.runner.plan;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.plan.RunSettings.Order;
import dev.pacebench.tasks.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Puts trials in order.
 *
 * <p>An attempt's order depends on seed and attempt alone, so further attempts can be added later
 * without a change to those before.
 */
final class TrialOrder {

  /** One trial to come. */
  record Slot(Task task, Contender contender, int attempt) {}

  private TrialOrder() {}

  /** Attempts {@code first} to {@code last} of every task by every contender. */
  static List<Slot> of(
      List<Task> tasks, List<Contender> contenders, int first, int last, long seed, Order order) {
    List<Slot> slots = new ArrayList<>();
    if (order == Order.BY_ATTEMPT) {
      for (int attempt = first; attempt <= last; attempt++) {
        for (int task : shuffled(tasks.size(), seed, attempt, -1)) {
          add(slots, tasks.get(task), contenders, attempt, seed, task);
        }
      }
    } else {
      for (int task : shuffled(tasks.size(), seed, 0, -1)) {
        for (int attempt = first; attempt <= last; attempt++) {
          add(slots, tasks.get(task), contenders, attempt, seed, task);
        }
      }
    }
    return slots;
  }

  private static void add(
      List<Slot> slots, Task task, List<Contender> contenders, int attempt, long seed, int index) {
    for (int contender : shuffled(contenders.size(), seed, attempt, index)) {
      slots.add(new Slot(task, contenders.get(contender), attempt));
    }
  }

  /** The numbers below n in an order of their own for each seed, attempt and task. */
  private static int[] shuffled(int n, long seed, int attempt, int task) {
    SplittableRandom random = new SplittableRandom(mix(mix(seed) + attempt) + task);
    int[] numbers = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      numbers[i] = numbers[j];
      numbers[j] = i;
    }
    return numbers;
  }

  /** Spreads neighbouring seeds far apart; a multiplication and two shifts are enough for that. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    return mixed ^ (mixed >>> 31);
  }
}
