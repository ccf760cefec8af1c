package dev.pacebench.leaderboard.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Figures computed elsewhere, as data. */
class OracleTest {

  static Stream<String> oracles() throws IOException {
    try (InputStream in = OracleTest.class.getResourceAsStream("oracles.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void isReproduced(String line) {
    String[] parts = line.split("; ");
    assertThat(value(parts[0], parts[1].split(" ")))
        .isCloseTo(Double.parseDouble(parts[2]), within(1e-6));
  }

  private static double value(String name, String[] words) {
    return switch (name) {
      case "wilson.lo" -> Wilson.of(number(words, 0), number(words, 1)).lo();
      case "wilson.hi" -> Wilson.of(number(words, 0), number(words, 1)).hi();
      case "clopper_pearson.lo" -> ClopperPearson.of(number(words, 0), number(words, 1)).lo();
      case "clopper_pearson.hi" -> ClopperPearson.of(number(words, 0), number(words, 1)).hi();
      case "jeffreys.lo" -> Jeffreys.of(number(words, 0), number(words, 1)).lo();
      case "jeffreys.hi" -> Jeffreys.of(number(words, 0), number(words, 1)).hi();
      case "clustered.mean" -> ClusteredAccuracy.of(Samples.ofMatrix(words)).mean();
      case "clustered.cr0" -> ClusteredAccuracy.of(Samples.ofMatrix(words)).cr0();
      case "clustered.cr1" -> ClusteredAccuracy.of(Samples.ofMatrix(words)).standardError();
      case "clustered.t_lo" -> studentT(words, -1);
      case "clustered.t_hi" -> studentT(words, 1);
      case "spread.icc" -> Spread.of(Samples.ofMatrix(words)).icc();
      case "spread.within" -> Spread.of(Samples.ofMatrix(words)).within();
      case "spread.flaky" -> Spread.of(Samples.ofMatrix(words)).flakyShare();
      case "spread.disagreement" -> Spread.of(Samples.ofMatrix(words)).disagreement();
      case "pass_at_k" -> PassAtK.atLeastOne(whole(words, 0), whole(words, 1), whole(words, 2));
      case "pass_hat_k" -> PassAtK.all(whole(words, 0), whole(words, 1), whole(words, 2));
      case "pass_at_k.mean" ->
          PassAtK.meanAtLeastOne(Samples.ofMatrix(Samples.rest(words, 1)), whole(words, 0))
              .getAsDouble();
      case "pass_hat_k.mean" ->
          PassAtK.meanAll(Samples.ofMatrix(Samples.rest(words, 1)), whole(words, 0)).getAsDouble();
      case "accuracy_at" -> {
        TimeGrid grid = Samples.grid(number(words, 1), number(words, 0));
        yield new SolvedBy(trials(words, 2, number(words, 1)), grid)
            .shares()[grid.indexOf(number(words, 0))];
      }
      case "aalen_johansen" -> {
        TimeGrid grid = Samples.grid(number(words, 1), number(words, 0));
        yield AalenJohansen.of(trials(words, 2, number(words, 1)), grid)[
            grid.indexOf(number(words, 0))];
      }
      case "par" -> Par.of(trials(words, 2, number(words, 1)), number(words, 0)).getAsDouble();
      case "log_time_area" ->
          LogTimeArea.of(trials(words, 2, 600), number(words, 0), number(words, 1)).getAsDouble();
      case "frontier" -> frontier(words);
      default -> throw new IllegalArgumentException("no function for oracle " + name);
    };
  }

  /** Four tasks are too few for an interval to be shown, but not for its formula. */
  private static double studentT(String[] words, int side) {
    ClusteredAccuracy accuracy = ClusteredAccuracy.of(Samples.ofMatrix(words));
    double t = TDistribution.of(accuracy.clusters() - 1.0).inverseSurvivalProbability(0.025);
    return accuracy.mean() + side * t * accuracy.standardError();
  }

  private static Sample trials(String[] words, int from, double limit) {
    return Samples.ofTrials(limit, Samples.rest(words, from));
  }

  private static double frontier(String[] points) {
    double[] seconds = column(points, 0);
    boolean[] on = Frontier.of(seconds, column(points, 1));
    StringBuilder digits = new StringBuilder();
    for (boolean point : on) {
      digits.append(point ? '1' : '0');
    }
    return Double.parseDouble(digits.toString());
  }

  private static double[] column(String[] points, int column) {
    return Arrays.stream(points)
        .mapToDouble(point -> Double.parseDouble(point.split(":")[column]))
        .toArray();
  }

  private static double number(String[] words, int index) {
    return Double.parseDouble(words[index]);
  }

  private static int whole(String[] words, int index) {
    return Integer.parseInt(words[index]);
  }
}
