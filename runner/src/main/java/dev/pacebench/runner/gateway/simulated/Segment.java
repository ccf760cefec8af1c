package dev.pacebench.runner.gateway.simulated;

import java.util.regex.Pattern;

/**
 * A part of a request's context, known again by its hash.
 *
 * @param hash of its text
 * @param characters length of its text
 */
record Segment(long hash, int characters) {

  /** Cache marks move from item to item while the text stays the same. */
  private static final Pattern CACHE_MARK =
      Pattern.compile(",?\"cache_control\":(null|\\{[^{}]*\\})");

  static Segment of(String text) {
    String plain =
        text.contains("\"cache_control\"") ? CACHE_MARK.matcher(text).replaceAll("") : text;
    long hash = 1125899906842597L;
    for (int i = 0; i < plain.length(); i++) {
      hash = 31 * hash + plain.charAt(i);
    }
    return new Segment(hash, plain.length());
  }
}
