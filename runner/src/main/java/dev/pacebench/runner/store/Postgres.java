package dev.pacebench.runner.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.pacebench.runner.UserError;

/** A PostgreSQL database by its address. */
final class Postgres {

  private static final int MAX_CONNECTIONS = 8;
  private static final long CONNECT_MILLIS = 10_000;

  private Postgres() {}

  static Database.Connections connect(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl(url));
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setPoolName("pacebench");
    try {
      HikariDataSource source = new HikariDataSource(config);
      return new Database.Connections(source, source::close);
    } catch (HikariPool.PoolInitializationException e) {
      throw DatabaseErrors.explain(withoutSecrets(url), e);
    }
  }

  /** Takes both forms that people have at hand, with and without {@code jdbc:}. */
  private static String jdbcUrl(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return url;
    }
    if (url.startsWith("postgresql://")) {
      return "jdbc:" + url;
    }
    throw new UserError(
        Database.URL_VARIABLE,
        "is no PostgreSQL address: " + withoutSecrets(url),
        "give it as jdbc:postgresql://HOST/DATABASE?user=NAME, or unset it to use a file");
  }

  /** The address as it may be shown. */
  static String withoutSecrets(String url) {
    return url.replaceAll("(?i)(password=)[^&]*", "$1***").replaceAll("//[^/@]*@", "//***@");
  }
}
