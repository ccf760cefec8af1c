package dev.pacebench.runner.gateway.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the path of a model call says.
 *
 * <p>Of most protocols it is the protocol alone; Gemini names the model and the kind of answer in
 * it, and nowhere else.
 *
 * @param model as the caller named it; empty where it stands in the body
 * @param stream whether a stream is asked for; false where that stands in the body
 */
public record CallPath(Protocol protocol, String model, boolean stream) {

  private static final String STREAM = "streamGenerateContent";

  /** Names begin with a letter or digit, so that no part of a path is one of dots. */
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._:@+-]*";

  private static final Pattern GEMINI =
      Pattern.compile(
          "(?:/v1beta|/v1)?/models/("
              + NAME
              + "(?:/"
              + NAME
              + ")*):(generateContent|"
              + STREAM
              + ")");

  private static final int LONGEST = 300;
  private static final String PLAIN = "._~:@+-/";

  public CallPath {
    requireNonNull(protocol, "protocol is null");
    requireNonNull(model, "model is null");
    if (model.isEmpty() && protocol == Protocol.GEMINI) {
      throw new IllegalArgumentException("a path of this protocol names a model");
    }
  }

  /** The path of a protocol whose paths say nothing else. */
  public static CallPath of(Protocol protocol) {
    return new CallPath(protocol, "", false);
  }

  /** Reads a path, with or without the version in front; empty when it is no model call's. */
  public static Optional<CallPath> read(String path) {
    for (Protocol protocol : Protocol.values()) {
      if (protocol != Protocol.GEMINI
          && (path.equals(protocol.path()) || path.equals(protocol.tail()))) {
        return Optional.of(of(protocol));
      }
    }
    if (path.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher gemini = GEMINI.matcher(path);
    return gemini.matches()
        ? Optional.of(
            new CallPath(Protocol.GEMINI, gemini.group(1), gemini.group(2).equals(STREAM)))
        : Optional.empty();
  }

  /** The same for another model, where the path names one. */
  public CallPath with(String other) {
    return model.isEmpty() ? this : new CallPath(protocol, other, stream);
  }

  /** Without the version in front. */
  public String tail() {
    return model.isEmpty()
        ? protocol.tail()
        : protocol.tail() + "/" + escaped(model) + ":" + (stream ? STREAM : "generateContent");
  }

  /** A model's name comes from a lineup and may hold anything. */
  private static String escaped(String name) {
    StringBuilder out = new StringBuilder();
    for (byte each : name.getBytes(UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || PLAIN.indexOf(c) >= 0;
      out.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return out.toString();
  }
}
