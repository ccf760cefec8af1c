package dev.pacebench.sandbox;

import static java.util.Objects.requireNonNull;

/** Something about a sandbox went wrong that is not the doing of a command inside it. */
public final class SandboxException extends RuntimeException {

  /** Whose fault it is, and so what should follow. */
  public enum Kind {
    /** No engine answers, or it cannot do what is needed: exit 3 with the remedy. */
    UNAVAILABLE,
    /** The image, Dockerfile or request is wrong and will stay wrong: exit 2 with the remedy. */
    BAD_REQUEST,
    /** The engine failed while it worked; a further try may succeed. */
    FAILED,
    /** What runs beside the sandbox did not get ready; a further try may succeed. */
    SERVICE
  }

  private final Kind kind;
  private final String remedy;

  public SandboxException(Kind kind, String what, String remedy) {
    this(kind, what, remedy, null);
  }

  public SandboxException(
      Kind kind, String what, String remedy, @org.jspecify.annotations.Nullable Throwable cause) {
    super(what, cause);
    this.kind = requireNonNull(kind, "kind is null");
    this.remedy = requireNonNull(remedy, "remedy is null");
  }

  public Kind kind() {
    return kind;
  }

  /** What the user should do. */
  public String remedy() {
    return remedy;
  }
}
