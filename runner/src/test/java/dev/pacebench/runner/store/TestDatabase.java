package dev.pacebench.runner.store;

import dev.pacebench.runner.home.Home;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An empty database for a test: a file, or the PostgreSQL database that {@code
 * PACEBENCH_TEST_DB_URL} names, which loses all it holds.
 */
public final class TestDatabase {

  private TestDatabase() {}

  public static Database open(Home home) throws SQLException {
    String url = System.getenv("PACEBENCH_TEST_DB_URL");
    if (url != null) {
      String jdbc = url.startsWith("jdbc:") ? url : "jdbc:" + url;
      try (Connection connection = DriverManager.getConnection(jdbc);
          Statement statement = connection.createStatement()) {
        statement.execute("DROP SCHEMA public CASCADE");
        statement.execute("CREATE SCHEMA public");
      }
    }
    return Database.open(home, url);
  }
}
