package dev.pacebench.runner.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.OwnerLock;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.store.Database;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.SamplePlans;
import dev.pacebench.sandbox.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed. */
@Timeout(180)
@Tag("slow")
class KilledRunnerTest {

  private static final int TRIALS = ForkedRunner.plan().trials().size();

  private final FolderEvidence evidence = new FolderEvidence();
  @TempDir private Path folder;
  private Home home;
  private Process process;

  @BeforeEach
  void prepare() throws IOException {
    home = new Home(Files.createDirectories(folder.resolve("home")));
  }

  @AfterEach
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  private long committed() throws IOException {
    Path trials = home.run("r").resolve("trials");
    if (!Files.exists(trials)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(trials, 2)) {
      return files.filter(path -> path.getFileName().toString().startsWith("try-")).count();
    }
  }

  private void awaitCommitted(int count) throws Exception {
    while (committed() < count) {
      assertThat(process.isAlive()).withFailMessage(() -> "ended early: " + log()).isTrue();
      Thread.sleep(10);
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("forked.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private RunSummary resume() {
    Owner self = Owner.self();
    try (OwnerLock lock = OwnerLock.take(home, self);
        Database database = Database.open(home, null)) {
      assertThat(lock).isNotNull();
      RunStore store = new RunStore(database);
      FakeTrials trials = new FakeTrials(home, evidence, (trial, number) -> "");
      try (Evaluation evaluation =
          new Evaluation(
              home, ForkedRunner.plan(), store, evidence, trials, self, new RunListener() {})) {
        RunSummary summary = evaluation.run();
        assertThat(store.results(List.of("r"))).hasSize(TRIALS).doesNotHaveDuplicates();
        return summary;
      }
    }
  }

  private void assertOneResultEach() throws IOException {
    for (PlannedTrial trial : ForkedRunner.plan().trials()) {
      Path tries = home.trial("r", trial.id());
      try (Stream<Path> entries = Files.list(tries)) {
        assertThat(entries.map(path -> path.getFileName().toString())).containsExactly("try-1");
      }
    }
  }

  @Test
  void killedAtRandomMomentsARunHasOneResultPerTrialAfterResume() throws Exception {
    for (String mode : List.of("run", "resume")) {
      process = ForkedRunner.fork(home.root(), mode);
      awaitCommitted((int) committed() + ThreadLocalRandom.current().nextInt(TRIALS / 2 - 8));
      Thread.sleep(ThreadLocalRandom.current().nextInt(80));
      process.destroyForcibly().waitFor();
    }
    long before = committed();

    RunSummary summary = resume();

    assertThat(before).isLessThan(TRIALS);
    assertThat(summary.isComplete()).isTrue();
    assertThat(summary.done()).isEqualTo(TRIALS);
    assertOneResultEach();
  }

  @Test
  void killedBetweenTheRenameAndTheRowTheResultIsAdopted() throws Exception {
    String victim = ForkedRunner.plan().trials().get(9).id();
    process = ForkedRunner.fork(home.root(), victim);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(137);
    Optional<TrialRecord> left = evidence.finalResult(home, "r", victim);
    assertThat(left).isPresent();

    RunSummary summary = resume();

    assertThat(summary.isComplete()).isTrue();
    assertOneResultEach();
  }

  @Test
  void readersSeeARunWhileItGoesAndAfterItsDeathAndWithoutItsDatabase() throws Exception {
    process = ForkedRunner.fork(home.root(), "run");
    // One more than there are slots: a slot stores its trial before it begins the next.
    awaitCommitted(5);
    try (Database database = Database.openExisting(home, null).orElseThrow()) {
      RunStore store = new RunStore(database);
      RunRow row = store.resolve("latest");
      assertThat(row.done()).isPositive().isLessThan(TRIALS);
      assertThat(row.isInterrupted()).isFalse();
      assertThat(store.trials("r")).hasSize(TRIALS);

      process.destroyForcibly().waitFor();

      assertThat(store.resolve("latest").done()).isGreaterThanOrEqualTo(row.done());
    }
    try (Database database = Database.openExisting(home, null).orElseThrow()) {
      assertThat(new RunStore(database).resolve("latest").isInterrupted()).isTrue();
    }
    madeAgainFromTheFolders();
  }

  private void madeAgainFromTheFolders() throws Exception {
    long committed = committed();
    try (Stream<Path> files = Files.list(home.root().resolve("db"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    try (Database database =
        Rebuild.openExisting(home, null, evidence, Owner.self()).orElseThrow()) {
      RunRow row = new RunStore(database).resolve("latest");
      assertThat(row.planned()).isEqualTo(TRIALS);
      assertThat(row.done()).isEqualTo((int) committed);
      assertThat(row.solved()).isEqualTo((int) committed);
      assertThat(row.settings())
          .isEqualTo(SamplePlans.plan("r", 10, List.of("a", "b"), 2, 4, 3).settings());
    }
    assertThat(resume().isComplete()).isTrue();
    assertOneResultEach();
  }

  @Test
  void aRunGoesOnWhenTheProcessThatServedTheDatabaseIsKilled() throws Exception {
    try (Database database = Database.open(home, null)) {
      new RunStore(database).create(ForkedRunner.plan());
    }
    process = ForkedRunner.fork(home.root(), "hold");
    while (log().isBlank()) {
      Thread.sleep(20);
    }
    CompletableFuture<RunSummary> running = CompletableFuture.supplyAsync(this::slowRun);
    while (committed() < 8) {
      Thread.sleep(5);
    }
    process.destroyForcibly().waitFor();

    RunSummary summary = running.get(60, TimeUnit.SECONDS);
    assertThat(summary.failure()).isEmpty();
    assertThat(summary.isComplete()).isTrue();
    assertOneResultEach();
    shutDown();
  }

  /**
   * Closes a database that sessions of the server's time still hold open in this process; it would
   * write its lock file again into a folder that is being deleted.
   */
  private void shutDown() throws SQLException {
    String url = "jdbc:h2:file:" + home.database() + ";IFEXISTS=TRUE;AUTO_SERVER=TRUE";
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    }
  }

  private RunSummary slowRun() {
    FakeTrials trials =
        new FakeTrials(
            home,
            evidence,
            (trial, number) -> {
              Thread.sleep(40);
              return "";
            });
    try (Database database = Database.open(home, null);
        Evaluation evaluation =
            new Evaluation(
                home,
                ForkedRunner.plan(),
                new RunStore(database),
                evidence,
                trials,
                Owner.self(),
                new RunListener() {})) {
      return evaluation.run();
    }
  }
}
