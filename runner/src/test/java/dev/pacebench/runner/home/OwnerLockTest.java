package dev.pacebench.runner.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.UserError;
import dev.pacebench.sandbox.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerLockTest {

  private final Owner self = Owner.self();
  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void home() {
    home = new Home(folder.resolve("deep/home"));
  }

  private void write(String text) throws IOException {
    HomeFolders.make(home);
    Files.writeString(home.lockFile(), text);
  }

  @Test
  void makesTheHomeAndNamesItsHolderUntilItIsClosed() {
    try (OwnerLock lock = OwnerLock.take(home, self)) {
      assertThat(lock).isNotNull();
      assertThat(home.runs()).isDirectory();
      assertThat(OwnerLock.holder(home)).contains(self);
    }
    assertThat(OwnerLock.holder(home)).isEmpty();
    OwnerLock.take(home, self).close();
  }

  @Test
  void refusesASecondRunnerOfTheSameProcess() {
    try (OwnerLock lock = OwnerLock.take(home, self)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> OwnerLock.take(home, self))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("in use by the runner process " + self.pid());
    }
  }

  @Test
  void refusesAnotherLivingProcessThoughItsFileLockIsGone() throws IOException {
    long pid = ProcessHandle.current().parent().orElseThrow().pid();
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    Owner parent = new Owner(self.host(), self.bootId(), pid, Long.parseLong(fields[19]));
    write(OwnerJson.write(parent));

    assertThatThrownBy(() -> OwnerLock.take(home, self))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("process " + pid);
    assertThat(OwnerLock.holder(home)).contains(parent);
  }

  @Test
  void takesOverFromADeadProcess() throws IOException {
    write(OwnerJson.write(new Owner(self.host(), self.bootId(), self.pid(), 1)));
    try (OwnerLock lock = OwnerLock.take(home, self)) {
      assertThat(lock).isNotNull();
      assertThat(OwnerLock.holder(home)).contains(self);
    }
  }

  @Test
  void takesOverFromBeforeAReboot() throws IOException {
    write(OwnerJson.write(new Owner(self.host(), "another boot", self.pid(), self.startTicks())));
    OwnerLock.take(home, self).close();
  }

  @Test
  void respectsAnotherHostAndSaysHowToGetRidOfIt() throws IOException {
    write(OwnerJson.write(new Owner("another-host", "boot", 17, 4)));
    assertThatThrownBy(() -> OwnerLock.take(home, self))
        .isInstanceOfSatisfying(
            UserError.class,
            error -> {
              assertThat(error).hasMessageContaining("process 17 on another-host");
              assertThat(error.remedy()).contains("delete " + home.lockFile());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "{\"host\":", "[1,2]", "{\"host\":3,\"pid\":\"x\"}", "\0\0\0"})
  void aTornFileNamesNobody(String text) throws IOException {
    write(text);
    OwnerLock.take(home, self).close();
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("deep"), "not a folder");
    assertThatThrownBy(() -> OwnerLock.take(home, self))
        .isInstanceOfSatisfying(
            UserError.class,
            error -> {
              assertThat(error).hasMessageContaining(file + ": is a file");
              assertThat(error.remedy()).contains("--home");
            });
  }

  @Test
  void aPlaceThatTakesNoFoldersIsNamed() {
    assertThatThrownBy(() -> OwnerLock.take(new Home(Path.of("/proc/pacebench-home")), self))
        .hasMessageContaining("/proc");
  }
}
