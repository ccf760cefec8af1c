package dev.pacebench.leaderboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of others are what they were when somebody looked at them. */
class VendoredTest {

  static java.util.List<String> libraries() {
    return PageResources.LIBRARIES;
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void everyLibraryIsAsItsRowSaysAndHasItsLicence(String library) throws Exception {
    String row =
        PageResources.text("VENDOR.md")
            .lines()
            .filter(line -> line.startsWith("| `" + library + "`"))
            .findFirst()
            .orElseThrow();
    try (InputStream in = VendoredTest.class.getResourceAsStream(library)) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      assertThat(row).contains("`" + HexFormat.of().formatHex(hash) + "`");
    }
    String licence = library.substring(0, library.lastIndexOf('/')) + "/LICENSE";
    assertThat(PageResources.text(licence)).contains("Permission to use, copy, modify");
    // What is put into the page is what was hashed.
    assertThat(PageResources.inScript(PageResources.text(library)))
        .isEqualTo(PageResources.text(library));
  }
}
