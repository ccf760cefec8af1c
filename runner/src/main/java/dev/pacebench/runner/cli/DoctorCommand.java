package dev.pacebench.runner.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what works on this machine, and the remedy for what does not. */
@Command(
    name = "doctor",
    description = "Say what works on this machine, and the remedy for what does not.")
final class DoctorCommand implements Callable<Integer> {

  private final Cli cli;

  @Option(
      names = {"-l", "--lineup"},
      paramLabel = "LINEUP",
      description =
          "Also check a lineup: file, keys, servers, agents, recordings. No model is called.")
  private @Nullable String lineup;

  DoctorCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Doctor doctor = new Doctor(cli, Installation.locate());
    List<Finding> findings = doctor.examine(lineup);
    for (Finding finding : findings) {
      if (cli.isJson()) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("check", finding.check());
        object.put("state", finding.state().word());
        object.put("what", finding.what());
        object.put("remedy", finding.remedy().isEmpty() ? null : finding.remedy());
        cli.json(object);
      } else {
        cli.line(finding.line(cli.colourOut()));
      }
    }
    return doctor.exitCode();
  }
}
