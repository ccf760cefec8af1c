package dev.pacebench.runner.store;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.Home;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcConnectionPool;

/** The H2 file of a home. */
final class H2File {

  /**
   * AUTO_SERVER lets other processes in, WRITE_DELAY=0 makes a commit reach the file at once, and
   * DB_CLOSE_DELAY keeps the file open between connections. RETENTION_TIME bounds how long replaced
   * pages are kept; with H2's 45 s a quick run's file grows by 40 KB a trial.
   */
  private static final String OPTIONS =
      ";AUTO_SERVER=TRUE;WRITE_DELAY=0;DB_CLOSE_DELAY=-1;MAX_COMPACT_TIME=20;RETENTION_TIME=1000";

  private static final int MAX_CONNECTIONS = 32;
  private static final int LAST_SESSIONS_CHECKS = 10;
  private static final long LAST_SESSIONS_PAUSE_MILLIS = 20;

  static {
    // Other processes of this machine only; the sandboxes' network must not find it.
    if (System.getProperty("h2.bindAddress") == null) {
      System.setProperty("h2.bindAddress", "127.0.0.1");
    }
  }

  private H2File() {}

  static Path file(Home home) {
    return home.database().resolveSibling(home.database().getFileName() + ".mv.db");
  }

  static Database.Connections connect(Home home) {
    String path = home.database().toString();
    if (path.contains(";")) {
      throw new UserError(
          path, "the database's path holds a semicolon", "use a --home without one");
    }
    JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:file:" + path + OPTIONS, "sa", "");
    pool.setMaxConnections(MAX_CONNECTIONS);
    return new Database.Connections(pool, () -> close(pool));
  }

  /**
   * Closes the file itself when this process has it open and nobody else uses it; otherwise it
   * stays open until this process, or the other one that has it open, ends.
   */
  private static void close(JdbcConnectionPool pool) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      pool.dispose();
      boolean elsewhere = connection.unwrap(JdbcConnection.class).getSession().isRemote();
      // Sessions of this process's own pool may take a moment to end.
      for (int i = 0; !elsewhere && i < LAST_SESSIONS_CHECKS; i++) {
        if (sessions(statement) == 1) {
          statement.execute("SHUTDOWN");
          return;
        }
        Thread.sleep(LAST_SESSIONS_PAUSE_MILLIS);
      }
    } catch (SQLException e) {
      // Whoever opens the file next recovers it; every commit is in it already.
      pool.dispose();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int sessions(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
