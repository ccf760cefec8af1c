package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.simulated.Turns.Assistant;
import dev.pacebench.runner.gateway.simulated.Turns.Call;
import dev.pacebench.runner.gateway.simulated.Turns.Other;
import dev.pacebench.runner.gateway.simulated.Turns.Place;
import dev.pacebench.runner.gateway.simulated.Turns.Step;
import dev.pacebench.runner.gateway.simulated.Turns.User;
import java.util.List;
import java.util.Optional;
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

  private static final Script SCRIPT =
      new Script(
          "good",
          true,
          List.of(
              new Script.Turn("", "a", List.of("ls"), 0, 1),
              new Script.Turn("", "b", List.of("ls"), 0, 1),
              new Script.Turn("", "c", List.of(), 0, 1)),
          List.of(
              new Script.Later("in red", List.of(new Script.Turn("", "d", List.of(), 0, 1))),
              new Script.Later("in blue", List.of(new Script.Turn("", "e", List.of(), 0, 1)))));

  private static Place after(Place before, Step... steps) {
    return Turns.next(before, List.of(steps), Optional.of(SCRIPT));
  }

  @Test
  void aFurtherInstructionBeginsItsOwnPart() {
    assertThat(after(Place.START, new User("Paint."))).isEqualTo(Place.START);
    assertThat(
            after(
                Place.START,
                new User("Paint."),
                new Call("call_0_0_ab"),
                new Other(),
                new Assistant(),
                new User("No, paint it in red.")))
        .isEqualTo(new Place(3, 1));
    assertThat(after(Place.START, new User("Paint it in blue."))).isEqualTo(new Place(4, 2));
  }

  @Test
  void onAConnectionThePartGoesOnWhereItWas() {
    assertThat(after(new Place(4, 1), new User("Go on."))).isEqualTo(new Place(4, 1));
    assertThat(after(new Place(1, 0), new Other(), new User("in red"))).isEqualTo(new Place(3, 1));
  }

  @Test
  void whatACommandPrintsIsNoInstruction() {
    assertThat(after(Place.START, new Call("call_0_0_ab"), new Other())).isEqualTo(new Place(1, 0));
  }
}
