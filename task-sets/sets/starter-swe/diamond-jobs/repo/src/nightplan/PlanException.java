package nightplan;

/** Says what is wrong with a plan. */
public final class PlanException extends Exception {
  private static final long serialVersionUID = 1;

  public PlanException(String message) {
    super(message);
  }
}
