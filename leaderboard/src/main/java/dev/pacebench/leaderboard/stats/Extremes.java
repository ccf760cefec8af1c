package dev.pacebench.leaderboard.stats;

/**
 * The k-th smallest and largest of many numbers without sorting them: a heap holds the k best so
 * far, and most numbers are not among them. NaN counts as no number.
 */
public final class Extremes {

  private Extremes() {}

  /** The k-th smallest, k from 1, of {@code values[from]} up to {@code values[to - 1]}. */
  public static double smallest(double[] values, int from, int to, int k) {
    return extreme(values, from, to, k, 1);
  }

  /** The k-th largest, k from 1, of {@code values[from]} up to {@code values[to - 1]}. */
  public static double largest(double[] values, int from, int to, int k) {
    return -extreme(values, from, to, k, -1);
  }

  private static double extreme(double[] values, int from, int to, int k, int sign) {
    double[] heap = new double[k];
    int size = 0;
    int i = from;
    for (; i < to && size < k; i++) {
      if (!Double.isNaN(values[i])) {
        heap[size++] = sign * values[i];
      }
    }
    if (size < k) {
      throw new IllegalArgumentException("there are no " + k + " numbers");
    }
    for (int root = k / 2 - 1; root >= 0; root--) {
      sink(heap, root, heap[root]);
    }
    for (; i < to; i++) {
      double value = sign * values[i];
      if (value < heap[0]) {
        sink(heap, 0, value);
      }
    }
    return heap[0];
  }

  /** Puts a value where the heap's root, or that of a part of it, was. */
  private static void sink(double[] heap, int root, double value) {
    int i = root;
    for (int child = 2 * i + 1; child < heap.length; child = 2 * i + 1) {
      if (child + 1 < heap.length && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= value) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = value;
  }
}
