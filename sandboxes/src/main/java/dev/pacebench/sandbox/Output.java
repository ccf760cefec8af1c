package dev.pacebench.sandbox;

import java.nio.charset.StandardCharsets;

/**
 * What was kept of one stream.
 *
 * @param head its beginning, or all of it when nothing was dropped
 * @param tail its end, empty when nothing was dropped
 * @param dropped bytes between head and tail that were read and thrown away
 */
public record Output(byte[] head, byte[] tail, long dropped) {

  /** Bytes that the command wrote. */
  public long total() {
    return head.length + dropped + tail.length;
  }

  /** As text; invalid UTF-8 shows as replacement characters, a gap says how much is missing. */
  public String text() {
    String start = new String(head, StandardCharsets.UTF_8);
    if (dropped == 0) {
      return tail.length == 0 ? start : start + new String(tail, StandardCharsets.UTF_8);
    }
    return start
        + "\n[... "
        + dropped
        + " bytes left out ...]\n"
        + new String(tail, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return text();
  }
}
