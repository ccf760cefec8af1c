package dev.pacebench.runner.gateway.policy;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Replaces known secrets in any text that is kept or shown.
 *
 * <p>Found as they are and as they commonly travel: URL-encoded, with JSON's escaped slash, in
 * hexadecimal, and in Base64 of either alphabet, also as a part of something longer. Safe for
 * several threads; secrets that become known later are heeded from then on.
 */
public final class Redactor implements UnaryOperator<String> {

  /** What stands there instead. */
  public static final String HIDDEN = "[hidden]";

  /** Shorter pieces of an encoded secret would match by chance. */
  private static final int SHORTEST_FORM = 8;

  private record Forms(List<Key> secrets, List<String> texts) {}

  private final Supplier<List<Key>> secrets;
  private volatile Forms known = new Forms(List.of(), List.of());

  /**
   * @param secrets asked before each text; those with less than 8 characters are not hidden
   */
  public Redactor(Supplier<List<Key>> secrets) {
    this.secrets = requireNonNull(secrets, "secrets is null");
  }

  /** Hides the secrets of all these. */
  public static Redactor of(Collection<? extends KeyRing> rings) {
    List<KeyRing> all = List.copyOf(rings);
    return new Redactor(() -> all.stream().flatMap(ring -> ring.secrets().stream()).toList());
  }

  @Override
  public String apply(String text) {
    String hidden = text;
    for (String form : forms()) {
      if (hidden.contains(form)) {
        hidden = hidden.replace(form, HIDDEN);
      }
    }
    return hidden;
  }

  private List<String> forms() {
    List<Key> now = secrets.get();
    Forms forms = known;
    if (!forms.secrets().equals(now)) {
      forms = new Forms(List.copyOf(now), formsOf(now));
      known = forms;
    }
    return forms.texts();
  }

  /** Longest first, so that no part of one hides the rest of another. */
  private static List<String> formsOf(List<Key> secrets) {
    Set<String> all = new LinkedHashSet<>();
    for (Key key : secrets) {
      String secret = key.secret();
      if (secret.length() >= SHORTEST_FORM) {
        all.add(secret);
        all.add(secret.replace("/", "\\/"));
        all.add(percent(secret, true));
        all.add(percent(secret, false));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        all.add(HexFormat.of().formatHex(bytes));
        all.add(HexFormat.of().withUpperCase().formatHex(bytes));
        all.addAll(base64(bytes));
      }
    }
    List<String> sorted = new ArrayList<>(all);
    sorted.removeIf(form -> form.length() < SHORTEST_FORM);
    sorted.sort(Comparator.comparingInt(String::length).reversed());
    return List.copyOf(sorted);
  }

  private static String percent(String secret, boolean upperCase) {
    StringBuilder text = new StringBuilder();
    for (byte each : secret.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (each & 0xff);
      if ((Character.isLetterOrDigit(character) && character < 0x80)
          || "-._~".indexOf(character) >= 0) {
        text.append(character);
      } else {
        String hex = "%" + HexFormat.of().withUpperCase().toHexDigits(each);
        text.append(upperCase ? hex : hex.toLowerCase(Locale.ROOT));
      }
    }
    return text.toString();
  }

  /**
   * The characters that the secret decides alone, for each of the three places within a group of
   * three bytes at which it may begin; those at the ends depend on what stands beside it.
   */
  private static List<String> base64(byte[] secret) {
    List<String> all = new ArrayList<>();
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + secret.length];
      System.arraycopy(secret, 0, shifted, before, secret.length);
      int from = (before * 8 + 5) / 6;
      int to = shifted.length * 8 / 6;
      all.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
      all.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
    }
    return all;
  }
}
