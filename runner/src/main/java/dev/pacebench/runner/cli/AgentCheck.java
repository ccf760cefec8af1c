package dev.pacebench.runner.cli;

import dev.pacebench.runner.agent.install.AgentInstaller;
import dev.pacebench.runner.agent.manifest.AgentManifest;
import dev.pacebench.runner.agent.manifest.Provide;
import dev.pacebench.runner.lineup.Contender;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Looks whether a contender's agent is on this machine, or could come to it; installs nothing. */
final class AgentCheck {

  private static final String CHECK = "agent";

  /** What brings them on Debian and its kin. */
  private static final Map<String, String> PACKAGES =
      Map.of("npm", "npm", "node", "nodejs", "python3", "python3 python3-pip");

  private final Function<String, Optional<AgentManifest>> manifests;
  private final AgentInstaller installer;
  private final Map<String, String> environment;

  AgentCheck(
      Function<String, Optional<AgentManifest>> manifests,
      AgentInstaller installer,
      Map<String, String> environment) {
    this.manifests = manifests;
    this.installer = installer;
    this.environment = environment;
  }

  Finding examine(Contender contender) {
    Optional<AgentManifest> manifest = manifests.apply(contender.agent());
    String name = contender.agent() + " " + contender.agentVersion();
    if (manifest.isEmpty()) {
      return Finding.ok(CHECK, name + " is part of Pacebench");
    }
    Provide provide = manifest.get().provide();
    if (installer.isInstalled(manifest.get())) {
      return Finding.ok(
          CHECK,
          provide.kind() == Provide.Kind.NONE
              ? name + " needs nothing of this machine"
              : name + " is installed");
    }
    if (provide.kind() == Provide.Kind.FOLDER) {
      return Finding.fail(
          CHECK,
          name + " has no folder " + provide.folder().map(Path::toString).orElse(""),
          "put its program there, or correct its manifest");
    }
    List<String> missing = tools(provide).stream().filter(tool -> !onPath(tool)).toList();
    if (!missing.isEmpty()) {
      return Finding.fail(
          CHECK,
          name + " cannot be installed: not on the PATH: " + String.join(", ", missing),
          "install them (Debian, Ubuntu: apt install "
              + String.join(" ", missing.stream().map(t -> PACKAGES.getOrDefault(t, t)).toList())
              + ")");
    }
    return Finding.warn(
        CHECK,
        name + " is not installed yet; " + provide.kind().word() + " brings it as a run starts",
        "`pacebench agents check " + contender.agent() + "` installs and tries it now");
  }

  private static List<String> tools(Provide provide) {
    TreeSet<String> tools = new TreeSet<>();
    if (provide.kind() == Provide.Kind.NPM) {
      tools.addAll(List.of("npm", "node"));
    } else {
      tools.add("python3");
    }
    provide.after().stream()
        .map(command -> command.get(0))
        .filter(program -> !program.contains("/"))
        .forEach(tools::add);
    return new ArrayList<>(tools);
  }

  private boolean onPath(String program) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      try {
        if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
          return true;
        }
      } catch (InvalidPathException e) {
        // No folder has that name.
      }
    }
    return false;
  }
}
