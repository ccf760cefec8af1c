package dev.pacebench.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests for {@link SandboxSpec}. */
class SandboxSpecTest {

  private static final PreparedImage IMAGE =
      new PreparedImage(
          "id",
          "ref",
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          new ImageSource.Named("ref", Duration.ZERO),
          false);

  @Test
  void whatIsNotSaidIsTheLeastThatASandboxCanHave() {
    SandboxSpec spec = SandboxSpec.builder("a", "run", IMAGE, Duration.ofSeconds(1)).build();
    assertThat(spec.network()).isEqualTo(NetworkMode.RELAY_ONLY);
    assertThat(spec.noNewPrivileges()).isTrue();
    assertThat(spec.relay()).isEmpty();
    assertThat(spec.mounts()).isEmpty();
    assertThat(spec.services()).isEqualTo(ServiceSpecs.NONE);
  }

  @Test
  void anotherOneLikeItHasAllThatItHas() {
    SandboxSpec spec =
        new SandboxSpec(
            "a",
            "run",
            IMAGE,
            new Limits(OptionalDouble.of(1), OptionalLong.of(2), OptionalInt.of(3)),
            NetworkMode.PUBLIC,
            Optional.of(new RelaySpec(Path.of("/s"), 61001)),
            Map.of("K", "v"),
            Optional.of("/work"),
            Optional.of("user"),
            false,
            Duration.ofSeconds(1),
            List.of(new Mount(Path.of("/from"), "/to")),
            new ServiceSpecs(List.of(), List.of(), List.of("main"), Set.of("80")));
    assertThat(spec.toBuilder().build()).isEqualTo(spec);
  }

  @Test
  void aNameThatIsNoNameOfAContainerIsRefused() {
    SandboxSpec.Builder builder = SandboxSpec.builder("a b", "run", IMAGE, Duration.ZERO);
    assertThatThrownBy(builder::build).hasMessageContaining("a b");
  }
}
