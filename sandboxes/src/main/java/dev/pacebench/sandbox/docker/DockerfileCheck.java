package dev.pacebench.sandbox.docker;

import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Refusal;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.docker.Dockerfile.Instruction;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks a Dockerfile against its context: what it copies must be there and inside. */
final class DockerfileCheck {

  private static final String HERE = "put the Dockerfile into the environment folder";

  private DockerfileCheck() {}

  /** A Dockerfile with what it may copy, or the reason why not. */
  record Checked(Path file, Dockerfile dockerfile, BuildContext context) {}

  /** Thrown with the first reason against a Dockerfile. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    Refused(Refusal refusal) {
      super(refusal.toString());
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }

  static Checked check(ImageSource.Dockerfile source) throws Refused {
    Path root = source.context().toAbsolutePath().normalize();
    Path file = root.resolve(source.dockerfile()).normalize();
    if (!file.startsWith(root)) {
      throw refused(file.toString(), "lies outside its build context " + root, HERE);
    }
    if (!Files.isRegularFile(file)) {
      throw refused(file.toString(), "there is no such Dockerfile", HERE);
    }
    try {
      Dockerfile dockerfile = DockerfileParser.parse(Files.readString(file));
      checkHidden(dockerfile, source);
      BuildContext context = BuildContext.of(root, file, source::hides);
      checkSources(dockerfile, context);
      return new Checked(file, dockerfile, context);
    } catch (DockerfileProblem e) {
      throw refused(file + ":" + e.line(), String.valueOf(e.getMessage()), e.remedy());
    } catch (CharacterCodingException e) {
      throw refused(file.toString(), "is not text in UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      throw refused(
          file.toString(), "cannot be read: " + Failures.rootMessage(e), "check its permissions");
    }
  }

  private static Refused refused(String where, String what, String remedy) {
    return new Refused(new Refusal(where, what, remedy, Kind.BAD_REQUEST));
  }

  private static void checkHidden(Dockerfile dockerfile, ImageSource.Dockerfile source)
      throws DockerfileProblem {
    for (Instruction each : dockerfile.instructions()) {
      boolean copies = each.name().equals("COPY") || each.name().equals("ADD");
      if (!copies || each.flag("from").isPresent()) {
        continue;
      }
      List<String> words = each.words();
      for (String word : words.subList(0, words.size() - 1)) {
        if (source.hides(Path.of(word.replaceAll("^/+", "")))) {
          throw new DockerfileProblem(
              each.line(),
              each.name() + " " + word + " puts what judges or solves the task into its image",
              "copy a file that agents may see");
        }
      }
    }
  }

  private static void checkSources(Dockerfile dockerfile, BuildContext context)
      throws DockerfileProblem {
    Map<String, String> values = new LinkedHashMap<>();
    int stage = -1;
    for (Instruction each : dockerfile.instructions()) {
      switch (each.name()) {
        case "FROM" -> stage++;
        case "ARG", "ENV" -> remember(each, values);
        case "COPY", "ADD" -> {
          checkStage(each, dockerfile, stage);
          checkCopy(each, context, values);
        }
        default -> {}
      }
    }
  }

  private static void remember(Instruction each, Map<String, String> values) {
    for (String word : each.words()) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        values.put(
            word.substring(0, equals), Dockerfile.expand(word.substring(equals + 1), values));
      }
    }
  }

  private static void checkStage(Instruction each, Dockerfile dockerfile, int stage)
      throws DockerfileProblem {
    String from = each.flag("from").orElse("");
    if (from.matches("\\d+") && Integer.parseInt(from) >= stage) {
      throw new DockerfileProblem(
          each.line(),
          "COPY --from=" + from + " names a stage that does not come before it",
          "there are " + Math.max(stage, 0) + " stages before this one, counted from 0");
    }
    int at = 0;
    for (Dockerfile.Stage known : dockerfile.stages()) {
      if (at >= stage && known.name().map(from::equalsIgnoreCase).orElse(false)) {
        throw new DockerfileProblem(
            each.line(),
            "COPY --from=" + from + " names a stage that does not come before it",
            "move the stage up");
      }
      at++;
    }
  }

  private static void checkCopy(Instruction each, BuildContext context, Map<String, String> values)
      throws DockerfileProblem {
    if (each.flag("from").isPresent()) {
      return;
    }
    List<String> words = each.words();
    for (String word : words.subList(0, words.size() - 1)) {
      String source = Dockerfile.expand(word, values);
      boolean elsewhere = source.contains("://") || source.startsWith("git@");
      if (source.contains("$")
          || source.startsWith("<<")
          || each.name().equals("ADD") && elsewhere) {
        continue;
      }
      checkSource(each, source, context);
    }
  }

  private static void checkSource(Instruction each, String source, BuildContext context)
      throws DockerfileProblem {
    String stripped = source.replaceAll("^/+", "");
    Path path = Path.of(stripped).normalize();
    if (path.startsWith("..")) {
      throw new DockerfileProblem(
          each.line(),
          each.name() + " " + source + " climbs out of the build context",
          "copy the file into the folder of the Dockerfile");
    }
    String name = path.toString();
    if (!exists(name, context)) {
      throw new DockerfileProblem(
          each.line(),
          each.name() + " " + source + ": there is no such file in the build context",
          "add it to the folder of the Dockerfile, and see that .dockerignore does not leave it"
              + " out");
    }
  }

  private static boolean exists(String name, BuildContext context) {
    if (name.equals(".") || context.holds(name)) {
      return true;
    }
    if (name.matches(".*[*?\\[].*")) {
      PathMatcher matcher = Path.of("").getFileSystem().getPathMatcher("glob:" + name);
      for (String each : context.names()) {
        if (matcher.matches(Path.of(each))) {
          return true;
        }
      }
      return false;
    }
    // A folder of which .dockerignore left out everything but some files.
    List<String> within = new ArrayList<>();
    for (String each : context.names()) {
      if (each.startsWith(name + "/")) {
        within.add(each);
      }
    }
    return !within.isEmpty();
  }
}
