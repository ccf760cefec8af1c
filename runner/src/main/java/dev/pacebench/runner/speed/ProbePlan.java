package dev.pacebench.runner.speed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which conversations are held with which tier in which order.
 *
 * <p>A conversation has two calls: a prompt that no cache knows, and a short one that goes on from
 * it, as an agent's turns do. Each round holds one conversation of every size with every tier;
 * tiers take turns within each size, forwards and backwards (A B B A), so that a slow minute hits
 * all alike.
 *
 * @param tiers number of tiers
 * @param rounds how often every size is held
 * @param prompts sizes of prompts, in tokens
 * @param answers most tokens of answers
 * @param seed decides the order of sizes
 */
public record ProbePlan(
    int tiers, int rounds, List<Integer> prompts, List<Integer> answers, long seed) {

  public static final List<Integer> PROMPTS = List.of(200, 2000, 8000);
  public static final List<Integer> ANSWERS = List.of(16, 64, 256);

  /** Conversations before the first round that are not counted. */
  static final int WARM_UPS = 2;

  /** Tokens of the call that goes on, roughly. */
  static final int GO_ON = 30;

  /**
   * A conversation.
   *
   * @param tier place of its tier
   * @param round from 1; 0 for what is not counted
   * @param prompt tokens of its first prompt
   * @param answer most tokens of each answer
   */
  record Step(int tier, int round, int prompt, int answer) {}

  public ProbePlan {
    prompts = List.copyOf(prompts);
    answers = List.copyOf(answers);
    if (tiers < 1 || rounds < 1 || prompts.isEmpty() || answers.isEmpty()) {
      throw new IllegalArgumentException("a plan needs tiers, rounds, prompts and answers");
    }
  }

  /** All conversations in their order. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < WARM_UPS; i++) {
      for (int tier = 0; tier < tiers; tier++) {
        steps.add(new Step(tier, 0, Collections.min(prompts), Collections.min(answers)));
      }
    }
    Random random = new Random(seed);
    boolean forwards = true;
    for (int round = 1; round <= rounds; round++) {
      List<int[]> sizes = new ArrayList<>();
      prompts.forEach(prompt -> answers.forEach(answer -> sizes.add(new int[] {prompt, answer})));
      Collections.shuffle(sizes, random);
      for (int[] size : sizes) {
        for (int i = 0; i < tiers; i++) {
          steps.add(new Step(forwards ? i : tiers - 1 - i, round, size[0], size[1]));
        }
        forwards = !forwards;
      }
    }
    return steps;
  }

  /** Roughly the input tokens that one tier is sent, with those that a cache may know. */
  public long inputTokens() {
    return steps().stream()
        .filter(step -> step.tier() == 0)
        .mapToLong(step -> 2L * step.prompt() + step.answer() + GO_ON)
        .sum();
  }

  /** At most the output tokens that one tier is asked for. */
  public long outputTokens() {
    return steps().stream()
        .filter(step -> step.tier() == 0)
        .mapToLong(step -> 2L * step.answer())
        .sum();
  }
}
