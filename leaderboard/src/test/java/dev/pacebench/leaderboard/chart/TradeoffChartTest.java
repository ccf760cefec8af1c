package dev.pacebench.leaderboard.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.board.MadeUp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

class TradeoffChartTest {

  @Test
  void aSecondAMinuteAndAnHourAreEquallyFarApart() {
    Drawn drawn =
        drawn(MadeUp.named("quick").solving(0.5, 1), MadeUp.named("slow").solving(0.6, 3600));
    double second = drawn.x("1 s");
    double minute = drawn.x("1 min");
    double hour = drawn.x("1 h");
    assertThat(minute - second).isCloseTo(hour - minute, within(0.02)).isGreaterThan(100);
    assertThat(drawn.x("10 s") - second).isCloseTo(drawn.x("10 min") - minute, within(0.02));
  }

  @Test
  void aPointStandsWhereItsFiguresAre() {
    Drawn drawn = drawn(MadeUp.named("a").solving(0.5, 60), MadeUp.named("b").solving(1, 600));
    Element first = drawn.parts("on-frontier").get(0);
    assertThat(centre(first)[0]).isCloseTo(drawn.x("1 min"), within(0.02));
    double half = centre(first)[1];
    double whole = centre(drawn.parts("on-frontier").get(1))[1];
    double top = y(drawn, "100 %");
    double bottom = y(drawn, "0 %");
    assertThat(whole).isCloseTo(top, within(0.1));
    assertThat(half).isCloseTo((top + bottom) / 2, within(0.1));
  }

