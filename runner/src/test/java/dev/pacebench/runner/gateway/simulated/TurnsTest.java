package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.simulated.Turns.Assistant;
import dev.pacebench.runner.gateway.simulated.Turns.Call;
import dev.pacebench.runner.gateway.simulated.Turns.Other;
import dev.pacebench.runner.gateway.simulated.Turns.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests for {@link Turns}. */
class TurnsTest {

  private static int next(Step... steps) {
    return Turns.next(0, List.of(steps));
  }

  @Test
  void aConversationStartsWithTheFirstTurn() {
    assertThat(next()).isZero();
    assertThat(next(new Other(), new Other())).isZero();
  }

  @Test
  void theTurnAfterACallIsTheOneAfterWhatItsIdSays() {
    assertThat(next(new Other(), new Assistant(), new Call("call_0_0_ab"), new Other()))
        .isEqualTo(1);
    assertThat(next(new Other(), new Call("toolu_3_1_ab"), new Other())).isEqualTo(4);
  }

  @Test
  void parallelCallsAreOneTurnHoweverTheirOutputsAreOrdered() {
    assertThat(
            next(
                new Other(),
                new Call("call_2_0_ab"),
                new Other(),
                new Call("call_2_1_cd"),
                new Other()))
        .isEqualTo(3);
  }

  @Test
  void idsSurviveWhenOlderTurnsAreDropped() {
    assertThat(
            next(new Other(), new Call("call_5_0_ab"), new Other(), new Assistant(), new Other()))
        .isEqualTo(7);
  }

  @Test
  void turnsAreCountedWhereIdsSayNothing() {
    assertThat(
            next(
                new Other(),
                new Assistant(),
                new Call("chatcmpl-tool-9f"),
                new Other(),
                new Call("x"),
                new Call("y"),
                new Other()))
        .isEqualTo(2);
  }

  @Test
  void textAloneIsATurn() {
    assertThat(next(new Other(), new Assistant(), new Other(), new Assistant(), new Other()))
        .isEqualTo(2);
  }

  @Test
  void whatGoesOnFromAResponseStartsWithItsTurn() {
    assertThat(Turns.next(3, List.of(new Other(), new Other()))).isEqualTo(3);
  }

  @Test
  void anAbsurdIdIsNoTurn() {
    assertThat(next(new Call("call_999999999999_0_ab"), new Other())).isEqualTo(1);
  }
}
