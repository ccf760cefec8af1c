package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells of conversations beside the main one in a few words each. */
final class SideTalks {

  private static final int MOST = 50;
  private static final int SHOWN = 300;

  private SideTalks() {}

  static void put(ArrayNode list, List<Talk> talks) {
    for (Talk talk : talks.subList(0, Math.min(MOST, talks.size()))) {
      ObjectNode one = list.addObject();
      one.put("kind", kind(talk));
      one.put("calls", talk.calls());
      one.put("began_ms", Latency.millis(talk.first()));
      one.put("ended_ms", Latency.millis(talk.last()));
      long prompt = 0;
      long completion = 0;
      for (Turn turn : talk.turns()) {
        CallUsage usage = turn.call().answer().usage();
        prompt += usage == null ? 0 : usage.input();
        completion += usage == null ? 0 : usage.output();
      }
      one.put("prompt_tokens", prompt);
      one.put("completion_tokens", completion);
      for (Talk.Entry entry : talk.entries()) {
        if (entry instanceof Talk.Words words && !words.said().system()) {
          one.put("asked", Texts.cut(words.said().text(), SHOWN));
          break;
        }
      }
      if (!talk.turns().isEmpty()) {
        one.put("said", Texts.cut(talk.turns().get(0).answer().text(), SHOWN));
      }
    }
  }

  private static String kind(Talk talk) {
    if (talk.turns().isEmpty()) {
      return "warm_up";
    }
    return talk.offersTools() ? "other_agent" : "without_tools";
  }
}