  @Test
  void theFrontierHoldsOnlyPointsThatNoneIsBetterThan() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      double[] seconds = random.doubles(6, 2, 900).toArray();
      double[] shares = IntStream.range(0, 6).mapToDouble(i -> random.nextInt(21) / 20.0).toArray();
      MadeUp[] rows =
          IntStream.range(0, 6)
              .mapToObj(i -> MadeUp.named("row-" + i).solving(shares[i], seconds[i]))
              .toArray(MadeUp[]::new);
      BoardSection section = MadeUp.section("", rows);
      List<Point> points = Point.of(section, OptionalDouble.empty());
      List<Point> on = points.stream().filter(Point::drawn).filter(Point::frontier).toList();
      assertThat(on).isNotEmpty();
      for (Point point : on) {
        assertThat(points)
            .noneMatch(
                other ->
                    other.seconds() <= point.seconds()
                        && other.accuracy() >= point.accuracy()
                        && (other.seconds() < point.seconds()
                            || other.accuracy() > point.accuracy()));
      }
      Drawn drawn = Drawn.of(TradeoffChart.svg(section, SvgStyle.PAGE));
      assertThat(drawn.parts("on-frontier")).hasSize(on.size());
      List<Double> steps = Drawn.numbers(drawn.parts("frontier").get(0));
      assertThat(steps)
          .as("a start, two numbers for each further point, an end")
          .hasSize(2 + 2 * (on.size() - 1) + 1);
    }
  }

  @Test
  void whatIsBeatenInBothIsHollow() {
    Drawn drawn =
        drawn(
            MadeUp.named("best").solving(0.8, 60),
            MadeUp.named("beaten").solving(0.4, 120),
            MadeUp.named("quick").solving(0.2, 5));
    assertThat(drawn.parts("on-frontier")).hasSize(2);
    assertThat(drawn.parts("dominated")).hasSize(1);
    assertThat(drawn.parts("dominated").get(0).getAttribute("fill")).isEqualTo("var(--paper)");
    assertThat(drawn.parts("dominated").get(0).getParentNode().getTextContent())
        .contains("beaten: 40.0 %", "95 %: 25–55 %", "median 120 s", "middle half");
  }

  @ParameterizedTest
  @EnumSource(SvgStyle.class)
  void namesOfOthersStayText(SvgStyle style) {
    String evil = "</svg><script>alert(1)</script>\"'&<!--]]>";
    String turned = "\u202Eabc\u0000\u001b[31m\uD800" + "x".repeat(10_000);
    String svg =
        TradeoffChart.svg(
            MadeUp.section(
                "",
                MadeUp.named(evil).on(evil, 20, 3),
                MadeUp.named(turned).solving(0.7, 50),
                MadeUp.named("שלום 😀").solving(0.1, 5)),
            style);
    Drawn drawn = Drawn.of(svg);
    assertThat(drawn.all("script")).isEmpty();
    assertThat(svg).doesNotContain("\u202E", "\u001b", "<script").hasSizeLessThan(40_000);
    assertThat(drawn.texts("title")).anyMatch(title -> title.startsWith(evil));
    assertThat(drawn.texts("text")).allMatch(text -> text.length() <= 140);
  }

  @Test
  void thePageIsToldNoStylesThatItsPolicyForbids() {
    String svg = TradeoffChart.svg(three(), SvgStyle.PAGE);
    assertThat(Drawn.of(svg).attributes()).doesNotContain("style", "id").noneMatch(on());
    assertThat(Drawn.of(svg).all("style")).isEmpty();
    assertThat(svg).contains("var(--series-1)", "var(--ink)").doesNotContain("#");
  }

  @Test
  void aFileHasLightAndDarkColoursAndWordsForThoseWhoDoNotSeeIt() {
    String svg = TradeoffChart.svg(three(), SvgStyle.STANDALONE);
    Drawn drawn = Drawn.of(svg);
    assertThat(drawn.all("style")).hasSize(1);
    assertThat(drawn.texts("style").get(0)).contains("prefers-color-scheme: dark");
    assertThat(drawn.texts("desc").get(0)).contains("a: 80.0 %", "b: 60.0 %");
    assertThat(drawn.attributes()).doesNotContain("style").noneMatch(on());
    assertThat(svg).doesNotContain("var(", "url(", "href");
  }

  @Test
  void marksOfOriginCannotBeMissed() {
    assertThat(drawn(MadeUp.named("a").simulated(), MadeUp.named("b").simulated()).texts("text"))
        .contains("simulated: no model was called", "a");
    assertThat(drawn(MadeUp.named("a").simulated(), MadeUp.named("b").estimated()).texts("text"))
        .contains("a (simulated)", "b (estimated)");
    assertThat(drawn(MadeUp.named("a").losing(9), MadeUp.named("b")).texts("text"))
        .contains("a (greyed)");
  }

  @Test
  void whatSolvedNothingIsNamedBeneath() {
    Drawn drawn = drawn(MadeUp.named("some"), MadeUp.named("none").solving(0, 1));
    assertThat(drawn.parts("on-frontier")).hasSize(1);
    assertThat(String.join(" ", drawn.texts("text")))
        .contains("Not drawn (no trial solved in a known time): none");
    assertThat(drawn(MadeUp.named("none").solving(0, 1)).texts("text"))
        .contains("no trial was solved");
    assertThat(drawn().texts("text")).contains("no trials");
  }

  @Test
  void equalPointsAreBothOnTheFrontierAndBothNamed() {
    Drawn drawn = drawn(MadeUp.named("one"), MadeUp.named("two"), MadeUp.named("three"));
    assertThat(drawn.parts("on-frontier")).hasSize(3);
    assertThat(drawn.texts("text")).contains("one", "two", "three");
  }

  @Test
  void everyContenderIsNamedOnceAndNoLabelLiesOnAnother() {
    Random random = new Random(3);
    List<MadeUp> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(
          MadeUp.named("contender-" + i)
              .solving(0.05 + 0.9 * random.nextDouble(), 10 * Math.exp(4 * random.nextDouble())));
    }
    Drawn drawn = drawn(rows.toArray(MadeUp[]::new));
    for (int i = 0; i < 40; i++) {
      assertThat(Collections.frequency(drawn.texts("text"), "contender-" + i)).isEqualTo(1);
    }
    List<Labels.Wish> wishes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      wishes.add(
          new Labels.Wish(100 + 500 * random.nextDouble(), 50 + 300 * random.nextDouble(), 90, 17));
    }
    List<Box> symbols = wishes.stream().map(it -> Box.around(it.x(), it.y(), 8, 8)).toList();
    List<Box> placed =
        new Labels(new Box(0, 0, 700, 400), symbols, List.of())
            .places(wishes).stream()
                .flatMap(place -> place.stream())
                .map(Labels.Place::box)
                .toList();
    assertThat(placed).hasSizeGreaterThan(25);
    for (int i = 0; i < placed.size(); i++) {
      Box label = placed.get(i);
      assertThat(symbols).noneMatch(label::touches);
      assertThat(placed.subList(i + 1, placed.size())).noneMatch(label::touches);
    }
  }

  @Test
  void atABudgetAccuracyIsThatWithinIt() {
    BoardSection section =
        MadeUp.section(
            "", MadeUp.named("quick").solving(0.5, 10), MadeUp.named("slow").solving(0.9, 900));
    String svg = TradeoffChart.svg(List.of(section), SvgStyle.PAGE, OptionalDouble.of(60));
    assertThat(svg).contains("accuracy within 1 min", "slow: 0.0 %", "quick: 50.0 %");
    assertThat(Drawn.of(svg).parts("on-frontier")).hasSize(1);
  }

  @Test
  void theSameBoardGivesTheSameBytesAndSectionsStandOneAboveTheOther() {
    assertThat(TradeoffChart.svg(three(), SvgStyle.PAGE))
        .isEqualTo(TradeoffChart.svg(three(), SvgStyle.PAGE));
    String one = TradeoffChart.svg(three(), SvgStyle.STANDALONE);
    Drawn two =
        Drawn.of(
            TradeoffChart.svg(
                List.of(three(), three()), SvgStyle.STANDALONE, OptionalDouble.empty()));
    assertThat(height(two)).isCloseTo(2 * height(Drawn.of(one)), within(0.01));
    assertThat(two.parts("frontier")).hasSize(2);
    assertThat(TradeoffChart.svg(List.of(), SvgStyle.STANDALONE, OptionalDouble.empty()))
        .contains("no trials");
  }

  private static double height(Drawn drawn) {
    return Double.parseDouble(drawn.all("svg").get(0).getAttribute("height"));
  }

  private static java.util.function.Predicate<String> on() {
    return name -> name.startsWith("on");
  }

  private static BoardSection three() {
    return MadeUp.section(
        "",
        MadeUp.named("a").solving(0.8, 60),
        MadeUp.named("b").solving(0.6, 20),
        MadeUp.named("c").solving(0.3, 40));
  }

  private static Drawn drawn(MadeUp... rows) {
    return Drawn.of(TradeoffChart.svg(MadeUp.section("", rows), SvgStyle.PAGE));
  }

  /** Of the symbol of the first contender, a circle: it begins at its left end. */
  private static double[] centre(Element symbol) {
    List<Double> numbers = Drawn.numbers(symbol);
    if (symbol.getAttribute("d").contains("a")) {
      return new double[] {numbers.get(0) + numbers.get(2), numbers.get(1)};
    }
    double x = 0;
    double y = 0;
    for (int i = 0; i < numbers.size(); i += 2) {
      x += numbers.get(i) * 2 / numbers.size();
      y += numbers.get(i + 1) * 2 / numbers.size();
    }
    return new double[] {x, y};
  }

  private static double y(Drawn drawn, String text) {
    return drawn.all("text").stream()
            .filter(it -> it.getTextContent().equals(text))
            .mapToDouble(it -> Double.parseDouble(it.getAttribute("y")))
            .findFirst()
            .orElseThrow()
        - 4;
  }
}
