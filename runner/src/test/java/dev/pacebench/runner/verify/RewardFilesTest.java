package dev.pacebench.runner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewardFilesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "1,true",
    "1.0,true",
    "' 1\n',true",
    "2.5,true",
    "0,false",
    "0.999,false",
    "-1,false"
  })
  void aNumberInRewardTxtDecides(String text, boolean solved) throws IOException {
    Files.writeString(folder.resolve("reward.txt"), text);
    assertThat(RewardFiles.read(folder).rewards().orElseThrow().solved()).isEqualTo(solved);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "yes", "NaN", "Infinity", "1 1", "1,0"})
  void whateverIsNoFiniteNumberCountsAsSilence(String text) throws IOException {
    Files.writeString(folder.resolve("reward.txt"), text);
    RewardFiles.Reading reading = RewardFiles.read(folder);
    assertThat(reading.rewards()).isEmpty();
    assertThat(reading.problem()).startsWith("reward.txt");
  }

  @Test
  void rewardTxtWinsOverRewardJson() throws IOException {
    Files.writeString(folder.resolve("reward.txt"), "0");
    Files.writeString(folder.resolve("reward.json"), "{\"reward\": 1}");
    assertThat(RewardFiles.read(folder).rewards().orElseThrow().solved()).isFalse();
  }

  @Test
  void theRewardNamedRewardDecidesAmongSeveral() throws IOException {
    Files.writeString(folder.resolve("reward.json"), "{\"style\": 0, \"reward\": 1}");
    Rewards rewards = RewardFiles.read(folder).rewards().orElseThrow();
    assertThat(rewards.solved()).isTrue();
    assertThat(rewards.values())
        .containsExactlyInAnyOrderEntriesOf(Map.of("style", 0.0, "reward", 1.0));
  }

  @Test
  void theOnlyRewardDecidesWhateverItsName() throws IOException {
    Files.writeString(folder.resolve("reward.json"), "{\"correct\": 1}");
    assertThat(RewardFiles.read(folder).rewards().orElseThrow().solved()).isTrue();
  }

  @Test
  void severalRewardsWithoutOneNamedRewardDecideNothing() throws IOException {
    Files.writeString(folder.resolve("reward.json"), "{\"a\": 1, \"b\": 1}");
    Rewards rewards = RewardFiles.read(folder).rewards().orElseThrow();
    assertThat(rewards.decisive()).isEmpty();
    assertThat(rewards.solved()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[1]",
        "{",
        "{\"reward\": \"1\"}",
        "{\"reward\": null}",
        "{}",
        "{\"reward\": {}}"
      })
  void brokenRewardJsonCountsAsSilence(String json) throws IOException {
    Files.writeString(folder.resolve("reward.json"), json);
    assertThat(RewardFiles.read(folder).rewards()).isEmpty();
  }

  @Test
  void aLinkIsNeverFollowed() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "1");
    Files.createSymbolicLink(folder.resolve("reward.txt"), elsewhere);
    assertThat(RewardFiles.read(folder).rewards()).isEmpty();
  }

  @Test
  void ctrfCountsBecomeFigures() throws IOException {
    Files.writeString(
        folder.resolve("ctrf.json"),
        "{\"results\":{\"summary\":{\"tests\":3,\"passed\":2,\"failed\":1,\"skipped\":\"x\"}}}");
    assertThat(RewardFiles.ctrfFigures(folder))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("tests", 3.0, "tests_passed", 2.0, "tests_failed", 1.0));
  }

  @Test
  void brokenCtrfIsNoFigure() throws IOException {
    Files.writeString(folder.resolve("ctrf.json"), "{\"results\":");
    assertThat(RewardFiles.ctrfFigures(folder)).isEmpty();
  }
}
