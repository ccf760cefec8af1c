package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.runner.gateway.simulated.Script.Turn;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link ScriptChoice}. */
class ScriptsChoiceTest {

  private static final int DRAWS = 20_000;

  @ParameterizedTest
  @CsvSource({
    "easy, 0.64, 0.8",
    "Easy, 0.25, 0.5",
    "medium, 0.6, 0.6",
    "unheard of, 0.6, 0.6",
    "hard, 0.6, 0.36",
    "hard, 0.9, 0.81",
  })
  void theShareOfGoodPathsIsTheSkillToThePowerOfTheWeight(
      String difficulty, double skill, double chance, @TempDir Path parent) throws IOException {
    Scripts scripts =
        new ScriptsFolder(parent)
            .difficulty(difficulty)
            .script("g.yaml", ScriptsFolder.GOOD)
            .script("w.yaml", ScriptsFolder.WRONG)
            .read();

    long good =
        LongStream.range(0, DRAWS)
            .filter(seed -> ScriptChoice.of(scripts, skill, seed, "c", 1).script().good())
            .count();

    // Four standard deviations of a share over this many draws.
    double most = 4 * Math.sqrt(chance * (1 - chance) / DRAWS);
    assertThat(good / (double) DRAWS).isCloseTo(chance, within(most));
    assertThat(ScriptChoice.of(scripts, skill, 1, "c", 1).chance())
        .isCloseTo(chance, within(1e-12));
  }

  @Test
  void noSkillNeverAndFullSkillAlwaysTakesTheGoodPath() {
    for (double weight : new double[] {0.5, 1, 2}) {
      for (long seed = 0; seed < 2_000; seed++) {
        assertThat(ScriptChoice.of(scripts("t", weight), 0, seed, "c", 1).script().good())
            .isFalse();
        assertThat(ScriptChoice.of(scripts("t", weight), 1, seed, "c", 1).script().good()).isTrue();
      }
    }
  }

  @Test
  void theScriptsOfOnePathAreTakenEquallyOften() {
    Map<String, Long> counts =
        LongStream.range(0, DRAWS)
            .mapToObj(seed -> ScriptChoice.of(scripts("t", 1), 0.5, seed, "c", 1).script().name())
            .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

    double most = 4 * Math.sqrt(0.25 * 0.75 * DRAWS);
    assertThat(counts.get("g"))
        .isCloseTo(DRAWS / 2, within(Math.round(4 * Math.sqrt(0.25 * DRAWS))));
    assertThat(counts.get("w1")).isCloseTo(DRAWS / 4, within(Math.round(most)));
    assertThat(counts.get("w2")).isCloseTo(DRAWS / 4, within(Math.round(most)));
  }

  @Test
  void theSameTrialAlwaysPlaysTheSame() {
    // Computed by a second implementation in Python (hashlib, struct). A change of the draw would
    // change what every recorded seed stands for.
    List<String> names =
        IntStream.rangeClosed(1, 8)
            .mapToObj(i -> ScriptChoice.of(scripts("t", 1), 0.5, 7, "c", i).script().name())
            .toList();

    assertThat(names).containsExactly("w2", "g", "g", "g", "g", "w1", "g", "g");
    assertThat(ScriptChoice.of(scripts("t", 1), 0.5, 7, "c", 1).seed(1))
        .isEqualTo(2678208635336121116L);
  }

  @Test
  void eachPartOfATrialChangesItsSeed() {
    Set<Long> seeds = new HashSet<>();
    seeds.add(seed("t", 1, "c", 1, 1));
    seeds.add(seed("u", 1, "c", 1, 1));
    seeds.add(seed("t", 2, "c", 1, 1));
    seeds.add(seed("t", 1, "d", 1, 1));
    seeds.add(seed("t", 1, "c", 2, 1));
    seeds.add(seed("t", 1, "c", 1, 2));
    // Parts that look alike when they are run together.
    seeds.add(seed("tc", 1, "", 1, 1));
    seeds.add(seed("", 1, "tc", 1, 1));

    assertThat(seeds).hasSize(8);
  }

  @Test
  void contendersDrawIndependentlyOfEachOther() {
    long both =
        LongStream.range(0, DRAWS)
            .filter(seed -> ScriptChoice.of(scripts("t", 1), 0.5, seed, "c", 1).script().good())
            .filter(seed -> ScriptChoice.of(scripts("t", 1), 0.5, seed, "d", 1).script().good())
            .count();

    assertThat(both / (double) DRAWS).isCloseTo(0.25, within(4 * Math.sqrt(0.25 * 0.75 / DRAWS)));
  }

  @Test
  void aFurtherTryPlaysTheSameScriptWithAnotherSeed() {
    ScriptChoice choice = ScriptChoice.of(scripts("t", 1), 0.5, 3, "c", 1);
    SimulatedTier tier =
        new SimulatedTier(
            Duration.ofMillis(1),
            1000,
            1,
            0,
            Duration.ZERO,
            Duration.ZERO,
            0,
            0.5,
            SimulatedTier.Faults.NONE);

    assertThat(choice.play(tier, 1).script()).isEqualTo(choice.play(tier, 2).script());
    assertThat(choice.play(tier, 1).seed()).isEqualTo(choice.seed(1));
    assertThat(choice.play(tier, 1).seed()).isNotEqualTo(choice.play(tier, 2).seed());
  }

  @Test
  void aSkillIsAShare() {
    for (double skill : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> ScriptChoice.of(scripts("t", 1), skill, 1, "c", 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static long seed(String task, long runSeed, String contender, int attempt, int tries) {
    return ScriptChoice.of(scripts(task, 1), 0.5, runSeed, contender, attempt).seed(tries);
  }

  private static Scripts scripts(String task, double weight) {
    List<Turn> turns = List.of(new Turn("", "Done.", List.of(), 0, 2));
    return new Scripts(
        task,
        weight,
        "scripts",
        List.of(new Script("g", true, turns)),
        List.of(new Script("w1", false, turns), new Script("w2", false, turns)));
  }
}
