package dev.pacebench.runner.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Runs statements, again where the process that served the database ended under them.
 *
 * <p>Whatever is run here must do no harm when it is done twice.
 */
final class Statements {

  private static final int ATTEMPTS = 8;
  private static final long FIRST_PAUSE_MILLIS = 50;

  /** What is done with a connection, in one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T apply(Handle handle);
  }

  private final Database database;

  Statements(Database database) {
    this.database = database;
  }

  <T> T in(Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return database.jdbi().<T, RuntimeException>inTransaction(work::apply);
      } catch (JdbiException e) {
        if (attempt == ATTEMPTS || !DatabaseErrors.isConnectionLost(e)) {
          throw DatabaseErrors.explain(database.place(), e);
        }
        pause(attempt);
      }
    }
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(FIRST_PAUSE_MILLIS << (attempt - 1));
    } catch (InterruptedException e) {
      // The statement matters more than the haste; whoever interrupts is heard right after it.
      Thread.currentThread().interrupt();
    }
  }
}
