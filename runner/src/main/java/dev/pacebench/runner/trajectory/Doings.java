package dev.pacebench.runner.trajectory;

/**
 * What a trajectory comes to in numbers.
 *
 * @param modelled whether a model was asked at all
 * @param turns answers of the model in the main conversation
 * @param commands tool calls of it that named a command
 * @param ranTests whether one of them looks like running tests
 * @param notes how many notes say that something is missing
 */
public record Doings(boolean modelled, int turns, int commands, boolean ranTests, int notes) {}
