package dev.pacebench.runner.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.policy.Key;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameParserTest {

  private static final String KEY = "sk-secret-0123456789";

  private static byte[] stream() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(RawFrames.text("{\"a\":\"\u20ac\"}", false));
    all.writeBytes(RawFrames.frame(0x89, "hi".getBytes(), false));
    all.writeBytes(RawFrames.frame(0x01, "x".repeat(300).getBytes(), false));
    all.writeBytes(RawFrames.frame(0x8a, new byte[0], false));
    all.writeBytes(RawFrames.frame(0x80, "y".repeat(70_000).getBytes(), false));
    all.writeBytes(RawFrames.frame(0x81, new byte[0], false));
    all.writeBytes(RawFrames.text("last", false));
    return all.toByteArray();
  }

  /** What goes on, and what was read. */
  private record Seen(byte[] out, List<String> messages, List<String> control) {}

  private static Seen run(byte[] bytes, int... splits) {
    List<String> control = new ArrayList<>();
    DownStream down =
        new DownStream(
            new SecretFilter(List.of(new Key(KEY))),
            (opcode, payload) -> control.add(opcode + ":" + new String(payload)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> messages = new ArrayList<>();
    int at = 0;
    for (int i = 0; i <= splits.length; i++) {
      int to = i == splits.length ? bytes.length : splits[i];
      out.writeBytes(down.feed(Arrays.copyOfRange(bytes, at, to)));
      down.messages().forEach(m -> messages.add(new String(m, StandardCharsets.UTF_8)));
      at = to;
    }
    out.writeBytes(down.rest());
    return new Seen(out.toByteArray(), messages, control);
  }

  @Test
  void anySplitGivesTheSameFrames() {
    byte[] bytes = stream();
    Seen whole = run(bytes);
    assertThat(whole.messages())
        .containsExactly("{\"a\":\"\u20ac\"}", "x".repeat(300) + "y".repeat(70_000), "", "last");
    assertThat(whole.control()).containsExactly("9:hi", "10:");
    for (int i = 0; i < 420; i++) {
      assertSame(run(bytes, i), whole);
      assertSame(run(bytes, bytes.length - 1 - i), whole);
    }
    Random random = new Random(3);
    for (int round = 0; round < 100; round++) {
      assertSame(run(bytes, random.ints(20, 0, bytes.length).sorted().toArray()), whole);
    }
  }

  private static void assertSame(Seen one, Seen other) {
    assertThat(one.messages()).isEqualTo(other.messages());
    assertThat(one.control()).isEqualTo(other.control());
    assertThat(Arrays.equals(one.out(), other.out())).isTrue();
  }

  @Test
  void aCutStreamGoesOnAsFarAsItCame() {
    byte[] bytes = RawFrames.text("{\"a\":\"0123456789\"}", false);
    for (int i = 0; i < bytes.length; i++) {
      assertThat(run(Arrays.copyOf(bytes, i)).out()).isEqualTo(Arrays.copyOf(bytes, i));
    }
  }

  @Test
  void aSecretIsCoveredAcrossTheFramesOfAMessage() {
    for (int i = 0; i <= KEY.length(); i++) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(RawFrames.frame(0x01, ("a" + KEY.substring(0, i)).getBytes(), false));
      all.writeBytes(RawFrames.frame(0x80, (KEY.substring(i) + "b").getBytes(), false));
      Seen seen = run(all.toByteArray());
      assertThat(seen.messages()).containsExactly("a" + "*".repeat(KEY.length()) + "b");
      assertThat(seen.out()).hasSize(all.size());
      assertThat(new String(seen.out(), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    }
  }

  @Test
  void aSecretIsCoveredInAMessageThatIsTooLongToHold() {
    String text = "x".repeat((1 << 20) - 5) + KEY + "y".repeat(3 << 20) + KEY;
    byte[] bytes = RawFrames.text(text, false);
    Random random = new Random(5);
    Seen seen = run(bytes, random.ints(200, 0, bytes.length).sorted().toArray());
    assertThat(seen.out()).hasSize(bytes.length);
    assertThat(seen.messages()).containsExactly(text.replace(KEY, "*".repeat(KEY.length())));
    assertThat(new String(seen.out(), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
  }

  @Test
  void noBytesMakeTheParserFail() {
    Random random = new Random(11);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      run(bytes, random.ints(3, 0, bytes.length + 1).sorted().toArray());
    }
  }

  @Test
  void framesOfOursReadBackAsTheyWere() {
    for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, 100_000}) {
      byte[] payload = "z".repeat(size).getBytes();
      byte[] frame = FrameParser.frame(FrameParser.TEXT, true, payload);
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      FrameParser parser = new FrameParser();
      parser.feed(
          frame,
          new FrameParser.Sink() {
            @Override
            public boolean begin(FrameParser.Head head) {
              assertThat(head.masked()).isTrue();
              assertThat(head.length()).isEqualTo(size);
              return true;
            }

            @Override
            public void payload(byte[] bytes, int from, int length) {
              back.write(bytes, from, length);
            }

            @Override
            public void end() {}
          });
      assertThat(back.toByteArray()).isEqualTo(payload);
    }
  }
}
