package dev.pacebench.runner.check;

/**
 * How a check is made.
 *
 * @param times how often the reference solution and doing nothing are tried; 0 for neither
 * @param slots trials at a time
 * @param fix whether what was found out is written into the tasks
 */
public record CheckSettings(int times, int slots, boolean fix) {

  public CheckSettings {
    if (times < 0 || slots < 1) {
      throw new IllegalArgumentException("times count from 0 and slots from 1");
    }
  }
}
