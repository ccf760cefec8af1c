package dev.pacebench.runner.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * No usable answer came, through no doing of the model.
 *
 * <p>Its words come from outside and are shortened, and hold no control characters.
 */
public final class ModelException extends Exception {

  private static final long serialVersionUID = 1;
  private static final int LONGEST = 500;

  /** What went wrong. */
  public enum Kind {
    /** The gateway could not be reached. */
    UNREACHABLE,
    /** An HTTP status from 400 on; the gateway has tried again already where that made sense. */
    STATUS,
    /** An error inside a stream or on a WebSocket, where nobody has tried again yet. */
    STREAM,
    /** The answer broke off; nobody has tried again yet. */
    CUT,
    /** What came is not of the protocol, or too large. */
    GARBLED,
    /** The contender's tokens are used up. */
    TOKEN_LIMIT,
    /** The contender's money is used up. */
    COST_LIMIT
  }

  private final Kind kind;
  private final int status;
  private final @Nullable String code;
  private final boolean retryable;
  private final transient @Nullable Duration retryAfter;

  ModelException(
      Kind kind,
      int status,
      @Nullable String code,
      boolean retryable,
      @Nullable Duration retryAfter,
      String message,
      @Nullable Throwable cause) {
    super(shortened(message), cause);
    this.kind = requireNonNull(kind, "kind is null");
    this.status = status;
    this.code = code == null ? null : shortened(code);
    this.retryable = retryable;
    this.retryAfter = retryAfter;
  }

  static ModelException of(Kind kind, String message, @Nullable Throwable cause) {
    return new ModelException(
        kind, 0, null, kind == Kind.CUT || kind == Kind.GARBLED, null, message, cause);
  }

  public Kind kind() {
    return kind;
  }

  /** HTTP status, also of an error frame; 0 when none is known. */
  public int status() {
    return status;
  }

  /** The provider's word for the error. */
  public Optional<String> code() {
    return Optional.ofNullable(code);
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** How long the provider said to wait. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** All of it in one line. */
  public String detail() {
    StringBuilder text = new StringBuilder(kind.name().toLowerCase(Locale.ROOT));
    if (status != 0) {
      text.append(' ').append(status);
    }
    if (code != null) {
      text.append(' ').append(code);
    }
    return text.append(": ").append(getMessage()).toString();
  }

  private static String shortened(String text) {
    String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
  }
}
