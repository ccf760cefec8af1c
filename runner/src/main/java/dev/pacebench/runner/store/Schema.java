package dev.pacebench.runner.store;

import dev.pacebench.runner.InfrastructureError;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The schema's version.
 *
 * <p>Flyway is started only when something is to be migrated: finding and checking the migrations
 * costs more than a short command does otherwise.
 */
final class Schema {

  /** The highest migration under {@code db/migration}; a test compares. */
  static final int VERSION = 1;

  private Schema() {}

  /**
   * Makes sure that the schema is of this version.
   *
   * @return false when it is older and may not be changed
   */
  static boolean check(DataSource source, boolean mayChange) throws SQLException {
    int found = version(source);
    if (found > VERSION) {
      throw new InfrastructureError(
          "the database was made by a newer Pacebench (schema " + found + ", here " + VERSION + ")",
          "use that version, or another --home");
    }
    if (found < VERSION && mayChange) {
      Flyway.configure(Schema.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:db/migration")
          .load()
          .migrate();
      return true;
    }
    return found == VERSION;
  }

  /** The version found, 0 for a database without tables. */
  private static int version(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      if (!hasHistory(connection)) {
        return 0;
      }
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT MAX(CAST(\"version\" AS INTEGER)) FROM \"flyway_schema_history\""
                      + " WHERE \"success\" AND \"version\" IS NOT NULL")) {
        return rows.next() ? rows.getInt(1) : 0;
      }
    }
  }

  private static boolean hasHistory(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES"
                    + " WHERE TABLE_NAME = 'flyway_schema_history'")) {
      return rows.next() && rows.getInt(1) > 0;
    }
  }
}
