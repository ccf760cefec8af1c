package dev.pacebench.runner.speed;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.Provider;
import dev.pacebench.runner.lineup.ServedModel;
import dev.pacebench.runner.lineup.ServingTier;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Calls made up from a tier whose truth is known. */
record Made(double accepted, double first, double perInput, double perOutput, double noise) {

  static final long START = 5_000_000_000L;

  /** Samples of a plan of rounds; one call in {@code failing} fails. */
  List<Sample> samples(int tier, int rounds, int failing, long seed) {
    Random random = new Random(seed);
    List<Sample> samples = new ArrayList<>();
    int conversation = 0;
    for (int round = 1; round <= rounds; round++) {
      for (int prompt : ProbePlan.PROMPTS) {
        for (int answer : ProbePlan.ANSWERS) {
          conversation++;
          ProbePlan.Step step = new ProbePlan.Step(tier, round, prompt, answer);
          for (int turn = 0; turn < 2; turn++) {
            CallRecord call = call(turn == 0 ? prompt : 40, answer, random);
            boolean fails = failing > 0 && random.nextInt(failing) == 0;
            samples.add(new Sample(step, conversation, fails ? failed(call) : call, false));
          }
        }
      }
    }
    return samples;
  }

  CallRecord call(long fresh, long output, Random random) {
    double stretch = 1 + noise * (2 * random.nextDouble() - 1);
    long accept = START + nanos(accepted * stretch);
    long one = accept + nanos((first + perInput * fresh) * stretch);
    long last = one + nanos(perOutput * (output - 1));
    return record(
        new CallTimes(
            START - 40_000_000,
            START - 40_000_000,
            START - 40_000_000,
            START - 10_000_000,
            START,
            START + 1,
            accept,
            one,
            one,
            last,
            last,
            last),
        CallEnd.COMPLETED,
        200,
        new CallUsage(fresh + 1000, 1000, 0, output, 0));
  }

  static CallRecord failed(CallRecord call) {
    return record(call.times(), CallEnd.REFUSED, 429, null);
  }

  static CallRecord record(CallTimes times, CallEnd end, int status, CallUsage usage) {
    return new CallRecord(
        1,
        1,
        Protocol.OPENAI_RESPONSES,
        Transport.SSE,
        1,
        false,
        Asked.unknown(),
        new Answer(
            status, end, null, null, null, null, "m", null, null, null, null, null, Map.of(), usage,
            1, 1, "text", 0),
        times,
        1,
        1);
  }

  private static long nanos(double seconds) {
    return (long) (seconds * 1e9);
  }

  static ProbedTier tier(String name) {
    Provider provider = new Provider("p", "simulated", "", Optional.empty(), Map.of(), Map.of());
    SimulatedTier simulated =
        new SimulatedTier(
            Duration.ofMillis(1),
            100,
            1,
            0,
            Duration.ZERO,
            Duration.ZERO,
            0,
            0.5,
            SimulatedTier.Faults.NONE);
    ServedModel model =
        new ServedModel(
            "m", "id", provider, Optional.empty(), Optional.of(simulated), Optional.empty());
    Contender contender =
        new Contender(
            name,
            "loop",
            "1",
            Optional.of("m"),
            Map.of(),
            Map.of(),
            ContenderLimits.none(),
            true,
            "d");
    return new ProbedTier(name, List.of(name), contender, model, ServingTier.of(contender, model));
  }
}
