package groovy.lang;

/**
 * Stands in for Groovy's class of this name, which the command line library looks for at each
 * start.
 *
 * <p>Without it the search opens every jar of the class path in vain, which is a third of the time
 * that a short command takes. Nothing here or there makes an instance.
 */
public abstract class Closure {

  private Closure() {}
}
