package dev.pacebench.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.Refusal;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("docker")
class DockerImagesTest extends DockerFixture {

  @TempDir Path folder;

  @Test
  void manyThreadsBuildOnceAndALaterProviderFindsIt() throws Exception {
    ImageSource source =
        dockerfile(
            folder,
            "FROM "
                + BASE
                + "\nENV ONE=1 TWO=\"a b\"\nWORKDIR /made\nUSER 1000\nCOPY f .\nRUN sleep 1"
                + " # UNIQUE\n",
            "f");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<PreparedImage>> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waiting.add(threads.submit(() -> provider.prepare(source)));
    }
    List<PreparedImage> images = new ArrayList<>();
    for (Future<PreparedImage> each : waiting) {
      images.add(each.get());
    }
    threads.shutdown();
    PreparedImage first = images.get(0);
    try {
      assertThat(images).filteredOn(PreparedImage::built).hasSize(1);
      assertThat(images).extracting(PreparedImage::id).containsOnly(first.id());
      assertThat(first.env()).containsEntry("ONE", "1").containsEntry("TWO", "a b");
      assertThat(first.workdir()).contains("/made");
      assertThat(first.user()).contains("1000");
      try (DockerSandboxProvider later = provider(DockerOptions.usual())) {
        PreparedImage found = later.prepare(source);
        assertThat(found.built()).isFalse();
        assertThat(found.id()).isEqualTo(first.id());
        try (Sandbox sandbox = later.open(spec(found))) {
          assertThat(out(sandbox, "pwd; id -u; cat f; echo $TWO; echo $HOME"))
              .isEqualTo("/made\n1000\ncontent\na b\n/\n");
        }
      }
      Files.writeString(folder.resolve("f"), "changed\n");
      PreparedImage changed = provider.prepare(source);
      assertThat(changed.built()).isTrue();
      docker.removeImageCmd(changed.id()).withForce(true).exec();
    } finally {
      docker.removeImageCmd(first.id()).withForce(true).exec();
    }
  }

  @Test
  void aFailingBuildSaysWhereAndWhatAndIsTriedAgain() throws Exception {
    ImageSource source =
        dockerfile(
            folder, "FROM " + BASE + "\nRUN echo telltale-output UNIQUE && exit 7\nRUN never\n");
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> provider.prepare(source))
          .withMessageContaining(folder.resolve("Dockerfile").toString())
          .withMessageContaining("at Step 2/")
          .withMessageContaining("telltale-output")
          .withMessageContaining("code: 7")
          .matches(e -> e.kind() == Kind.BAD_REQUEST);
    }
  }

  @Test
  void aBuildBeyondItsLimitEnds() throws Exception {
    ImageSource.Dockerfile source =
        dockerfile(folder, "FROM " + BASE + "\nRUN sleep 100 # UNIQUE\n");
    ImageSource limited =
        new ImageSource.Dockerfile(
            source.context(), source.dockerfile(), Duration.ofSeconds(5), List.of());
    long start = System.nanoTime();
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> provider.prepare(limited))
        .withMessageContaining("longer than 5 s")
        .withMessageContaining("sleep 100");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(90));
  }

  @Test
  void theBundledStarterAndWhatIsHerePassTheCheck() throws Exception {
    assertThat(provider.check(dockerfile(folder, "FROM pacebench/starter\nRUN true\n"))).isEmpty();
    assertThat(provider.check(new ImageSource.Named("pacebench/starter", BUILD))).isEmpty();
    assertThat(provider.check(dockerfile(folder, "FROM pacebench/starter-node\n"))).isEmpty();
    assertThat(provider.check(new ImageSource.Named("pacebench/starter-jvm", BUILD))).isEmpty();
    assertThat(provider.check(new ImageSource.Named(BASE, BUILD))).isEmpty();
  }

  @Test
  void anImageThatCannotBeHadIsRefusedWithItsLine() throws Exception {
    String missing = "localhost:1/none/such:1";
    Optional<Refusal> named = provider.check(new ImageSource.Named(missing, BUILD));
    assertThat(named).isPresent();
    assertThat(named.get().where()).isEqualTo(missing);
    Optional<Refusal> from =
        provider.check(dockerfile(folder, "# two\nFROM " + missing + "\nRUN true\n"));
    assertThat(from).isPresent();
    assertThat(from.get().where()).isEqualTo(folder.resolve("Dockerfile") + ":2");
    assertThat(from.get().what()).contains(missing);
    assertThat(from.get().remedy()).isNotBlank();
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> provider.prepare(new ImageSource.Named(missing, BUILD)))
        .withMessageContaining(missing);
  }

  @Test
  void aNameThatNoImageCanHaveIsRefused() {
    assertThat(provider.check(new ImageSource.Named("Not an image", BUILD)))
        .get()
        .matches(refusal -> refusal.kind() == Kind.BAD_REQUEST);
  }

  @Test
  void whatNeedsTheNewerBuilderIsBuiltOrRefusedWithItsLine() throws Exception {
    ImageSource source = dockerfile(folder, "FROM " + BASE + "\nRUN <<EOF\ntrue # UNIQUE\nEOF\n");
    Optional<Refusal> refusal = provider.check(source);
    if (new Buildx(Optional.empty()).isPresent()) {
      assertThat(refusal).isEmpty();
      assertThat(provider.prepare(source).built()).isTrue();
    } else {
      assertThat(refusal.orElseThrow().where()).endsWith("Dockerfile:2");
      assertThat(refusal.orElseThrow().remedy()).contains("buildx");
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> provider.prepare(source))
          .withMessageContaining("Dockerfile:2");
    }
  }

  private static ImageSource.Dockerfile dockerfile(Path folder, String text, String file)
      throws Exception {
    Files.writeString(folder.resolve(file), "content\n");
    return dockerfile(folder, text);
  }
}
