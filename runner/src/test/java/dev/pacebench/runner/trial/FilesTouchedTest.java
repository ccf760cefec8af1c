package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.sandbox.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which changes count as an agent's work. */
class FilesTouchedTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app/answer.txt",
        "/etc/nginx/nginx.conf",
        "/usr/local/bin/tool",
        "/var/www/index.html",
        "/root/notes",
        "/srv/git/hooks",
        "/library/book",
        "/home/user/.bashrc"
      })
  void workIsCounted(String path) {
    assertThat(touched(path)).containsExactly(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tmp/x",
        "/var/tmp/pacebench-agent/home/x",
        "/usr/bin/python3",
        "/usr/lib/x.so",
        "/lib64/x",
        "/var/lib/dpkg/status",
        "/var/cache/apt/x",
        "/root/.cache/pip/x",
        "/app/__pycache__/a.pyc",
        "/app/node_modules/a/b.js",
        "/app/.git/index",
        "/root/.npm/x",
        "/logs/agent/x",
        "/opt/pacebench/codex/x"
      })
  void cachesAndPackagesAreNot(String path) {
    assertThat(touched(path)).isEmpty();
  }

  @Test
  void aFolderIsNotCountedBesideItsFiles() {
    assertThat(touched("/app", "/app-two", "/app/a", "/app/b", "/app/b/c"))
        .containsExactly("/app-two", "/app/a", "/app/b/c");
  }

  @Test
  @Timeout(20)
  void manyChangesAreLookedThroughSoon() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      changes.add(new Change(Change.Kind.ADDED, "/app/deep/er/file-" + i));
    }
    assertThat(FilesTouched.touched(changes)).hasSize(200_000);
  }

  private static List<String> touched(String... paths) {
    return FilesTouched.touched(
            Stream.of(paths).map(path -> new Change(Change.Kind.ADDED, path)).toList())
        .stream()
        .map(Change::path)
        .toList();
  }
}
