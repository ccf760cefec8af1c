package groovy.lang;

/**
 * Stands in for Groovy's class of this name, which the command line library looks for at each
 * start.
 *
 * <p>Without it the search opens every jar of the class path in vain, which took a short command
 * tens of milliseconds where it was measured. Nothing here or there makes an instance.
 */
public abstract class Closure {

  private Closure() {}
}
