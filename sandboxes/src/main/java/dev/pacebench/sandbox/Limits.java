package dev.pacebench.sandbox;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Ceilings of one sandbox; absent means none. */
public record Limits(OptionalDouble cpus, OptionalLong memoryBytes, OptionalInt pids) {

  public static Limits none() {
    return new Limits(OptionalDouble.empty(), OptionalLong.empty(), OptionalInt.empty());
  }
}
