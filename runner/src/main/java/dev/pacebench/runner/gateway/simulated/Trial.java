package dev.pacebench.runner.gateway.simulated;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One trial's model: decides what each of its calls is answered with.
 *
 * <p>Used by the server's own thread alone, but for {@link #end}. What is said depends on the play
 * and the requests; what is drawn also on how often a turn was asked for before, so that a failed
 * call's repetition need not fail again.
 */
final class Trial {

  private static final int CHARACTERS_PER_TOKEN = 4;

  private final String name;
  private final Play play;
  private final Map<String, Integer> asked = new HashMap<>();
  private final Seen seen = new Seen();
  private volatile boolean over;

  /**
   * What a call is answered with.
   *
   * @param call the answer
   * @param isTurn whether it is a turn of the work
   * @param part of the script
   * @param fault what goes wrong
   * @param cutAfter tokens after which a cut stream ends; more than all of them otherwise
   */
  record Reply(AnswerPlan call, boolean isTurn, int part, Optional<Fault> fault, long cutAfter) {}

  Trial(String name, Play play) {
    this.name = requireNonNull(name, "name is null");
    this.play = requireNonNull(play, "play is null");
  }

  String name() {
    return name;
  }

  boolean over() {
    return over;
  }

  void end() {
    over = true;
  }

  /** The answer to a request that goes on from a context, or from an empty one. */
  Reply reply(Ask ask, Held before) {
    boolean isTurn = !ask.warmUp() && !ask.side();
    Turns.Place place = Turns.next(before.next(), ask.turns(), play.script());
    int turn = place.turn();
    String kind = ask.warmUp() ? "warm-up" : ask.side() ? "side" : "turn";
    int attempt = asked.merge(kind + turn, 1, Integer::sum);
    Draws draws = new Draws(play.seed()).about(kind).about(turn).about(attempt);

    List<Segment> request = new ArrayList<>(ask.head());
    request.addAll(before.items());
    request.addAll(ask.items());
    long characters = request.stream().mapToLong(Segment::characters).sum();
    // What a connection holds was read by the calls before, the model's own words included.
    long held = ask.continues() == null ? 0 : characters - characters(ask.items());
    long known = Math.max(held, seen.known(request));
    seen.add(request);
    long input = (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    long cached = known / CHARACTERS_PER_TOKEN;

    Said said = new Speaker(play).say(ask, place, draws);
    Pace pace = new Pace(play.tier(), draws.about("pace"), input - cached, said.firstTokens());
    Optional<Fault> fault = isTurn ? Fault.draw(play.tier().faults(), draws) : Optional.empty();
    CallUsage usage = new CallUsage(input, cached, 0, said.tokens(), said.reasoningTokens());
    String digits = draws.hex(0) + draws.hex(1);
    String id = Turns.callId(prefix(ask.protocol()), turn, attempt, digits);
    double share = 0.2 + 0.6 * draws.about("cut").unit(0);
    long cutAfter =
        fault.equals(Optional.of(Fault.CUT)) ? (long) (share * said.tokens()) : Long.MAX_VALUE;
    return new Reply(
        new AnswerPlan(id, digits, turn, ask, usage, said, pace),
        isTurn,
        place.part(),
        fault,
        cutAfter);
  }

  private static long characters(List<Segment> segments) {
    return segments.stream().mapToLong(Segment::characters).sum();
  }

  private static String prefix(Protocol protocol) {
    return switch (protocol) {
      case OPENAI_RESPONSES -> "resp";
      case OPENAI_CHAT -> "chatcmpl";
      case ANTHROPIC_MESSAGES -> "msg";
      case GEMINI -> "gen";
    };
  }
}
