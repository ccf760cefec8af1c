package dev.pacebench.sandbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsideTest {

  private static final Path SOURCES = Path.of("src/main/native");

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"x86_64", "aarch64"})
  void theBinariesAreBuiltFromTheseSources(String arch) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String file : List.of("cage.h", "child.h", "dispatch.h", "inside.c", "relay.h", "sys.h")) {
      digest.update(Files.readAllBytes(SOURCES.resolve(file)));
    }
    String recorded;
    try (var in =
        Inside.class.getResourceAsStream(
            "/dev/pacebench/sandbox/inside/inside-" + arch + ".source-sha256")) {
      recorded = new String(in.readAllBytes()).strip();
    }
    assertThat(recorded)
        .as("run src/main/native/build.sh")
        .isEqualTo(HexFormat.of().formatHex(digest.digest()));
    assertThat(Inside.bytes(arch)).startsWith(0x7f, 'E', 'L', 'F');
  }

  @Test
  void aFreshBuildStaysAliveForItsSecondsAndEndsByItself() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/gcc"))
            && Files.isDirectory(Path.of("/usr/include/asm-generic")));
    Path built = temp.resolve("inside");
    Process build =
        new ProcessBuilder(SOURCES.resolve("build.sh").toAbsolutePath().toString(), "" + built)
            .inheritIO()
            .start();
    assertThat(build.waitFor()).isZero();
    long start = System.nanoTime();
    assertThat(new ProcessBuilder("" + built, "init", "1").start().waitFor()).isZero();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
  }

  @Test
  void theHostCopyIsExecutableAndReused() throws Exception {
    Path first = Inside.onHost(temp);
    var time = Files.getLastModifiedTime(first);
    assertThat(Inside.onHost(temp)).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(time);
    Files.write(first, new byte[] {1});
    assertThat(Files.readAllBytes(Inside.onHost(temp)))
        .isEqualTo(Inside.bytes(Inside.hostArchitecture()));
    assertThat(Files.isExecutable(first)).isTrue();
  }

  @Test
  void architecturesHaveManyNames() {
    assertThat(Inside.architecture("amd64")).isEqualTo("x86_64");
    assertThat(Inside.architecture("arm64")).isEqualTo("aarch64");
    assertThat(Inside.exists("s390x")).isFalse();
  }
}
