package dev.pacebench.sandbox;

/**
 * Why an image cannot be used, known before any trial starts.
 *
 * @param where file with line, or image name
 * @param kind {@code BAD_REQUEST} when it will stay so, {@code UNAVAILABLE} when this machine lacks
 *     something
 */
public record Refusal(String where, String what, String remedy, SandboxException.Kind kind) {

  @Override
  public String toString() {
    return where + ": " + what + "; " + remedy;
  }
}
