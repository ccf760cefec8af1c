package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.gateway.call.Protocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All conversations of a try, told apart.
 *
 * <p>The main one is where the work is done: of those in which tools are offered (or, without any,
 * of all) the one with most turns. Others of its kind that do not overlap with it are parts of it,
 * such as after an agent has summed up and begun anew. The rest are side talks: titles, checks,
 * agents of the agent.
 *
 * @param main its entries in order; empty when no model was ever asked
 * @param notes what is missing
 */
record Talks(List<Talk.Entry> main, List<Talk> side, boolean tools, List<String> notes) {

  /** Sorts attempts into conversations. */
  private static final class Sorting {
    private final Map<String, Talk> byAnswer = new HashMap<>();
    private final Map<String, Talk> byOpening = new HashMap<>();
    private final Set<Talk> all = new LinkedHashSet<>();
    private @Nullable Talk latest;
    private int kept;

    void take(RecordedAttempt attempt) {
      if (attempt.kept()) {
        kept++;
        return;
      }
      SpokenRequest request =
          attempt
              .request()
              .map(body -> SpokenRequest.of(attempt.call().protocol(), body))
              .orElse(new SpokenRequest("", List.of(), false, ""));
      Talk talk = talk(attempt, request);
      SpokenAnswer said = SpokenAnswer.of(attempt);
      boolean gemini = attempt.call().protocol() == Protocol.GEMINI;
      talk.take(attempt, request, gemini ? said.placed(request.called()) : said);
      all.add(talk);
      latest = talk;
      if (!request.opening().isEmpty()) {
        byOpening.putIfAbsent(key(request), talk);
      }
      String answer = attempt.call().answer().responseId();
      if (answer != null) {
        byAnswer.put(answer, talk);
      }
    }

    private Talk talk(RecordedAttempt attempt, SpokenRequest request) {
      Talk continued = byAnswer.get(request.continues());
      if (continued != null) {
        return continued;
      }
      if (attempt.request().isEmpty() || !request.continues().isEmpty()) {
        return latest == null ? new Talk() : latest;
      }
      Talk known = byOpening.get(key(request));
      return known == null ? new Talk() : known;
    }

    private static String key(SpokenRequest request) {
      return request.tools() + " " + request.opening();
    }
  }

  /** Reads the calls of a try. */
  static Talks read(Path folder) {
    Sorting sorting = new Sorting();
    List<String> notes = new ArrayList<>(RecordedCalls.read(folder, sorting::take));
    if (sorting.kept > 0) {
      notes.add(sorting.kept + " calls were not let through, since a limit was used up");
    }
    sorting.all.forEach(Talk::close);
    List<Talk> talks = new ArrayList<>(sorting.all);
    talks.sort(Comparator.comparingLong(Talk::first));
    boolean tools = talks.stream().anyMatch(Talk::offersTools);
    Optional<Talk> largest =
        talks.stream()
            .filter(talk -> talk.offersTools() == tools)
            .max(Comparator.comparingInt(talk -> talk.turns().size()));
    if (largest.isEmpty()) {
      return new Talks(List.of(), talks, false, notes);
    }
    List<Talk> parts = new ArrayList<>();
    List<Talk> side = new ArrayList<>();
    for (Talk talk : talks) {
      boolean apart = talk.last() <= largest.get().first() || talk.first() >= largest.get().last();
      boolean part =
          talk == largest.get()
              || (apart && talk.offersTools() == tools && !talk.turns().isEmpty());
      (part ? parts : side).add(talk);
    }
    if (parts.size() > 1) {
      notes.add("the agent began its conversation anew " + (parts.size() - 1) + " times");
    }
    List<Talk.Entry> main = new ArrayList<>();
    parts.forEach(talk -> main.addAll(talk.entries()));
    return new Talks(main, side, tools, notes);
  }

  /** The main talk's turns. */
  List<Turn> turns() {
    List<Turn> turns = new ArrayList<>();
    for (Talk.Entry entry : main) {
      if (entry instanceof Turn turn) {
        turns.add(turn);
      }
    }
    return turns;
  }
}
