package dev.pacebench.runner.gateway.simulated;

import java.util.List;
import java.util.Optional;
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

  /** The user said something, or a system or tool did in the user's place. */
  record User(String words) implements Step {}

  /** Somebody else: a tool's output. */
  record Other() implements Step {}

  /**
   * How far the work has come.
   *
   * @param turn that comes next, counted from 0 over all parts of a script
   * @param part of the script
   */
  record Place(int turn, int part) {

    static final Place START = new Place(0, 0);
  }

  private Turns() {}

  /**
   * The turn that comes next, counted from 0.
   *
   * @param before turns before these steps
   */
  static int next(int before, List<Step> steps) {
    return next(new Place(before, 0), steps, Optional.empty()).turn();
  }

  /**
   * What comes next.
   *
   * @param before the place before these steps
   * @param script whose later parts begin with what a user says
   */
  static Place next(Place before, List<Step> steps, Optional<Script> script) {
    int next = before.turn();
    int part = before.part();
    boolean open = false;
    int known = -1;
    for (Step step : steps) {
      if (step instanceof Assistant || step instanceof Call) {
        open = true;
        known = step instanceof Call call ? Math.max(known, turn(call.id())) : known;
        continue;
      }
      next = open ? closed(next, known) : next;
      open = false;
      known = -1;
      int begun =
          step instanceof User user ? script.map(it -> it.begunBy(user.words())).orElse(-1) : -1;
      if (begun >= 0) {
        part = begun;
        next = script.orElseThrow().firstTurn(part);
      }
    }
    return new Place(open ? closed(next, known) : next, part);
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
