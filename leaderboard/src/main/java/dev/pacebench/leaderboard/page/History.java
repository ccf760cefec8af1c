package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.TableRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** How each contender did in each run, where there is more than one run. */
final class History {

  private final PageRequest request;
  private final List<Entrant> entrants;

  History(PageRequest request, List<Entrant> entrants) {
    this.request = request;
    this.entrants = entrants;
  }

  private record Key(String taskSet, String contender, String digest) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::taskSet).thenComparing(Key::contender).thenComparing(Key::digest);
  }

  private record Point(int place, Optional<PageRun> run, String id, TableRow row) {}

  void write(JsonOut out) {
    if (request.runs().size() < 2) {
      out.nothing("history");
      return;
    }
    Map<String, Integer> place = new HashMap<>();
    request.runs().forEach(run -> place.put(run.id(), place.size()));
    Map<Key, List<Point>> byContender = new TreeMap<>(Key.ORDER);
    Map<String, TreeSet<String>> digests = new HashMap<>();
    for (Entrant entrant : entrants) {
      entrant
          .byRun()
          .forEach(
              (id, part) -> {
                TableRow row = part.row();
                Key key = new Key(row.taskSet(), row.contender(), row.contenderDigest());
                digests
                    .computeIfAbsent(row.contender(), name -> new TreeSet<>())
                    .add(row.contenderDigest());
                byContender
                    .computeIfAbsent(key, it -> new ArrayList<>())
                    .add(new Point(place.getOrDefault(id, -1), request.run(id), id, row));
              });
    }
    out.array("history");
    byContender.forEach(
        (key, points) -> {
          boolean several = digests.getOrDefault(key.contender(), new TreeSet<>()).size() > 1;
          points.sort(Comparator.comparingInt(Point::place).thenComparing(Point::id));
          out.object().text("contender", PageText.data(key.contender()));
          out.text("digest", several ? PageText.data(key.digest()) : null);
          out.text("task_set", PageText.data(key.taskSet())).array("points");
          points.forEach(point -> point(out, point));
          out.endArray().endObject();
        });
    out.endArray();
  }

  private static void point(JsonOut out, Point point) {
    TableRow row = point.row();
    out.object().text("run", PageText.data(point.id()));
    out.text("at", point.run().map(PageRun::createdAt).orElse(null));
    out.share("accuracy", row.accuracy());
    out.share("lo", row.interval().map(it -> it.shownLo()).orElse(Double.NaN));
    out.share("hi", row.interval().map(it -> it.shownHi()).orElse(Double.NaN));
    out.seconds("median_seconds", row.medianSeconds());
    out.count("trials", row.trials()).count("lost", row.lost()).endObject();
  }
}
