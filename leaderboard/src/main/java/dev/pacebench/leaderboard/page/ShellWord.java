package dev.pacebench.leaderboard.page;

import java.util.regex.Pattern;

/** Writes text so that a POSIX shell takes it as one word, whatever is in it. */
public final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

  private ShellWord() {}

  /** As it is where that is safe, else in single quotes. */
  public static String of(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
