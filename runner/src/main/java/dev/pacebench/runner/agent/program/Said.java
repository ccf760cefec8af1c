package dev.pacebench.runner.agent.program;

import java.nio.charset.StandardCharsets;

/** Words of programs, made fit for one line that people read. */
final class Said {

  private static final int LONGEST = 300;

  private Said() {}

  /** The last line that holds anything; empty when none does. */
  static String lastLine(String text) {
    String last = "";
    for (String line : text.split("\\R")) {
      String plain = line.replaceAll("\\p{Cntrl}\\[[0-9;]*[A-Za-z]", "");
      plain = plain.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
      last = plain.isEmpty() ? last : plain;
    }
    return last.length() <= LONGEST ? last : last.substring(0, LONGEST) + "...";
  }

  static String lastLine(byte[] text) {
    return lastLine(new String(text, StandardCharsets.UTF_8));
  }
}
