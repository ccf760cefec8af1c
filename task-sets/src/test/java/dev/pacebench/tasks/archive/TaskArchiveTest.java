package dev.pacebench.tasks.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.tasks.TaskException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Good archives are unpacked whole; hostile ones are refused and leave nothing. */
class TaskArchiveTest {

  private static final ArchiveLimits SMALL = new ArchiveLimits(20, 1_000_000, 10, 10_000);

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"set.zip", "set.tar", "set.tar.gz", "set.TGZ"})
  void filesFoldersLinksAndTheRightToExecuteAreKept(String name) throws IOException {
    Path archive =
        pack(
            name,
            pack ->
                pack.file("./set/a/test.sh", "run", 0755)
                    .file("set/a/data", "x".repeat(5000), 0600)
                    .folder("set/empty/")
                    .link("set/link", "a/data"));

    TaskArchive.unpack(archive, temp.resolve("out"));

    Path set = temp.resolve("out/set");
    assertThat(set.resolve("a/test.sh")).hasContent("run").isExecutable();
    assertThat(set.resolve("a/data")).hasSize(5000);
    assertThat(Files.isExecutable(set.resolve("a/data"))).isFalse();
    assertThat(set.resolve("empty")).isEmptyDirectory();
    assertThat(Files.readSymbolicLink(set.resolve("link"))).hasToString("a/data");
    assertThat(leftovers()).containsExactlyInAnyOrder("out", name);
  }

  static Stream<Arguments> hostileEntries() {
    return Stream.of(
        bad("absolute path", p -> p.file("/etc/cron.d/x", "x"), "/etc/cron.d/x", "absolute path"),
        bad("drive", p -> p.file("C:/x", "x"), "C:/x", "absolute path"),
        bad("climbing", p -> p.file("a/../../x", "x"), "a/../../x", "climbs out"),
        bad("climbing folder", p -> p.folder("../x/"), "../x/", "climbs out"),
        bad("line break", p -> p.file("a\nb", "x"), "a\\x0ab", "control characters"),
        bad("same name", p -> p.file("a", "1").file("a", "2"), "a", "entry before it"),
        bad(
            "same name spelled otherwise",
            p -> p.file("a/b", "1").file("a/.//b", "2"),
            "a/.//b",
            "entry before it"),
        bad("trailing dot", p -> p.file("a", "1").file("a.", "2"), "a.", "entry before it"),
        bad(
            "trailing blank and dots",
            p -> p.file("d/a", "1").file("d. ./a", "2"),
            "d. ./a",
            "entry before it"),
        bad("file below a file", p -> p.file("a", "1").file("a/b", "2"), "a/b", "no folder"),
        bad("folder over a file", p -> p.file("a", "1").folder("a/"), "a/", "entry before it"),
        bad(
            "file through a link",
            p -> p.folder("real/").link("a", "real").file("a/b", "x"),
            "a/b",
            "no folder"),
        bad("link over a folder", p -> p.file("a/b", "1").link("a", "c"), "a", "entry before it"),
        bad("link to the host", p -> p.link("a", "/etc/passwd"), "a", "leads out"),
        bad("link that climbs", p -> p.link("d/a", "../../x"), "d/a", "leads out"),
        bad(
            "links that climb together",
            p ->
                p.folder("e/")
                    .folder("d/d/d/")
                    .link("d/d/d/in", "../../../e")
                    .link("d/d/d/out", "in/../../x"),
            "d/d/d/out",
            "leads out"),
        bad("link in a circle", p -> p.link("a", "b").link("b", "a"), "a", "in a circle"),
        bad("link to nowhere at all", p -> p.link("a", ""), "a", "leads out"),
        bad(
            "many entries",
            p -> {
              for (int i = 0; i < 21; i++) {
                p.file("f" + i, "");
              }
            },
            "f20",
            "20 entries"),
        bad("much data", p -> p.noise("a", 1_000_001), "a", "more than is sane"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileEntries")
  void hostileTarIsRefused(String name, Consumer<Pack> entries, String entry, String reason) {
    assertRefused(pack("set.tar", entries), entry, reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileEntries")
  void hostileZipIsRefused(String name, Consumer<Pack> entries, String entry, String reason) {
    assertRefused(pack("set.zip", entries), entry, reason);
  }

  @Test
  void backslashesAreRefused() {
    assertRefused(pack("set.tar", p -> p.file("..\\x", "x")), "..\\x", "backslashes");
    // The library turns them into slashes here, as the format asks.
    assertRefused(pack("set.zip", p -> p.file("..\\x", "x")), "../x", "climbs out");
  }

  @Test
  void pipesDevicesAndHardLinksAreRefused() {
    assertRefused(pack("pipe.tar", p -> p.file("a", "1").special("b", '6')), "b", "device or pipe");
    assertRefused(pack("disk.tar", p -> p.special("sda", '4')), "sda", "device or pipe");
    assertRefused(pack("console.tar", p -> p.special("tty", '3')), "tty", "device or pipe");
    assertRefused(pack("hard.tar", p -> p.special("b", '1')), "b", "hard link");
    assertRefused(pack("pipe.zip", p -> p.special("b", '6')), "b", "device or pipe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bomb.zip", "bomb.tar.gz"})
  void archiveThatGrowsFarBeyondItsSizeIsRefused(String name) {
    assertRefused(
        pack(name, p -> p.file("zeros", "0".repeat(900_000))), "zeros", "more than is sane");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.zip", "x.tar.gz", "x.tar"})
  void fileThatIsNoArchiveIsRefused(String name) throws IOException {
    Path archive = Files.writeString(temp.resolve(name), "this is not an archive".repeat(100));

    assertThatThrownBy(() -> TaskArchive.unpack(archive, temp.resolve("out")))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining(name + ": cannot be unpacked");
    assertThat(leftovers()).containsExactly(name);
  }

  @Test
  void truncatedArchiveIsRefused() throws IOException {
    Path archive = pack("set.tar.gz", p -> p.noise("a", 50_000));
    byte[] bytes = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> TaskArchive.unpack(archive, temp.resolve("out")))
        .hasMessageContaining("cannot be unpacked");
    assertThat(leftovers()).containsExactly("set.tar.gz");
  }

  private void assertRefused(Path archive, String entry, String reason) {
    assertThatThrownBy(() -> TaskArchive.unpack(archive, temp.resolve("out"), SMALL))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining(archive.getFileName() + ": the entry \"" + entry + "\" ")
        .hasMessageContaining(reason);
    assertThat(leftovers())
        .doesNotContain("out")
        .allMatch(name -> name.matches("\\w+\\.(zip|tar|tar\\.gz)"));
  }

  private Path pack(String name, Consumer<Pack> entries) {
    Pack pack = Pack.forName(name);
    entries.accept(pack);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      pack.writeTo(bytes);
      return Files.write(temp.resolve(name), bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<String> leftovers() {
    try (Stream<Path> files = Files.list(temp)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Arguments bad(String name, Consumer<Pack> entries, String entry, String reason) {
    return Arguments.of(name, entries, entry, reason);
  }
}
