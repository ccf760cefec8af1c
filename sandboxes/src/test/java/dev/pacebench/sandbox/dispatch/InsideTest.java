package dev.pacebench.sandbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
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
    for (String file :
        List.of("cage.h", "child.h", "dispatch.h", "inside.c", "relay.h", "service.h", "sys.h")) {
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
  void aServiceEndsAsItsProgramDoesOrAfterItsSeconds() throws Exception {
    assertThat(service("5", "sh", "-c", "exit 3")).isEqualTo(3);
    assertThat(service("5", "sh", "-c", "kill -9 $$")).isEqualTo(128 + 9);
    assertThat(service("5", "no-such-program")).isEqualTo(127);
    assertThat(service("5", "/")).isEqualTo(126);
    long start = System.nanoTime();
    assertThat(service("1", "sleep", "60")).isZero();
    assertThat(System.nanoTime() - start).isBetween(1_000_000_000L, 30_000_000_000L);
  }

  @Test
  void aServiceHandsSignalsOn() throws Exception {
    Process service =
        new ProcessBuilder(
                "" + Inside.onHost(temp),
                "service",
                "60",
                "sh",
                "-c",
                "trap 'exit 7' TERM; echo ready; while :; do sleep 0.01; done")
            .start();
    assertThat(service.inputReader().readLine()).isEqualTo("ready");
    service.destroy();
    assertThat(service.waitFor()).isEqualTo(7);
  }

  private int service(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("" + Inside.onHost(temp), "service"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start().waitFor();
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
