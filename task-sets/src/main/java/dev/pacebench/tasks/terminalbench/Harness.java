package dev.pacebench.tasks.terminalbench;

import java.util.List;
import java.util.Map;

/** What tasks of Terminal-Bench 1 may count on of the harness that they were written for. */
final class Harness {

  /** What lies beside the Dockerfile and never belongs into an image. */
  static final List<String> HIDDEN =
      List.of(
          "tests",
          "run-tests.sh",
          "solution.sh",
          "solution.yaml",
          "solution",
          "simulated",
          "task.yaml");

  private Harness() {}

  /** The variables that compose files are written with. */
  static Map<String, String> variables(String task) {
    String prefix = "tb__" + task.replace('.', '-');
    return Map.of(
        "T_BENCH_TASK_DOCKER_CLIENT_IMAGE_NAME", prefix + "__client",
        "T_BENCH_TASK_DOCKER_CLIENT_CONTAINER_NAME", prefix,
        "T_BENCH_TASK_DOCKER_NAME_PREFIX", prefix,
        "T_BENCH_CONTAINER_LOGS_PATH", "/logs",
        "T_BENCH_CONTAINER_AGENT_LOGS_PATH", "/agent-logs",
        "T_BENCH_TEST_DIR", "/tests",
        "T_BENCH_TASK_LOGS_PATH", "/logs",
        "T_BENCH_TASK_AGENT_LOGS_PATH", "/agent-logs");
  }
}
