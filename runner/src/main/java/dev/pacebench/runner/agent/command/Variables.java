package dev.pacebench.runner.agent.command;

import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.ModelAccess;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What a program is told by environment variables; the README lists them. */
final class Variables {

  /** The token says which trial a process on the host belongs to. */
  static final String TRY = "PACEBENCH_TRY";

  static final String RUN = "PACEBENCH_RUN";

  private static final long MILLIS = 1000;

  private Variables() {}

  /**
   * Those that mean the same on the host and in the sandbox.
   *
   * @param instruction path of a file
   * @param inside whether the program runs in the sandbox
   */
  static Map<String, String> of(AgentContext context, String instruction, boolean inside) {
    Map<String, String> variables = new HashMap<>();
    variables.put("PACEBENCH_INSTRUCTION", instruction);
    variables.put("PACEBENCH_SECONDS", "" + context.limit().toSeconds());
    variables.put("PACEBENCH_DEADLINE", "" + deadline(context.limit()));
    context.model().ifPresent(model -> model(model, inside, variables));
    return variables;
  }

  private static long deadline(Duration limit) {
    return (System.currentTimeMillis() + limit.toMillis()) / MILLIS;
  }

  private static void model(ModelAccess model, boolean inside, Map<String, String> variables) {
    URI address = inside ? model.inSandbox().orElse(model.address()) : model.address();
    variables.put("PACEBENCH_BASE_URL", address + "/v1");
    variables.put("PACEBENCH_TOKEN", model.token());
    variables.put("PACEBENCH_MODEL", model.modelId());
    variables.put("PACEBENCH_PROTOCOL", model.protocol().word());
    variables.put("PACEBENCH_TRANSPORT", model.transport().word());
  }
}
