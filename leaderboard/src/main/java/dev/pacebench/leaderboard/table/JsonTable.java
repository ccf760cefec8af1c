package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.Interval;
import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A table as one JSON object; fields are added, never renamed, and nothing is rounded.
 *
 * <p>Names are complete and escaped down to ASCII, so that they are exact and still harmless on a
 * terminal.
 */
final class JsonTable {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private JsonTable() {}

  static String render(Layout layout) {
    Board board = layout.board();
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    List<Object> contenders = new ArrayList<>();
    for (BoardSection section : layout.sections()) {
      layout.rows(section).forEach(row -> contenders.add(JsonRow.of(layout, section, row)));
    }
    object.put("contenders", contenders);
    object.put("planned", board.planned());
    object.put("done", board.done());
    object.put("used", board.used());
    object.put("unfinished", board.unfinished());
    object.put("runs", board.runs().stream().map(JsonTable::run).toList());
    object.put("notes", notes(layout));
    object.put("by", board.grouping().word());
    object.put("at", orNull(layout.request().at()));
    object.put("replicates", board.replicates());
    object.put("instrument_error_ms", orNull(board.instrumentErrorMillis()));
    object.put(
        "sections", layout.sections().stream().map(section -> section(layout, section)).toList());
    return MAPPER.writeValueAsString(object).replace("\r\n", "\n") + "\n";
  }

  private static List<String> notes(Layout layout) {
    return Notes.of(layout, List.of(Column.values()), (text, columns) -> text).stream()
        .map(note -> note.about() + ": " + note.text())
        .toList();
  }

  private static Map<String, @Nullable Object> run(RunFacts facts) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("run", facts.run());
    object.put("sandbox", facts.sandbox());
    object.put("slots", facts.slots());
    object.put("attempts", facts.attempts() == 0 ? null : facts.attempts());
    object.put("engine", facts.engine().isEmpty() ? null : facts.engine());
    return object;
  }

  private static Map<String, @Nullable Object> section(Layout layout, BoardSection section) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("task_set", section.taskSet());
    object.put("group", section.group().orElse(null));
    object.put("tasks", section.tasks());
    object.put("limits_seconds", section.limits());
    object.put(
        "virtual_best",
        section.virtualBest().map(it -> orNull(Shown.known(it.accuracy()))).orElse(null));
    if (layout.request().curves()) {
      object.put("grid_seconds", section.grid().toArray());
      object.put(
          "virtual_best_curve",
          section
              .virtualBest()
              .map(
                  best ->
                      IntStream.range(0, section.grid().size())
                          .mapToObj(i -> orNull(Shown.known(best.accuracy(i))))
                          .toList())
              .orElse(null));
    }
    return object;
  }

  static @Nullable Double orNull(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }

  static @Nullable List<Double> bounds(Optional<Interval> interval) {
    return interval.map(i -> List.of(i.lo(), i.hi())).orElse(null);
  }
}
