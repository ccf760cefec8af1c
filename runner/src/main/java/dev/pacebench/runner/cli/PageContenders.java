package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.page.PageContender;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.lineup.ServedModel;
import dev.pacebench.runner.store.RunRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What lineups say of the contenders of some runs, by digest: a lineup that was changed since tells
 * nothing wrong, and one that is gone tells nothing.
 */
final class PageContenders {

  private PageContenders() {}

  static Map<String, PageContender> of(Cli cli, List<RunRow> runs) {
    Map<String, PageContender> known = new HashMap<>();
    List<String> lineups = runs.stream().map(run -> run.settings().lineup()).distinct().toList();
    for (String name : lineups) {
      try {
        Lineup lineup = Inputs.lineup(Installation.locate(), name, cli);
        lineup.contenders().forEach(it -> known.put(it.digest(), contender(it, lineup)));
      } catch (RuntimeException e) {
        // The page is as good without.
        cli.note(
            "the page names no models of lineup " + Cli.safe(name, 80) + ": it cannot be read");
      }
    }
    return known;
  }

  private static PageContender contender(Contender contender, Lineup lineup) {
    Optional<String> model =
        contender
            .model()
            .map(
                name ->
                    Optional.ofNullable(lineup.models().get(name))
                        .map(ServedModel::id)
                        .orElse(name));
    String tier =
        contender.tier().entrySet().stream()
            .map(field -> field.getKey() + " " + field.getValue())
            .collect(Collectors.joining(", "));
    return new PageContender(
        contender.agent(), model, tier.isEmpty() ? Optional.empty() : Optional.of(tier));
  }
}
