package dev.pacebench.leaderboard.page;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes the page's data: what is absent or no number is null, and nothing in it can end or open an
 * HTML element.
 *
 * <p>All but ASCII is escaped, so that no encoding can change it.
 */
final class JsonOut {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .characterEscapes(new HtmlEscapes())
          .build();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
  private final JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);

  /** Characters that mean something to a reader of HTML. */
  private static final class HtmlEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private final int[] codes = standardAsciiEscapesForJSON();

    HtmlEscapes() {
      for (char c : new char[] {'<', '>', '&', '\''}) {
        codes[c] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int ch) {
      return null;
    }
  }

  byte[] toBytes() {
    out.close();
    return bytes.toByteArray();
  }

  JsonOut name(String name) {
    out.writeName(name);
    return this;
  }

  JsonOut object() {
    out.writeStartObject();
    return this;
  }

  JsonOut object(String name) {
    return name(name).object();
  }

  JsonOut endObject() {
    out.writeEndObject();
    return this;
  }

  JsonOut array() {
    out.writeStartArray();
    return this;
  }

  JsonOut array(String name) {
    return name(name).array();
  }

  JsonOut endArray() {
    out.writeEndArray();
    return this;
  }

  JsonOut nothing() {
    out.writeNull();
    return this;
  }

  JsonOut nothing(String name) {
    return name(name).nothing();
  }

  JsonOut text(@Nullable String text) {
    if (text == null) {
      out.writeNull();
    } else {
      out.writeString(text);
    }
    return this;
  }

  JsonOut text(String name, @Nullable String text) {
    return name(name).text(text);
  }

  JsonOut count(long count) {
    out.writeNumber(count);
    return this;
  }

  JsonOut count(String name, long count) {
    return name(name).count(count);
  }

  JsonOut flag(String name, boolean flag) {
    out.writeBooleanProperty(name, flag);
    return this;
  }

  JsonOut share(double share) {
    return number(share, Double.isFinite(share) ? Rounded.share(share) : "");
  }

  JsonOut share(String name, double share) {
    return name(name).share(share);
  }

  JsonOut share(String name, OptionalDouble share) {
    return share(name, share.orElse(Double.NaN));
  }

  JsonOut seconds(double seconds) {
    return number(seconds, Double.isFinite(seconds) ? Rounded.seconds(seconds) : "");
  }

  JsonOut seconds(String name, double seconds) {
    return name(name).seconds(seconds);
  }

  JsonOut seconds(String name, OptionalDouble seconds) {
    return seconds(name, seconds.orElse(Double.NaN));
  }

  JsonOut number(double number) {
    return number(number, Double.isFinite(number) ? Rounded.number(number) : "");
  }

  JsonOut number(String name, double number) {
    return name(name).number(number);
  }

  JsonOut number(String name, OptionalDouble number) {
    return number(name, number.orElse(Double.NaN));
  }

  private JsonOut number(double number, String shown) {
    if (Double.isFinite(number)) {
      out.writeNumber(shown);
    } else {
      out.writeNull();
    }
    return this;
  }

  JsonOut shares(String name, double[] shares) {
    array(name);
    for (double share : shares) {
      share(share);
    }
    return endArray();
  }

  JsonOut seconds(String name, double[] seconds) {
    array(name);
    for (double second : seconds) {
      seconds(second);
    }
    return endArray();
  }

  /** Two bounds; null where they are absent. */
  JsonOut bounds(String name, Optional<double[]> bounds) {
    if (bounds.isEmpty()) {
      return nothing(name);
    }
    return shares(name, bounds.get());
  }
}
