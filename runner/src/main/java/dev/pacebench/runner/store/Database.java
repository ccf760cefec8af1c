package dev.pacebench.runner.store;

import dev.pacebench.runner.home.Home;
import java.util.Optional;

/** The database of a home: an H2 file, or PostgreSQL when {@code PACEBENCH_DB_URL} names one. */
public final class Database implements AutoCloseable {

  private Database() {}

  /** Opens the database for a runner; makes and migrates it where needed. */
  public static Database open(Home home) {
    throw new UnsupportedOperationException();
  }

  /** Opens the database for a reader, which never changes its schema; empty when there is none. */
  public static Optional<Database> openExisting(Home home) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
