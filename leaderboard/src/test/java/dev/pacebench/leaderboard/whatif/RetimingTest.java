package dev.pacebench.leaderboard.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.leaderboard.stats.Sample.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RetimingTest {

  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  /** Connects in 0.1 s, uploads in 0.01, waits 0.5, generates 101 tokens in 2 s. */
  private static Call call(double begin, boolean connects) {
    return call(begin, connects, Call.Kind.STREAMED);
  }

  private static Call call(double begin, boolean connects, Call.Kind kind) {
    double connect = connects ? 0.1 : 0;
    return new Call(
        begin,
        begin + connect + 2.51,
        0,
        connect,
        0.5,
        2,
        connects,
        kind,
        OptionalLong.of(101),
        0,
        1000);
  }

  /** Three calls with tools of 4 s in between, 1 s before and after. */
  private static List<Call> conversation() {
    return List.of(call(1, true), call(7.61, false), call(14.12, false));
  }

  private static final double PHASE = 17.63;

  private static Tier tier(double first, double pace) {
    return new Tier(
        Optional.of(new Speed.Stated(first)),
        Optional.of(new Speed.Stated(pace)),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        false);
  }

  private static double seconds(List<Call> calls, Tier tier) {
    return Retiming.of(calls, PHASE, tier).seconds();
  }

  @Test
  void theSameTierTakesTheSameTime() {
    Retiming same = Retiming.of(conversation(), PHASE, Tier.SAME);
    assertThat(same.seconds()).isCloseTo(PHASE, EXACT);
    assertThat(same.earliest()).isCloseTo(PHASE, EXACT);
    assertThat(same.asMeasured()).isZero();
    assertThat(seconds(conversation(), tier(0.5, 50))).isCloseTo(PHASE, EXACT);
    // Tools, uploads and both ends.
    assertThat(same.withoutModel()).isCloseTo(PHASE - 0.1 - 3 * 2.5, EXACT);
    assertThat(same.generating()).isCloseTo(6, EXACT);
  }

  @Test
  void eachPartOfATierChangesItsOwnPart() {
    assertThat(seconds(conversation(), tier(0.1, 1000))).isCloseTo(PHASE - 3 * (0.4 + 1.9), EXACT);
    Tier slower =
        new Tier(
            Optional.of(new Speed.Stated(0.5)),
            Optional.empty(),
            OptionalDouble.of(0.2),
            OptionalDouble.of(0.3),
            OptionalDouble.of(2000),
            false);
    assertThat(seconds(conversation(), slower)).isCloseTo(PHASE + 3 * 0.2 + 0.2 + 3 * 0.5, EXACT);
    Tier multiples =
        new Tier(
            Optional.of(new Speed.Multiple(0.5)),
            Optional.of(new Speed.Multiple(4)),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            false);
    assertThat(seconds(conversation(), multiples)).isCloseTo(PHASE - 3 * (0.25 + 1.5), EXACT);
    assertThatThrownBy(
            () ->
                new Tier(
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.of(0.2),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneConnectionIsMadeOnceAndAgainAfterItBroke() {
    List<Call> calls =
        List.of(
            call(1, true),
            call(8, true),
            call(15, true, Call.Kind.UNANSWERED),
            call(20, true),
            call(30, true));
    Tier socket =
        new Tier(
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            true);
    // Without those of the second and the last call.
    assertThat(Retiming.of(calls, 40, socket).seconds()).isCloseTo(40 - 0.2, EXACT);
  }

  @Test
  void callsBesideEachOtherAreNotAddedUp() {
    // A long one beside two short ones that follow each other; the next waits for the long one.
    List<Call> calls =
        List.of(
            new Call(0, 10.5, 0, 0, 0.5, 10, false, Call.Kind.STREAMED, OptionalLong.of(101), 0, 0),
            new Call(0, 2.5, 0, 0, 0.5, 2, false, Call.Kind.STREAMED, OptionalLong.of(21), 0, 0),
            new Call(3, 5.5, 0, 0, 0.5, 2, false, Call.Kind.STREAMED, OptionalLong.of(21), 0, 0),
            new Call(12, 14.5, 0, 0, 0.5, 2, false, Call.Kind.STREAMED, OptionalLong.of(21), 0, 0));
    assertThat(Retiming.of(calls, 15, tier(0.5, 20)).seconds()).isCloseTo(15 - 5 - 1, EXACT);
  }

  @Test
  void waitsForOwnLimitsAreTakenOutAndOrderedOnesStay() {
    Call waited =
        new Call(1, 13.5, 10, 0, 0.5, 2, false, Call.Kind.STREAMED, OptionalLong.of(101), 0, 0);
    Call ordered =
        new Call(20, 32.5, 0, 0, 0.5, 2, false, Call.Kind.STREAMED, OptionalLong.of(101), 0, 0);
    Retiming retiming = Retiming.of(List.of(waited, ordered), 23, tier(0.5, 100));
    assertThat(retiming.seconds()).isCloseTo(23 - 2, EXACT);
    assertThat(retiming.withoutModel()).isCloseTo(23 - 5, EXACT);
  }

  @Test
  void tokensThatNobodySawBelongToGeneratingNotToWaiting() {
    // 100 hidden tokens at 50 a second are 2 s of the 2.5 s of waiting.
    Call hidden =
        new Call(0, 4.5, 0, 0, 2.5, 2, false, Call.Kind.STREAMED, OptionalLong.of(201), 100, 0);
    Tier faster =
        new Tier(
            Optional.empty(),
            Optional.of(new Speed.Multiple(2)),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            false);
    assertThat(Retiming.of(List.of(hidden), 5, faster).seconds()).isCloseTo(3, EXACT);
    assertThat(Retiming.of(List.of(hidden), 5, tier(0.5, 50)).seconds()).isCloseTo(5, EXACT);
  }

  @Test
  void whatNobodyCountedStaysAsMeasuredAndIsSaid() {
    Call uncounted =
        new Call(0, 2.5, 0, 0, 0.5, 2, false, Call.Kind.STREAMED, OptionalLong.empty(), 0, 0);
    Retiming retiming = Retiming.of(List.of(uncounted), 3, tier(0.5, 1000));
    assertThat(retiming.seconds()).isCloseTo(3, EXACT);
    assertThat(retiming.asMeasured()).isEqualTo(1);
    Call whole = call(0, false, Call.Kind.WHOLE);
    assertThat(Retiming.of(List.of(whole), 3, tier(0.1, 100)).seconds()).isCloseTo(3 - 1.4, EXACT);
  }

  @Test
  void theOrderOfTheRowsDoesNotMatter() {
    SplittableRandom random = new SplittableRandom(1);
    List<Call> calls = new ArrayList<>();
    double now = 0;
    for (int i = 0; i < 200; i++) {
      now += random.nextDouble() * 2;
      calls.add(call(now, random.nextBoolean()));
    }
    Retiming once = Retiming.of(calls, now + 5, tier(0.2, 300));
    Collections.shuffle(calls, new Random(1));
    assertThat(Retiming.of(calls, now + 5, tier(0.2, 300))).isEqualTo(once);
    assertThat(once.seconds()).isBetween(once.withoutModel(), now + 5);
  }

  @Test
  void finishedWorkIsTheSameWorkSoonerOrLater() {
    Retiming sooner = Retiming.of(conversation(), PHASE, tier(0.1, 1000));
    Retiming later = Retiming.of(conversation(), PHASE, tier(5, 10));
    assertThat(Fate.of(Kind.SOLVED, false, sooner, 60))
        .isEqualTo(new Fate(Kind.SOLVED, sooner.seconds(), Kind.SOLVED, sooner.seconds()));
    assertThat(Fate.of(Kind.WRONG, false, later, 600).most()).isEqualTo(Kind.WRONG);
    assertThat(Fate.of(Kind.SOLVED, false, later, 30))
        .isEqualTo(new Fate(Kind.OUT_OF_TIME, 30, Kind.OUT_OF_TIME, 30));
    assertThat(Fate.of(Kind.LOST, false, later, 30).most()).isEqualTo(Kind.LOST);
  }

  @Test
  void ofWorkThatTheLimitCutOffAFasterTierGivesBoundsAndASlowerOneGivesNone() {
    List<Call> calls = new ArrayList<>(conversation());
    calls.add(
        new Call(18, 20, 0, 0, 0.5, 1.5, false, Call.Kind.CUT_OFF, OptionalLong.empty(), 0, 0));
    Retiming sooner = Retiming.of(calls, 20, tier(0.1, 1000));
    Fate unknown = Fate.of(Kind.OUT_OF_TIME, true, sooner, 20);
    assertThat(unknown.open()).isTrue();
    assertThat(unknown.least()).isEqualTo(Kind.OUT_OF_TIME);
    assertThat(unknown.leastSeconds()).isEqualTo(20);
    assertThat(unknown.most()).isEqualTo(Kind.SOLVED);
    // All of the recorded work, and nothing of the call that was under way.
    assertThat(unknown.mostSeconds()).isCloseTo(20 - 3 * 2.3 - 2, EXACT);
    Retiming later = Retiming.of(calls, 20, tier(5, 10));
    assertThat(Fate.of(Kind.OUT_OF_TIME, true, later, 20).open()).isFalse();
    assertThat(Fate.of(Kind.OUT_OF_TIME, true, Retiming.of(calls, 20, Tier.SAME), 20).open())
        .isFalse();
    assertThat(Fate.of(Kind.SOLVED, true, sooner, 20).most()).isEqualTo(Kind.SOLVED);
    assertThat(Fate.of(Kind.SOLVED, true, sooner, 20).least()).isEqualTo(Kind.OUT_OF_TIME);
  }

  @Test
  void amdahlsLawIsThat() throws IOException {
    try (InputStream in = RetimingTest.class.getResourceAsStream("oracles.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines =
          text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
      assertThat(lines).isNotEmpty();
      for (String line : lines) {
        String[] parts = line.split(";", -1);
        String[] args = parts[1].strip().split(" ", -1);
        assertThat(Amdahl.speedUp(Double.parseDouble(args[0]), Double.parseDouble(args[1])))
            .as(line)
            .isCloseTo(Double.parseDouble(parts[2].strip()), Offset.offset(1e-6));
      }
    }
  }
}
