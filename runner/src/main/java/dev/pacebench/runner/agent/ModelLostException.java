package dev.pacebench.runner.agent;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A model could not be had, through no doing of the model: nothing can be said of the contender.
 *
 * <p>Thrown once everything that policy allows was tried.
 */
public final class ModelLostException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The word of the cause in a LOST trial's record. */
  public static final String CAUSE = "provider";

  private final int status;
  private final String code;

  /**
   * @param status of the provider's last answer; 0 when there was none
   * @param code the provider's word for it; may be empty
   */
  public ModelLostException(int status, String code, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.status = status;
    this.code = requireNonNull(code, "code is null");
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
