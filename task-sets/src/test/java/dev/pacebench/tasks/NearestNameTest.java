package dev.pacebench.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which names are offered for a mistyped one. */
class NearestNameTest {

  private static final List<String> NAMES = List.of("timeout_sec", "user", "network_mode", "os");

  @Test
  void slipsOfTheKeyboardAreUnderstood() {
    assertThat(NearestName.of("timeuot_sec", NAMES)).containsExactly("timeout_sec");
    assertThat(NearestName.of("Timeout-Sec", NAMES)).containsExactly("timeout_sec");
    assertThat(NearestName.of("timeout", NAMES)).containsExactly("timeout_sec");
    assertThat(NearestName.of("timout", NAMES)).containsExactly("timeout_sec");
    assertThat(NearestName.of("usr", NAMES)).containsExactly("user");
  }

  @Test
  void farNamesAreNotOffered() {
    assertThat(NearestName.of("memory", NAMES)).isEmpty();
    assertThat(NearestName.of("x", List.of("abc"))).isEmpty();
  }
}
