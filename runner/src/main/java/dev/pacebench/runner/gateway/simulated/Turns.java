package dev.pacebench.runner.gateway.simulated;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells from a conversation alone how many turns of the work it holds.
 *
 * <p>Ids of earlier calls say it best: they carry the turn, and they survive when an agent drops or
 * shortens older messages. Where an agent makes its own ids, or has no tools, its assistant's turns
 * are counted.
 */
final class Turns {

  private static final Pattern CALL_ID =
      Pattern.compile("(?:call|toolu)_(\\d{1,4})_\\d+_[0-9a-f]+");

  /** What a conversation holds, in order. */
  sealed interface Step {}

  /** The assistant said something. */
  record Assistant() implements Step {}

  /** The assistant called a tool. */
  record Call(String id) implements Step {}

  /** Somebody else: a user, a tool's output. */
  record Other() implements Step {}

  private Turns() {}

  /**
   * The turn that comes next, counted from 0.
   *
   * @param before turns before these steps
   */
  static int next(int before, List<Step> steps) {
    int next = before;
    boolean open = false;
    int known = -1;
    for (Step step : steps) {
      if (step instanceof Other) {
        next = open ? closed(next, known) : next;
        open = false;
        known = -1;
      } else {
        open = true;
        known = step instanceof Call call ? Math.max(known, turn(call.id())) : known;
      }
    }
    return open ? closed(next, known) : next;
  }

  private static int closed(int next, int known) {
    return known < 0 ? next + 1 : Math.max(next, known + 1);
  }

  static String callId(String prefix, int turn, int index, String digits) {
    return prefix + "_" + turn + "_" + index + "_" + digits;
  }

  /** The turn that an id carries, or -1. */
  private static int turn(String id) {
    Matcher matcher = CALL_ID.matcher(id);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
  }
}
