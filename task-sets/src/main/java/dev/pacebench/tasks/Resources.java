package dev.pacebench.tasks;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a task asks of the machine; absent where the task leaves it to the runner.
 *
 * @param cpus processors
 * @param memoryBytes memory
 * @param storageBytes disk; recorded, not enforced by every sandbox
 * @param gpus graphics processors
 */
public record Resources(
    OptionalDouble cpus, OptionalLong memoryBytes, OptionalLong storageBytes, OptionalInt gpus) {}
