package dev.pacebench.runner.gateway.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.Transport;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that networks split, cut and spoil. */
class BrokenStreamTest {

  static Stream<Fixture> all() {
    return Fixture.all();
  }

  static Stream<Fixture> bodies() {
    return Fixture.bodies();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aSplitAnywhereChangesNothing(Fixture fixture) {
    Reading expected = fixture.readByteByByte();
    int length = fixture.bytes().length;
    for (int at = 0; at <= length; at++) {
      assertThat(fixture.read(true, at, length)).isEqualTo(expected.in(at, length));
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void manySplitsChangeNothing(Fixture fixture) {
    Reading expected = fixture.readByteByByte();
    Random random = new Random(20260301);
    for (int round = 0; round < 200; round++) {
      TreeSet<Integer> places = new TreeSet<>();
      for (int n = random.nextInt(60); n >= 0; n--) {
        places.add(random.nextInt(fixture.bytes().length));
      }
      places.add(fixture.bytes().length);
      int[] ends = places.stream().mapToInt(n -> n).toArray();
      assertThat(fixture.read(true, ends)).isEqualTo(expected.in(ends));
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void otherLineEndsChangeNothing(Fixture fixture) {
    Reading expected = fixture.readByteByByte();
    for (String end : new String[] {"\r\n", "\r"}) {
      Fixture other = fixture.replaced("\n", end);
      assertThat(other.readByteByByte().answer()).isEqualTo(expected.answer());
      int length = other.bytes().length;
      for (int at = 0; at <= length; at += 5) {
        assertThat(other.read(true, at, length).answer()).isEqualTo(expected.answer());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aCutAnywhereIsACutUntilTheEndWasSaid(Fixture fixture) {
    Reading whole = fixture.read(false, fixture.bytes().length);
    for (int length = 0; length <= fixture.bytes().length; length++) {
      // Frames are whole or not there; bodies can break off anywhere.
      if (fixture.transport() == Transport.WEBSOCKET && !fixture.endsLine(length)) {
        continue;
      }
      Fixture cut = fixture.cut(length);
      Reading reading = cut.read(false, length);
      boolean ended = reading.terminalAt() != null;
      assertThat(reading.answer().end())
          .as("cut after %s bytes", length)
          .isEqualTo(ended ? whole.answer().end() : CallEnd.CUT);
      assertOrder(reading);
      assertThat(reading.answer().malformed()).as("cut after %s bytes", length).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void spoiledBytesNeverThrow(Fixture fixture) {
    Random random = new Random(77);
    for (int round = 0; round < 500; round++) {
      byte[] bytes = fixture.bytes().clone();
      for (int n = random.nextInt(8); n >= 0; n--) {
        spoil(bytes, random);
      }
      Fixture spoiled = fixture.with(bytes);
      Reading reading = spoiled.read(random.nextBoolean(), bytes.length);
      assertOrder(reading);
      assertThat(reading.answer().end()).isNotNull();
      assertThat(reading.answer().events())
          .isGreaterThanOrEqualTo(reading.answer().malformed() - 1);
    }
  }

  private static void spoil(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    byte[] odd = "\n\r\"{}[]:,\\\0-e9".getBytes(UTF_8);
    switch (random.nextInt(4)) {
      case 0 -> bytes[at] = (byte) random.nextInt(256);
      case 1 -> bytes[at] = odd[random.nextInt(odd.length)];
      case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      default -> {
        int count = Math.min(bytes.length - at, random.nextInt(40));
        System.arraycopy(bytes.clone(), random.nextInt(bytes.length - count), bytes, at, count);
      }
    }
  }

  private static void assertOrder(Reading reading) {
    Long before = null;
    for (Long instant :
        new Long[] {reading.first(), reading.answerStart(), reading.last(), reading.terminalAt()}) {
      if (instant != null && before != null) {
        assertThat(instant).isGreaterThanOrEqualTo(before);
      }
      before = instant == null ? before : instant;
    }
    assertThat(reading.last() == null).isEqualTo(reading.first() == null);
    assertThat(reading.answer().firstSource() == null).isEqualTo(reading.first() == null);
  }
}
