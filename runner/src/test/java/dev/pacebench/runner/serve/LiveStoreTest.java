package dev.pacebench.runner.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.store.Database;
import dev.pacebench.runner.store.RunStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is held no longer than somebody looks. */
class LiveStoreTest {

  @TempDir Path folder;

  @Test
  void isGivenUpWhenNobodyLooksAndTakenAgain() {
    try (ServedHome home = new ServedHome(folder, 1);
        LiveStore store = new LiveStore(() -> Database.openExisting(home.home, null))) {
      assertThat(store.read(RunStore::pulse).orElseThrow()).hasSize(1);
      store.closeIfIdle(Long.MAX_VALUE);
      assertThat(store.isOpen()).isTrue();
      store.closeIfIdle(-1);
      assertThat(store.isOpen()).isFalse();
      assertThat(store.read(RunStore::pulse).orElseThrow()).hasSize(1);
      store.close();
      assertThat(store.read(RunStore::pulse)).isEmpty();
    }
  }

  @Test
  void aFileThatNoRunUsesIsLookedIntoOnlyWhenItHasChanged() {
    try (ServedHome home = new ServedHome(folder, 1);
        LiveStore store = new LiveStore(() -> Database.openExisting(home.home, null))) {
      assertThat(store.isUnchanged()).isFalse();
      assertThat(store.read(RunStore::pulse).orElseThrow()).hasSize(1);
      assertThat(store.isUnchanged()).isFalse();
      store.giveUpFile();
      assertThat(store.isOpen()).isFalse();
      assertThat(store.isUnchanged()).isTrue();
      // Systems tell times of files in steps of some milliseconds.
      long later = System.nanoTime() + 20_000_000;
      while (System.nanoTime() < later) {
        Thread.onSpinWait();
      }
      home.finish(0);
      assertThat(store.isUnchanged()).isFalse();
    }
  }
}
