package dev.pacebench.runner.agent.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.agent.manifest.AgentManifest;
import dev.pacebench.runner.agent.manifest.Provide;
import dev.pacebench.runner.agent.manifest.Provide.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts a manifest's packages into a fresh folder, by npm or pip. */
final class PackageTool {

  private static final String NPM = "npm";
  private static final String PYTHON = "python3";

  /** Packages to install, by program, where it is missing. */
  private static final Map<String, String> DEBIAN =
      Map.of(NPM, "npm", "node", "nodejs", PYTHON, "python3 and python3-pip");

  private final AgentManifest manifest;
  private final Map<String, String> hostEnv;
  private final Path folder;
  private final Path log;
  private final Duration limit;

  PackageTool(
      AgentManifest manifest, Map<String, String> hostEnv, Path folder, Path log, Duration limit) {
    this.manifest = manifest;
    this.hostEnv = hostEnv;
    this.folder = folder;
    this.log = log;
    this.limit = limit;
  }

  /** What came, and for which Python. */
  record Came(List<InstalledPackage> packages, Optional<String> python) {}

  Came install() throws InterruptedException, IOException {
    Provide provide = manifest.provide();
    Optional<String> python = Optional.empty();
    if (provide.kind() == Kind.NPM) {
      npm(provide.packages());
    } else {
      python = Optional.of(pip(provide.packages()));
    }
    List<InstalledPackage> packages =
        provide.kind() == Kind.NPM ? PackageReader.npm(folder) : PackageReader.pip(folder);
    for (List<String> command : provide.after()) {
      String program = command.get(0);
      List<String> whole = new ArrayList<>(command);
      whole.set(
          0, program.contains("/") ? folder.resolve(program).toString() : tool(program).toString());
      run(whole, HostEnv.forPackages(hostEnv, folder.toString()), program);
    }
    return new Came(packages, python);
  }

  private void npm(List<String> packages) throws InterruptedException, IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                tool(NPM).toString(),
                "install",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--save-exact",
                "--prefix",
                folder.toString()));
    command.addAll(packages);
    run(command, HostEnv.forTools(hostEnv), NPM);
  }

  private String pip(List<String> packages) throws InterruptedException, IOException {
    String python = tool(PYTHON).toString();
    Map<String, String> env = HostEnv.forTools(hostEnv);
    run(
        List.of(python, "-c", "import sys; print('python %d.%d' % sys.version_info[:2])"),
        env,
        PYTHON);
    String version = lastLine().replaceFirst("^python ", "");
    List<String> command =
        new ArrayList<>(
            List.of(
                python,
                "-m",
                "pip",
                "install",
                "--no-input",
                "--disable-pip-version-check",
                // Anything else would run what a package brings.
                "--only-binary=:all:",
                "--target",
                folder.toString()));
    command.addAll(packages);
    run(command, env, "pip");
    useAnyPython(folder.resolve("bin"));
    return version;
  }

  /** Programs name this machine's Python; in a sandbox it is elsewhere. */
  private static void useAnyPython(Path bin) throws IOException {
    if (!Files.isDirectory(bin)) {
      return;
    }
    List<Path> programs;
    try (Stream<Path> entries = Files.list(bin)) {
      programs = entries.filter(Files::isRegularFile).toList();
    }
    for (Path program : programs) {
      byte[] bytes = Files.readAllBytes(program);
      String text = new String(bytes, UTF_8);
      if (text.matches("(?s)#![^\\n]*python[0-9.]*\\n.*")) {
        Files.writeString(program, "#!/usr/bin/env python3" + text.substring(text.indexOf('\n')));
      }
    }
  }

  private void run(List<String> command, Map<String, String> env, String name)
      throws InterruptedException, IOException {
    HostProgram program = new HostProgram(env, log);
    Optional<Integer> code = program.run(command, folder, limit);
    if (code.isPresent() && code.get() == 0) {
      return;
    }
    String said = program.lastLines();
    String how =
        code.map(number -> name + " ended with exit code " + number)
            .orElse(name + " did not end within " + limit.toSeconds() + " s");
    throw new InfrastructureError(
        what(how) + (said.isEmpty() ? "" : ":\n  " + said.replace("\n", "\n  ")),
        remedy(name, said) + "; the whole output is in " + log);
  }

  private static String remedy(String name, String said) {
    if (said.contains("No module named pip")) {
      return "install pip (Debian, Ubuntu: apt install python3-pip)";
    }
    String again = ", then start again";
    return switch (name) {
      case NPM -> "see that npm reaches its registry (`npm ping`) and has the version" + again;
      case "pip" ->
          "see that pip reaches its index and has the version for this Python (`python3 -m pip"
              + " download`)"
              + again;
      default -> "mend what it says" + again;
    };
  }

  private String lastLine() throws IOException {
    List<String> lines = Files.readAllLines(log, UTF_8);
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
  }

  private Path tool(String name) {
    return HostProgram.find(name, hostEnv)
        .orElseThrow(
            () ->
                new InfrastructureError(
                    what("there is no " + name + " on the PATH"),
                    "install "
                        + (DEBIAN.containsKey(name)
                            ? "it (Debian, Ubuntu: apt install "
                                + DEBIAN.get(name).replace(" and", "")
                                + ")"
                            : name)));
  }

  private String what(String why) {
    return "agent " + manifest.name() + " " + manifest.version() + " cannot be installed: " + why;
  }
}
