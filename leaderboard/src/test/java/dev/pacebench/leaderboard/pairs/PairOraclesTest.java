package dev.pacebench.leaderboard.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.stats.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every figure against one that was worked out elsewhere. */
class PairOraclesTest {

  private static final Offset<Double> NEAR = Offset.offset(1e-6);

  static Stream<String> lines() throws IOException {
    try (InputStream in = PairOraclesTest.class.getResourceAsStream("oracles.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void isReproduced(String line) {
    String[] parts = line.split(";", -1);
    double[][] args =
        Stream.of(parts[1].split("/", -1)).map(PairOraclesTest::numbers).toArray(double[][]::new);
    assertThat(figure(parts[0].strip(), args)).containsExactly(numbers(parts[2]), NEAR);
  }

  private static double[] numbers(String text) {
    return Stream.of(text.strip().split("\\s+", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private static double[] figure(String name, double[][] args) {
    double[] x = args[0];
    return name.equals("holm") ? Holm.adjust(x) : new double[] {single(name, x, args)};
  }

  private static double single(String name, double[] x, double[][] args) {
    return switch (name) {
      case "paired mean" -> paired(args).mean();
      case "paired error" -> paired(args).standardError();
      case "paired p" -> paired(args).p();
      case "paired lo" -> paired(args).interval().lo();
      case "paired hi" -> paired(args).interval().hi();
      case "sign flip" -> SignFlip.p(minus(args), 1);
      case "mcnemar p" -> McNemar.p((int) x[0], (int) x[1]);
      case "mcnemar mid-p" -> McNemar.midP((int) x[0], (int) x[1]);
      case "bonett-price lo" -> BonettPrice.of(x[0], x[1], (int) x[2]).lo();
      case "bonett-price hi" -> BonettPrice.of(x[0], x[1], (int) x[2]).hi();
      case "detectable" -> new Power(x[0], x[1]).detectable(x[2], x[3]);
      case "tasks" -> new Power(x[0], x[1]).tasks(x[2], x[3]);
      case "time ratio" -> ratio(args).ratio();
      case "time ratio lo" -> ratio(args).interval().orElseThrow().lo();
      case "time ratio hi" -> ratio(args).interval().orElseThrow().hi();
      case "ratio of sums" -> ratio(args).ofSums();
      case "mean of ratios" -> ratio(args).ofMeans();
      case "signed rank" -> ratio(args).signedRankP().orElseThrow();
      case "until solved" -> Restarts.untilSolved(x[0], x[1], x[2]);
      case "mean until solved" -> untilSolved(x, args[1][0]).secondsUntilSolved();
      case "capped seconds" -> Restarts.capped(x[0], x[1], (int) x[2]);
      case "capped solved" -> Restarts.solved(x[0], (int) x[1]);
      case "cascade seconds" -> Cascade.expected(x[0], x[1], x[2]);
      case "cascade speed-up" -> x[2] / Cascade.expected(x[0], x[1], x[2]);
      case "cascade ceiling" -> x[2] / Cascade.expected(0, x[1], x[2]);
      case "cutoff" -> Restarts.withCutoff(EIGHT, x[0]);
      case "accuracy within" -> eight().accuracy(x, eight().once())[0];
      default -> throw new IllegalArgumentException("no such figure: " + name);
    };
  }

  private static double[] minus(double[][] args) {
    return IntStream.range(0, args[0].length).mapToDouble(i -> args[0][i] - args[1][i]).toArray();
  }

  private static Clustered paired(double[][] args) {
    return Clustered.of(minus(args), IntStream.range(0, args[0].length).toArray(), args[0].length);
  }

  private static TimeRatio ratio(double[][] args) {
    List<double[]> times = new ArrayList<>();
    for (int i = 0; i < args[0].length; i++) {
      times.add(new double[] {args[0][i], args[1][i]});
    }
    return TimeRatio.ofAnySize(times, IntStream.range(0, times.size()).toArray());
  }

  /** As many trials of each task as show its chance, all of one length. */
  private static Restarts untilSolved(double[] chances, double seconds) {
    Made made = new Made(600);
    List<int[]> trials = new ArrayList<>();
    for (int task = 0; task < chances.length; task++) {
      for (int trial = 0; trial < 10; trial++) {
        boolean solved = trial < Math.round(10 * chances[task]);
        made.add(Made.name(task), solved ? Sample.Kind.SOLVED : Sample.Kind.WRONG, seconds);
      }
      trials.add(IntStream.range(10 * task, 10 * task + 10).toArray());
    }
    return Restarts.of(made.sample(), trials).orElseThrow();
  }

  private static final List<double[]> EIGHT =
      Arrays.asList(
          new double[][] {
            {30, 1}, {60, 1}, {90, 0}, {120, 1}, {300, 0}, {450, 1}, {600, 0}, {600, 0}
          });

  /** Each trial at a task of its own. */
  private static Solves eight() {
    Made made = new Made(600);
    for (int i = 0; i < EIGHT.size(); i++) {
      double[] trial = EIGHT.get(i);
      made.add(Made.name(i), trial[1] == 1 ? Sample.Kind.SOLVED : Sample.Kind.WRONG, trial[0]);
    }
    return Solves.ofA(PairedTasks.of(made.sample(), made.sample()));
  }
}
