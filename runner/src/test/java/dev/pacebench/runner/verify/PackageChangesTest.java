package dev.pacebench.runner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageChangesTest {

  private static final String SUM = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  private Path dpkg(String name, String status) throws IOException {
    Path dpkg = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(dpkg.resolve("info"));
    Files.writeString(dpkg.resolve("status"), status);
    return dpkg;
  }

  private static String entry(String name, String version) {
    return "Package: " + name + "\nStatus: install ok installed\nVersion: " + version + "\n\n";
  }

  @Test
  void aNewlyInstalledPackageExplainsItsFiles() throws IOException {
    Path before = dpkg("before", entry("dash", "1"));
    Path after = dpkg("after", entry("dash", "1") + entry("gawk", "5"));
    Files.writeString(after.resolve("info/gawk.md5sums"), SUM + "  usr/bin/gawk\n");
    PackageChanges changes = PackageChanges.between(before, after);
    assertThat(changes.explains("/usr/bin/gawk", SUM)).isTrue();
    assertThat(changes.explains("/bin/gawk", SUM)).as("merged /usr").isTrue();
    assertThat(changes.explains("/usr/bin/gawk", SUM.replace('0', '1'))).isFalse();
  }

  @Test
  void editedChecksumsOfAnUnchangedPackageExplainNothing() throws IOException {
    Path before = dpkg("before", entry("bash", "5.2"));
    Path after = dpkg("after", entry("bash", "5.2"));
    Files.writeString(after.resolve("info/bash.md5sums"), SUM + "  bin/bash\n");
    assertThat(PackageChanges.between(before, after).explains("/bin/bash", SUM)).isFalse();
  }

  @Test
  void aForeignArchitectureSuffixIsPartOfTheFileNameOnly() throws IOException {
    Path before = dpkg("before", "");
    Path after = dpkg("after", entry("libc6", "2.37"));
    Files.writeString(
        after.resolve("info/libc6:amd64.md5sums"), SUM + "  lib/x86_64-linux-gnu/libc.so.6\n");
    assertThat(
            PackageChanges.between(before, after)
                .explains("/usr/lib/x86_64-linux-gnu/libc.so.6", SUM))
        .isTrue();
  }

  @Test
  void aStatusFileThatIsALinkIsNotRead() throws IOException {
    Path before = dpkg("before", "");
    Path after = dpkg("after", "");
    Files.delete(after.resolve("status"));
    Path real = Files.writeString(folder.resolve("real"), entry("x", "1"));
    Files.createSymbolicLink(after.resolve("status"), real);
    Files.writeString(after.resolve("info/x.md5sums"), SUM + "  bin/x\n");
    assertThat(PackageChanges.between(before, after).isEmpty()).isTrue();
  }
}
