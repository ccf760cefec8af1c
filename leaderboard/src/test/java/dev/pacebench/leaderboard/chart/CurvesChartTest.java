package dev.pacebench.leaderboard.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.leaderboard.board.MadeUp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CurvesChartTest {

  @Test
  void curvesEndAtTheirOwnLimitsAndTheLimitOfAllIsMarked() {
    Drawn drawn =
        drawn(MadeUp.named("long"), MadeUp.named("short").limitedTo(600).solving(0.4, 100));
    double minute = drawn.x("1 min");
    double hour = drawn.x("1 h");
    assertThat(minute - drawn.x("1 s")).isCloseTo(hour - minute, within(0.02));
    assertThat(drawn.texts("text")).contains("limit 1 h", "long", "short", "50 %", "40 %");
    List<Double> shorter = Drawn.numbers(drawn.parts("curve").get(0));
    List<Double> longer = Drawn.numbers(drawn.parts("curve").get(1));
    assertThat(shorter.get(shorter.size() - 2)).isCloseTo(drawn.x("10 min"), within(0.02));
    assertThat(longer.get(longer.size() - 2)).isCloseTo(hour, within(0.02));
  }

  @Test
  void aCurveNeverFalls() {
    Drawn drawn = drawn(MadeUp.named("a"), MadeUp.named("b").solving(0.9, 20));
    assertThat(drawn.parts("curve")).hasSize(2);
    List<Double> numbers = Drawn.numbers(drawn.parts("curve").get(0));
    List<Double> heights =
        IntStream.range(0, numbers.size() / 2).mapToObj(i -> -numbers.get(2 * i + 1)).toList();
    assertThat(heights).isSorted();
  }

  @Test
  void namesOfCurvesThatEndTogetherDoNotLieOnEachOther() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      double[] wanted = random.doubles(12, 0, 200).map(Math::rint).sorted().toArray();
      double[] places = Spread.apart(wanted, 17, 0, 340);
      for (int i = 0; i < places.length; i++) {
        assertThat(places[i]).isBetween(0.0, 340.0);
        assertThat(i == 0 ? 17 : places[i] - places[i - 1]).isGreaterThan(17 - 1e-6);
      }
    }
    assertThat(Spread.apart(new double[] {10, 100}, 17, 0, 340)).containsExactly(10, 100);
    assertThat(Spread.apart(new double[] {100, 100}, 20, 0, 340)).containsExactly(90, 110);
    assertThat(Spread.apart(new double[0], 20, 0, 340)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SvgStyle.class)
  void namesOfOthersStayText(SvgStyle style) {
    String evil = "</svg><script>alert(1)</script>\"'&";
    String svg = CurvesChart.svg(MadeUp.section("", MadeUp.named(evil).on(evil, 20, 3)), style);
    assertThat(Drawn.of(svg).all("script")).isEmpty();
    assertThat(Drawn.of(svg).texts("title")).anyMatch(title -> title.startsWith(evil));
    assertThat(Drawn.of(svg).attributes()).doesNotContain("style");
  }

  @Test
  void fewTasksHaveNoBandsAndNothingIsDrawnOfNothing() {
    assertThat(text(drawn(MadeUp.named("a").on("s", 3, 1)))).contains("No bands: too few tasks");
    assertThat(text(drawn())).contains("no trials");
    MadeUp[] many =
        IntStream.range(0, 30).mapToObj(i -> MadeUp.named("row-" + i)).toArray(MadeUp[]::new);
    Drawn drawn = drawn(many);
    assertThat(drawn.texts("text")).contains("row-0", "row-29");
    assertThat(text(drawn)).contains("Bands are left out");
    assertThat(text(drawn(MadeUp.named("a").simulated()))).contains("no model was called");
  }

  @Test
  void contendersLookTheSameInBothCharts() {
    List<String> names = new ArrayList<>(List.of("b", "a", "c"));
    MadeUp[] rows = names.stream().map(MadeUp::named).toArray(MadeUp[]::new);
    assertThat(Look.of("a", names).index()).isZero();
    assertThat(Look.of("c", names).ink()).isEqualTo(Ink.SERIES_3);
    assertThat(drawn(rows).parts("curve").stream().map(it -> it.getAttribute("stroke")))
        .containsExactlyInAnyOrder("var(--series-1)", "var(--series-2)", "var(--series-3)");
    long distinct =
        IntStream.range(0, 56)
            .mapToObj(Look::new)
            .map(look -> look.ink() + look.path(0, 0, 1))
            .distinct()
            .count();
    assertThat(distinct).isEqualTo(56);
  }

  @Test
  void coloursStandOutFromThePaper() {
    for (Ink ink : Ink.values()) {
      double least =
          Arrays.asList(Ink.INK, Ink.SOFT, Ink.ACCENT, Ink.WARN).contains(ink)
              ? 4.5
              : ink.name().startsWith("SERIES") ? 3 : 1;
      assertThat(contrast(ink.light, Ink.PAPER.light))
          .as(ink + " light")
          .isGreaterThan(least - 1e-9);
      assertThat(contrast(ink.dark, Ink.PAPER.dark)).as(ink + " dark").isGreaterThan(least - 1e-9);
    }
  }

  @Test
  void coloursAreThoseOfThePage() throws IOException {
    String css;
    try (InputStream in = SvgStyle.class.getResourceAsStream("../page/board.css")) {
      css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String dark = css.substring(css.indexOf("[data-theme=\"dark\"] {"));
    for (Ink ink : Ink.values()) {
      assertThat(css).contains(ink.variable + ": " + ink.light);
      assertThat(dark.substring(0, dark.indexOf('}'))).contains(ink.variable + ": " + ink.dark);
    }
  }

  /** WCAG 2.2's contrast ratio. */
  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static String text(Drawn drawn) {
    return String.join(" ", drawn.texts("text"));
  }

  private static Drawn drawn(MadeUp... rows) {
    return Drawn.of(CurvesChart.svg(MadeUp.section("", rows), SvgStyle.PAGE));
  }
}
