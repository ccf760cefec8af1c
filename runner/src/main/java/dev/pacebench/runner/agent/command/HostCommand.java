package dev.pacebench.runner.agent.command;

import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.runner.timeline.TrialState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A program on the host, in a folder of its own, with a helper that runs commands in the sandbox.
 *
 * <p>When it returns, by itself or at the deadline, no process of the program is left.
 */
final class HostCommand implements Agent {

  private final CommandSettings settings;
  private final Map<String, String> environment;

  HostCommand(CommandSettings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return CommandAgent.NAME;
  }

  @Override
  public String version() {
    return CommandAgent.VERSION;
  }

  @Override
  public boolean needsModel() {
    return false;
  }

  @Override
  public boolean retriesItself() {
    return settings.retriesItself();
  }

  @Override
  public AgentEnd run(AgentContext context) throws InterruptedException {
    context.states().accept(TrialState.CLIENT_OVERHEAD);
    try {
      // Not in the home, which may lie in somebody's project whose files an agent would find.
      Path folder = Files.createTempDirectory("pacebench-agent-");
      try {
        return runIn(folder, context);
      } finally {
        FileTrees.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for the agent's program", e);
    }
  }

  private AgentEnd runIn(Path folder, AgentContext context)
      throws IOException, InterruptedException {
    String instruction = context.task().instruction();
    Path file = Files.writeString(folder.resolve("instruction.md"), instruction);
    Path work = Files.createDirectory(folder.resolve("work"));
    String mark = UUID.randomUUID().toString();
    ProcessTree.Mark marked = new ProcessTree.Mark(mark, folder);
    try (ProgramLogs logs = new ProgramLogs(context.logs());
        RunServer server = RunServer.start(context);
        Guardian guardian = Guardian.over(marked)) {
      Map<String, String> variables = new HashMap<>(environment);
      variables.putAll(Variables.of(context, file.toString(), false));
      variables.put("HOME", work.toString());
      variables.put(Variables.TRY, mark);
      variables.put(Variables.RUN, server.writeHelper(folder).toString());
      HostProgram program = new HostProgram(settings.run(), variables, work, marked);
      byte[] stdin =
          settings.instructionOnStdin()
              ? instruction.getBytes(StandardCharsets.UTF_8)
              : new byte[0];
      AgentEnd end = program.run(stdin, logs);
      context.states().accept(TrialState.AGENT_OTHER);
      return end;
    }
  }
}
