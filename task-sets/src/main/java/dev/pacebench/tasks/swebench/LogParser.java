package dev.pacebench.tasks.swebench;

import dev.pacebench.tasks.TestStatus;
import java.util.Map;

/** Reads the statuses of tests from a log; of several for one test the last holds, as published. */
@FunctionalInterface
interface LogParser {
  Map<String, TestStatus> parse(String log);
}
