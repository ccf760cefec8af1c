package dev.pacebench.runner.store;

import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.HomeFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The database of a home: an H2 file, or PostgreSQL when {@code PACEBENCH_DB_URL} names one.
 *
 * <p>The first process that opens the file serves it to the others, so reading goes on beside a
 * run; when that process ends or is killed, the next statement of another one opens the file.
 */
public final class Database implements AutoCloseable {

  /** The variable that names a PostgreSQL database. */
  public static final String URL_VARIABLE = "PACEBENCH_DB_URL";

  private final Connections connections;
  private final Dialect dialect;
  private final Jdbi jdbi;
  private final String place;

  private Database(Connections connections, Dialect dialect, String place) {
    this.connections = connections;
    this.dialect = dialect;
    this.place = place;
    this.jdbi = Jdbi.create(connections.source());
  }

  /** Opens the database for a runner; makes and migrates it where needed. */
  public static Database open(Home home) {
    return open(home, System.getenv(URL_VARIABLE));
  }

  /** As {@link #open(Home)}, with the address of a PostgreSQL database, or null for the file. */
  public static Database open(Home home, @Nullable String url) {
    if (isFile(url)) {
      HomeFolders.make(home);
    }
    Database database = connect(home, url);
    database.migrate(true);
    return database;
  }

  /** Opens the database for a reader, which never changes its schema; empty when there is none. */
  public static Optional<Database> openExisting(Home home) {
    return openExisting(home, System.getenv(URL_VARIABLE));
  }

  /** As {@link #openExisting(Home)}, with the address of a PostgreSQL database, or null. */
  public static Optional<Database> openExisting(Home home, @Nullable String url) {
    if (isFile(url) && !Files.exists(H2File.file(home))) {
      return Optional.empty();
    }
    Database database = connect(home, url);
    if (!database.migrate(false)) {
      database.close();
      return Optional.empty();
    }
    return Optional.of(database);
  }

  /** Whether the home has runs but no database, which then can be made again from them. */
  public static boolean isMissing(Home home, @Nullable String url) {
    if (!isFile(url) || Files.exists(H2File.file(home))) {
      return false;
    }
    try (var runs = Files.newDirectoryStream(home.runs())) {
      return runs.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isFile(@Nullable String url) {
    return url == null || url.isBlank();
  }

  private static Database connect(Home home, @Nullable String url) {
    if (url == null || url.isBlank()) {
      Path file = H2File.file(home);
      return new Database(H2File.connect(home), Dialect.H2, file.toString());
    }
    return new Database(Postgres.connect(url), Dialect.POSTGRES, Postgres.withoutSecrets(url));
  }

  /** Brings the schema to this version, or says whether it is there already. */
  private boolean migrate(boolean mayChange) {
    try {
      return Schema.check(connections.source(), mayChange);
    } catch (RuntimeException e) {
      connections.close();
      throw DatabaseErrors.explain(place, e);
    } catch (SQLException e) {
      connections.close();
      throw DatabaseErrors.explain(place, e);
    }
  }

  Jdbi jdbi() {
    return jdbi;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Whether runners of other homes may work in the same database. */
  boolean isShared() {
    return dialect == Dialect.POSTGRES;
  }

  /** The file that it is; empty for a server. */
  public Optional<Path> file() {
    return dialect == Dialect.H2 ? Optional.of(Path.of(place)) : Optional.empty();
  }

  /** File or address, for messages. */
  public String place() {
    return place;
  }

  @Override
  public void close() {
    connections.close();
  }

  /** A source of connections and how to give all of them up. */
  record Connections(DataSource source, Runnable closer) {
    void close() {
      closer.run();
    }
  }
}
