package dev.pacebench.runner.agent;

import dev.pacebench.sandbox.Output;
import java.nio.charset.StandardCharsets;

/** Cuts a command's output to what a model is shown: its head, its tail, and what is missing. */
final class LoopOutput {

  /** Characters shown in all. */
  static final int LONGEST = 10_000;

  /** Bytes worth keeping: no more than four make a character. */
  static final int KEEP_BYTES = 4 * LONGEST;

  private LoopOutput() {}

  static String shown(Output output) {
    String head = new String(output.head(), StandardCharsets.UTF_8);
    String tail = new String(output.tail(), StandardCharsets.UTF_8);
    if (output.dropped() == 0 && head.length() + tail.length() <= LONGEST) {
      return head + tail;
    }
    if (output.dropped() == 0) {
      head += tail;
      tail = head;
    }
    String first = first(head, LONGEST / 2);
    String last = last(tail, LONGEST / 2);
    long shown = (long) bytes(first) + bytes(last);
    return first
        + "\n[... "
        + Math.max(1, output.total() - shown)
        + " bytes left out ...]\n"
        + last;
  }

  private static String first(String text, int length) {
    int end = Math.min(length, text.length());
    return text.substring(0, splitsPair(text, end) ? end - 1 : end);
  }

  private static String last(String text, int length) {
    int start = Math.max(0, text.length() - length);
    return text.substring(splitsPair(text, start) ? start + 1 : start);
  }

  private static boolean splitsPair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isHighSurrogate(text.charAt(at - 1))
        && Character.isLowSurrogate(text.charAt(at));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
