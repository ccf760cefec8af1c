package dev.pacebench.sandbox.local;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a portable Dockerfile says: only what can be had without an engine.
 *
 * @param base one of {@link #BASES}
 * @param steps in order
 */
record PortableDockerfile(
    String base, Optional<String> workdir, Map<String, String> env, List<Step> steps) {

  /** The usual base. */
  static final String BASE = "pacebench/starter";

  /** What the host's own programs can stand in for, with those that such tasks count on. */
  static final Map<String, List<String>> BASES =
      Map.of(
          BASE,
          List.of(),
          BASE + "-jvm",
          List.of("java", "javac"),
          BASE + "-node",
          List.of("node"));

  /** What changes files, in order. */
  sealed interface Step {}

  /** {@code WORKDIR}: makes the folder. */
  record MakeFolder(String path) implements Step {}

  /**
   * {@code COPY}.
   *
   * @param sources in the context
   * @param target absolute; ends with a slash when it must be a folder
   * @param chmod octal digits
   */
  record Copy(List<Path> sources, String target, Optional<String> chmod) implements Step {}

  /** Says where and why a Dockerfile is not portable. */
  static final class NotPortable extends Exception {
    private static final long serialVersionUID = 1;
    private final int line;
    private final String remedy;

    NotPortable(int line, String what) {
      this(line, what, "use --sandbox docker");
    }

    NotPortable(int line, String what, String remedy) {
      super(requireNonNull(what, "what is null"));
      this.line = line;
      this.remedy = remedy;
    }

    int line() {
      return line;
    }

    String remedy() {
      return remedy;
    }
  }

  PortableDockerfile {
    env = Map.copyOf(env);
    steps = List.copyOf(steps);
  }
}
