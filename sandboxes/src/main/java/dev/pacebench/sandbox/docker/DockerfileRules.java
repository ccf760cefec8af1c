package dev.pacebench.sandbox.docker;

import dev.pacebench.sandbox.docker.Dockerfile.Instruction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What an instruction must look like, and which builder it needs. */
final class DockerfileRules {

  private static final Map<String, Set<String>> FLAGS =
      Map.of(
          "ADD", Set.of("chown", "chmod", "link", "checksum", "keep-git-dir", "exclude", "unpack"),
          "COPY", Set.of("chown", "chmod", "link", "from", "parents", "exclude"),
          "FROM", Set.of("platform"),
          "HEALTHCHECK", Set.of("interval", "timeout", "start-period", "start-interval", "retries"),
          "RUN", Set.of("mount", "network", "security", "device"));

  /** Flags that the classic builder knows. */
  private static final Set<String> CLASSIC =
      Set.of("chown", "from", "platform", "interval", "timeout", "start-period", "retries");

  private static final Pattern CLASSIC_SYNTAX =
      Pattern.compile("(docker\\.io/)?docker/dockerfile(:1(\\.\\d+)*)?(@sha256:[0-9a-f]{64})?");
  private static final Pattern BUILDKIT_VARIABLE =
      Pattern.compile("\\$\\{?(BUILD|TARGET)(PLATFORM|OS|ARCH|VARIANT)\\b");

  private DockerfileRules() {}

  /** Why a Dockerfile cannot be built by the classic builder. */
  record BuildKitNeed(int line, String what) {}

  static void checkShape(Instruction instruction) throws DockerfileProblem {
    checkFlags(instruction);
    List<String> words = instruction.words();
    int line = instruction.line();
    switch (instruction.name()) {
      case "FROM" -> {
        boolean named = words.size() == 3 && words.get(1).equalsIgnoreCase("as");
        if (words.size() != 1 && !named) {
          throw new DockerfileProblem(
              line,
              "FROM " + instruction.rest() + " is not an image",
              "write FROM IMAGE [AS NAME]");
        }
      }
      case "COPY", "ADD" -> {
        if (words.size() < 2) {
          throw new DockerfileProblem(
              line,
              instruction.name() + " needs a source and a destination",
              "write " + instruction.name() + " SOURCE... DESTINATION");
        }
        if (words.size() > 2
            && !words.get(words.size() - 1).endsWith("/")
            && !words.get(words.size() - 1).equals(".")
            && !instruction.heredoc()
            && words.stream().noneMatch(word -> word.contains("$"))) {
          throw new DockerfileProblem(
              line,
              instruction.name() + " has several sources, so its destination must be a directory",
              "end the destination with /");
        }
      }
      case "ENV" -> checkEnv(instruction, words);
      case "SHELL" -> {
        if (DockerfileWords.json(instruction.rest()).isEmpty()) {
          throw new DockerfileProblem(
              line, "SHELL must be a JSON array", "write SHELL [\"/bin/sh\", \"-c\"]");
        }
      }
      case "ONBUILD" -> {
        String trigger = words.isEmpty() ? "" : words.get(0).toUpperCase(Locale.ROOT);
        if (Set.of("FROM", "ONBUILD", "MAINTAINER").contains(trigger)) {
          throw new DockerfileProblem(
              line, trigger + " cannot be used with ONBUILD", "remove the line");
        }
      }
      default -> {}
    }
  }

  private static void checkFlags(Instruction instruction) throws DockerfileProblem {
    Set<String> known = FLAGS.getOrDefault(instruction.name(), Set.of());
    for (String flag : instruction.flags()) {
      String name = flagName(flag);
      if (!known.contains(name)) {
        throw new DockerfileProblem(
            instruction.line(),
            instruction.name() + " has no option --" + name,
            "use one of " + known.stream().sorted().map(each -> "--" + each).toList());
      }
    }
  }

  private static void checkEnv(Instruction instruction, List<String> words)
      throws DockerfileProblem {
    boolean pairs = words.get(0).indexOf('=') > 0;
    if (!pairs && words.size() < 2) {
      throw new DockerfileProblem(
          instruction.line(),
          "ENV " + instruction.rest() + " has no value",
          "write ENV NAME=VALUE");
    }
    if (pairs) {
      for (String word : words) {
        if (word.indexOf('=') <= 0) {
          throw new DockerfileProblem(
              instruction.line(), "ENV: " + word + " is not NAME=VALUE", "quote the value");
        }
      }
    }
  }

  private static String flagName(String flag) {
    int equals = flag.indexOf('=');
    return flag.substring(2, equals < 0 ? flag.length() : equals);
  }

  /** The first thing in a Dockerfile that only BuildKit can build. */
  static Optional<BuildKitNeed> buildKitNeed(Dockerfile dockerfile) {
    Optional<BuildKitNeed> syntax =
        dockerfile
            .syntax()
            .filter(each -> !CLASSIC_SYNTAX.matcher(each).matches())
            .map(each -> new BuildKitNeed(1, "# syntax=" + each));
    if (syntax.isPresent()) {
      return syntax;
    }
    for (Instruction each : dockerfile.instructions()) {
      if (each.heredoc()) {
        return Optional.of(new BuildKitNeed(each.line(), each.name() + " with a here-document"));
      }
      for (String flag : each.flags()) {
        if (!CLASSIC.contains(flagName(flag))) {
          return Optional.of(new BuildKitNeed(each.line(), each.name() + " --" + flagName(flag)));
        }
      }
      boolean platform =
          BUILDKIT_VARIABLE.matcher(each.rest() + " " + String.join(" ", each.flags())).find();
      if (platform && each.name().equals("FROM")) {
        return Optional.of(new BuildKitNeed(each.line(), "FROM with the build's platform"));
      }
    }
    return Optional.empty();
  }
}
