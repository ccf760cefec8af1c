package dev.pacebench.runner.agent.install;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.agent.manifest.AgentManifest;
import dev.pacebench.runner.agent.manifest.ManifestFile;
import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.runner.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AgentInstallerTest {

  private static final String MANIFEST =
      """
      name: helper
      version: 1.2.3
      provide:
        kind: npm
        packages: [helper@1.2.3]
        program: node_modules/*/bin/helper
      speaks: {openai-chat: [sse]}
      command: run {program}
      """;

  @TempDir Path folder;
  private Home home;
  private FakeTools tools;
  private final List<String> notes = new CopyOnWriteArrayList<>();

  @BeforeEach
  void make() throws IOException {
    home = new Home(folder.resolve("home"));
    tools = new FakeTools(folder.resolve("tools")).with("npm", FakeTools.NPM);
  }

  @Test
  void installsOnceAndSaysWhatCame() throws Exception {
    Installed first = installer().ensure(manifest(MANIFEST));
    Installed second = installer().ensure(manifest(MANIFEST));

    assertThat(first).isEqualTo(second);
    assertThat(tools.calls()).isEqualTo(1);
    assertThat(notes).singleElement().asString().contains("installing agent helper 1.2.3 by npm");
    assertThat(first.program()).contains("node_modules/helper/bin/helper");
    assertThat(first.folder().orElseThrow()).startsWith(home.cache().resolve("agents"));
    assertThat(first.folder().orElseThrow().resolve(first.program().orElseThrow())).isExecutable();
    assertThat(first.packages())
        .containsExactly(new InstalledPackage("helper", "1.2.3", "sha512-x"));
    assertThat(first.digest()).hasSize(64);
  }

  @Test
  void whatIsThereNeedsNoTool() throws Exception {
    installer().ensure(manifest(MANIFEST));
    tools.with("npm", "echo called >> \"$CALLS\"; exit 1");

    assertThat(installer().isInstalled(manifest(MANIFEST))).isTrue();
    assertThat(installer().ensure(manifest(MANIFEST)).packages()).hasSize(1);
    assertThat(tools.calls()).isEqualTo(1);
  }

  @Test
  void otherPackagesAreAnotherInstallationAndOtherCommandsAreNot() throws Exception {
    AgentInstaller installer = installer();
    installer.ensure(manifest(MANIFEST));

    installer.ensure(manifest(MANIFEST.replace("run {program}", "go {program}")));
    assertThat(tools.calls()).isEqualTo(1);

    installer.ensure(manifest(MANIFEST.replace("helper@1.2.3", "helper@1.2.4")));
    assertThat(tools.calls()).isEqualTo(2);
  }

  @Test
  void whatIsBrokenIsMadeAnew() throws Exception {
    Path program = installer().ensure(manifest(MANIFEST)).folder().orElseThrow();
    Path data = program.resolve("node_modules/helper/data");
    Path mark = program.resolveSibling("installed.json");
    List<BreakIt> ways =
        List.of(
            () -> Files.writeString(data, "cut"),
            () -> Files.delete(data),
            () -> Files.writeString(data.resolveSibling("more"), "x"),
            () -> Files.delete(mark),
            () -> Files.writeString(mark, "{\"program\": "),
            () -> FileTrees.delete(program));

    int calls = 1;
    for (BreakIt way : ways) {
      way.run();
      assertThat(installer().isInstalled(manifest(MANIFEST))).isFalse();
      installer().ensure(manifest(MANIFEST));
      assertThat(tools.calls()).isEqualTo(++calls);
      assertThat(data).hasContent("data");
    }
  }

  private interface BreakIt {
    void run() throws IOException;
  }

  @Test
  void manyAtOnceInstallOnce() throws Exception {
    tools.with("npm", "sleep 0.5\n" + FakeTools.NPM);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<Installed>> all = new ArrayList<>();
      AgentInstaller shared = installer();
      AgentManifest manifest = manifest(MANIFEST);
      for (int i = 0; i < 6; i++) {
        AgentInstaller one = i % 2 == 0 ? shared : installer();
        all.add(threads.submit(() -> one.ensure(manifest)));
      }
      for (Future<Installed> one : all) {
        assertThat(one.get(60, SECONDS).packages()).hasSize(1);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(tools.calls()).isEqualTo(1);
  }

  @Test
  void aFailureSaysTheLastWordsAndLeavesNothingThatCounts() throws Exception {
    tools.with("npm", "mkdir -p node_modules/helper; echo 'npm error code E404' >&2; exit 7");

    InfrastructureError error = failure(MANIFEST);

    assertThat(error)
        .hasMessageContaining("agent helper 1.2.3 cannot be installed")
        .hasMessageContaining("npm ended with exit code 7")
        .hasMessageContaining("npm error code E404");
    assertThat(error.remedy()).contains("npm ping").contains(".log");
    assertThat(visible()).allMatch(name -> name.endsWith(".log"));
  }

  @Test
  void aMissingToolIsNamedWithItsPackage() throws Exception {
    FakeTools none = new FakeTools(folder.resolve("none")).withEnv("PATH", "/nonexistent");
    AgentInstaller installer = new AgentInstaller(home, none.env(), notes::add);

    InfrastructureError error =
        catchThrowableOfType(InfrastructureError.class, () -> installer.ensure(manifest(MANIFEST)));

    assertThat(error).hasMessageContaining("there is no npm on the PATH");
    assertThat(error.remedy()).contains("apt install npm");
  }

  @Test
  void aProgramMustFitExactlyOneFile() throws IOException {
    UserError none =
        catchThrowableOfType(
            UserError.class,
            () -> installer().ensure(manifest(MANIFEST.replace("bin/helper", "bin/other"))));
    assertThat(none).hasMessageContaining("fits no file");

    tools.with(
        "npm", FakeTools.NPM + "\ncp node_modules/helper/bin/helper node_modules/helper/bin/x");
    UserError several =
        catchThrowableOfType(
            UserError.class,
            () -> installer().ensure(manifest(MANIFEST.replace("bin/helper", "bin/*"))));
    assertThat(several).hasMessageContaining("fits several files");

    tools.with("npm", FakeTools.NPM + "\nln -sf /bin/sh node_modules/helper/bin/helper");
    UserError outside =
        catchThrowableOfType(UserError.class, () -> installer().ensure(manifest(MANIFEST)));
    assertThat(outside).hasMessageContaining("leads out of the folder");
  }

  @Test
  void commandsAfterwardsRunInTheFreshFolder() throws Exception {
    tools.with("node", "pwd >> \"$CALLS\"; cp \"$1\" node_modules/made");
    String text =
        MANIFEST.replace("packages:", "after: [[node, node_modules/helper/data]]\n  packages:");

    Path made = installer().ensure(manifest(text)).folder().orElseThrow();

    assertThat(made.resolve("node_modules/made")).hasContent("data");
    assertThat(tools.lines()).hasSize(2);
  }

  @Test
  void toolsSeeNoKeys() throws Exception {
    tools
        .withEnv("OPENAI_API_KEY", "sk-secret")
        .withEnv("NPM_TOKEN", "npm-secret")
        .withEnv("npm_config_cache", "/tmp/npm-cache")
        .withEnv("https_proxy", "http://127.0.0.1:1")
        .with("npm", "env >> \"$CALLS\"\n" + FakeTools.NPM)
        .with("node", "env | sed 's/^/after:/' >> \"$CALLS\"");

    installer().ensure(manifest(MANIFEST.replace("packages:", "after: [[node, x]]\n  packages:")));

    assertThat(tools.lines())
        .contains("npm_config_cache=/tmp/npm-cache", "https_proxy=http://127.0.0.1:1")
        .noneMatch(line -> line.contains("secret"))
        .noneMatch(line -> line.startsWith("after:npm_config") || line.contains("after:https"))
        .anyMatch(line -> line.startsWith("after:PATH="));
  }

  @Test
  void anInterruptionEndsAllThatWasStarted() throws Exception {
    tools.with(
        "npm", "setsid sleep 300 & echo $! >> \"$CALLS\"\nsleep 300 & echo $! >> \"$CALLS\"\nwait");
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                installer().ensure(manifest(MANIFEST));
                ended.complete(new AssertionError("it ended"));
              } catch (Throwable e) {
                ended.complete(e);
              }
            });
    thread.start();
    while (tools.calls() < 2) {
      Thread.onSpinWait();
    }
    List<String> started = tools.lines();
    thread.interrupt();

    assertThat(ended.get(30, SECONDS)).isInstanceOf(InterruptedException.class);
    for (String id : started) {
      assertThat(ProcessHandle.of(Long.parseLong(id.strip())).filter(HostProgram::isRunning))
          .as("process " + id)
          .isEmpty();
    }
    assertThat(visible()).allMatch(name -> name.endsWith(".log"));
  }

  @Test
  void whatTakesTooLongIsEnded() throws Exception {
    tools.with("npm", "echo fetching; exec sleep 300");
    AgentInstaller hasty =
        new AgentInstaller(home, tools.env(), notes::add, Duration.ofMillis(700));

    InfrastructureError error =
        catchThrowableOfType(InfrastructureError.class, () -> hasty.ensure(manifest(MANIFEST)));

    assertThat(error).hasMessageContaining("did not end within").hasMessageContaining("fetching");
  }

  @Test
  void leftoversOfDeadProcessesGo() throws Exception {
    Path cache = Files.createDirectories(home.cache().resolve("agents"));
    Path left = Files.createDirectories(cache.resolve(".making-old-1.0-12345678~1/program"));
    Files.writeString(left.resolve("half"), "x");
    Path busy = Files.createDirectories(cache.resolve(".making-busy-1.0-12345678~1/program"));

    Files.createDirectories(cache.resolve(".making-stray"));

    CompletableFuture<Void> held = new CompletableFuture<>();
    CompletableFuture<Void> release = new CompletableFuture<>();
    Thread other =
        new Thread(
            () -> {
              try (InstallLock lock = InstallLock.take(cache.resolve(".busy-1.0-12345678.lock"))) {
                held.complete(null);
                release.join();
              } catch (Exception e) {
                held.completeExceptionally(e);
              }
            });
    other.start();
    held.get(30, SECONDS);
    try {
      installer().ensure(manifest(MANIFEST));
    } finally {
      release.complete(null);
      other.join();
    }

    assertThat(left).doesNotExist();
    assertThat(cache.resolve(".making-stray")).doesNotExist();
    assertThat(busy).exists();
  }

  @Test
  void aFolderIsTakenAsItIs() throws Exception {
    Path mine = Files.createDirectories(folder.resolve("mine"));
    Path program = Files.writeString(mine.resolve("go"), "#!/bin/sh\n");
    String text =
        MANIFEST
            .replace("kind: npm", "kind: folder\n  folder: ../mine")
            .replaceAll("packages: .*", "")
            .replace("node_modules/*/bin/helper", "go");

    assertThat(
            catchThrowableOfType(UserError.class, () -> installer().ensure(manifest(text)))
                .remedy())
        .contains("chmod +x");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Installed installed = installer().ensure(manifest(text));
    assertThat(installed.folder()).contains(mine);
    assertThat(installed.program()).contains("go");

    Files.writeString(program, "#!/bin/sh\necho other\n");
    assertThat(installer().ensure(manifest(text)).digest()).isNotEqualTo(installed.digest());
  }

  @Test
  void whatBringsNothingNeedsNothing() throws Exception {
    String text =
        MANIFEST
            .replaceAll("(?s)provide:.*?speaks", "provide: {kind: none}\nspeaks")
            .replace("{program}", "it");

    assertThat(installer().ensure(manifest(text))).isEqualTo(Installed.nothing());
  }

  private AgentInstaller installer() {
    return new AgentInstaller(home, tools.env(), notes::add);
  }

  private InfrastructureError failure(String text) {
    return catchThrowableOfType(
        InfrastructureError.class, () -> installer().ensure(manifest(text)));
  }

  private AgentManifest manifest(String text) {
    try {
      Path agents = Files.createDirectories(folder.resolve("agents"));
      return ManifestFile.read(Files.writeString(agents.resolve("helper.yaml"), text));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<String> visible() throws IOException {
    try (Stream<Path> entries = Files.list(home.cache().resolve("agents"))) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.endsWith(".lock"))
          .toList();
    }
  }
}
