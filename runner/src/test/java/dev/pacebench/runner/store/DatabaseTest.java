package dev.pacebench.runner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void home() {
    home = new Home(folder.resolve("home"));
  }

  @Test
  void aReaderMakesNothingWhereNothingIs() {
    assertThat(Database.openExisting(home, null)).isEmpty();
    assertThat(home.root()).doesNotExist();
  }

  @Test
  void whatWasStoredIsThereAfterClosing() {
    try (Database database = Database.open(home, null)) {
      new RunStore(database).create(SamplePlans.plan("r", 2, List.of("a"), 1, 1, 1));
    }
    try (Database database = Database.openExisting(home, null).orElseThrow()) {
      assertThat(new RunStore(database).trials("r")).hasSize(2);
    }
  }

  @Test
  void theVersionIsThatOfTheLastMigration() throws Exception {
    Path scripts = Path.of(Database.class.getResource("/db/migration").toURI());
    try (Stream<Path> files = Files.list(scripts)) {
      assertThat(files.map(file -> file.getFileName().toString().replaceAll("V([0-9]+)__.*", "$1")))
          .contains(Integer.toString(Schema.VERSION))
          .doesNotContain(Integer.toString(Schema.VERSION + 1));
    }
  }

  @Test
  void aNewerDatabaseIsRefusedByRunnerAndReader() throws Exception {
    Database.open(home, null).close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + home.database(), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE \"flyway_schema_history\" SET \"version\" = '99'");
    }
    assertThatThrownBy(() -> Database.open(home, null))
        .isInstanceOf(InfrastructureError.class)
        .hasMessageContaining("newer Pacebench");
    assertThatThrownBy(() -> Database.openExisting(home, null))
        .isInstanceOf(InfrastructureError.class);
  }

  @Test
  void aDamagedDatabaseIsNamedWithTheRemedy() throws Exception {
    Files.createDirectories(home.database().getParent());
    Files.writeString(home.root().resolve("db/pacebench.mv.db"), "no database ".repeat(2000));
    assertThatThrownBy(() -> Database.open(home, null))
        .isInstanceOfSatisfying(
            InfrastructureError.class,
            error -> {
              assertThat(error).hasMessageContaining("pacebench.mv.db cannot be read");
              assertThat(error.remedy()).contains("move its folder away");
            });
  }

  @Test
  void anAddressThatIsNoPostgresAddressIsRefusedWithoutItsPassword() {
    assertThatThrownBy(() -> Database.open(home, "mysql://me:secret@host/db"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mysql://***@host/db")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() {
    String url = "jdbc:postgresql://127.0.0.1:1/none?user=me&password=secret";
    assertThatThrownBy(() -> Database.open(home, url))
        .isInstanceOf(InfrastructureError.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aMissingDatabaseBesideRunsIsNoticed() throws Exception {
    assertThat(Database.isMissing(home, null)).isFalse();
    Files.createDirectories(home.run("r"));
    assertThat(Database.isMissing(home, null)).isTrue();
    Database.open(home, null).close();
    assertThat(Database.isMissing(home, null)).isFalse();
  }
}
