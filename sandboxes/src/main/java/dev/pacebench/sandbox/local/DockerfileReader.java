package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.dispatch.Environment;
import dev.pacebench.sandbox.local.PortableDockerfile.Copy;
import dev.pacebench.sandbox.local.PortableDockerfile.MakeFolder;
import dev.pacebench.sandbox.local.PortableDockerfile.NotPortable;
import dev.pacebench.sandbox.local.PortableDockerfile.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a portable Dockerfile: {@code FROM pacebench/starter} or one of its kin, then WORKDIR, ENV
 * and COPY in their plain forms; everything else is refused with its line.
 */
final class DockerfileReader {

  private final ImageSource.Dockerfile asked;
  private final Path context;
  private final Map<String, String> env = new TreeMap<>();
  private final Map<String, String> known = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();
  private @Nullable String workdir;
  private @Nullable String base;

  private DockerfileReader(ImageSource.Dockerfile asked) {
    this.asked = asked;
    this.context = asked.context();
    known.put("PATH", Environment.DEFAULT_PATH);
  }

  static PortableDockerfile read(ImageSource.Dockerfile asked) throws IOException, NotPortable {
    DockerfileReader reader = new DockerfileReader(asked);
    List<String> lines = Files.readAllLines(asked.dockerfile());
    reader.readAll(lines);
    String base = reader.base;
    if (base == null) {
      throw new NotPortable(Math.max(1, lines.size()), "there is no FROM", "add one");
    }
    if (Files.exists(asked.context().resolve(".dockerignore"))) {
      throw new NotPortable(1, "the build context has a .dockerignore");
    }
    return new PortableDockerfile(
        base, Optional.ofNullable(reader.workdir), reader.env, reader.steps);
  }

  private void readAll(List<String> lines) throws NotPortable {
    boolean directives = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("#")) {
        if (directives && line.matches("(?i)#\\s*escape\\s*=.*")) {
          throw new NotPortable(i + 1, "the escape directive is not understood without an engine");
        }
        continue;
      }
      directives = false;
      if (line.isEmpty()) {
        continue;
      }
      int first = i + 1;
      StringBuilder whole = new StringBuilder();
      while (line.endsWith("\\")) {
        whole.append(line, 0, line.length() - 1);
        line = "";
        // Comments and empty lines between continued lines do not end them.
        while (++i < lines.size()) {
          line = lines.get(i).stripTrailing();
          if (!line.isBlank() && !line.strip().startsWith("#")) {
            break;
          }
          line = "";
        }
      }
      instruction(first, whole.append(line).toString().strip());
    }
  }

  private void instruction(int line, String text) throws NotPortable {
    String[] parts = text.split("\\s+", 2);
    String name = parts[0].toUpperCase(Locale.ROOT);
    String rest = parts.length > 1 ? parts[1].strip() : "";
    if (base == null && !name.equals("FROM")) {
      throw new NotPortable(line, name + " comes before FROM", "begin with FROM");
    }
    if (rest.isEmpty()) {
      throw new NotPortable(line, name + " has no arguments", "complete or remove it");
    }
    switch (name) {
      case "FROM" -> from(line, rest);
      case "WORKDIR" -> workdir(line, Words.one(rest, line, known));
      case "ENV" -> env(line, rest);
      case "COPY" -> copy(line, rest);
      default ->
          throw new NotPortable(line, name + " needs an engine; the local sandbox cannot do it");
    }
  }

  private void from(int line, String rest) throws NotPortable {
    if (base != null) {
      throw new NotPortable(line, "a second FROM needs an engine");
    }
    String name = rest.endsWith(":latest") ? rest.substring(0, rest.length() - 7) : rest;
    if (!PortableDockerfile.BASES.containsKey(name)) {
      throw new NotPortable(
          line, "FROM " + rest + " needs an engine; only " + PortableDockerfile.BASE + " does not");
    }
    base = name;
  }

  private void workdir(int line, String path) throws NotPortable {
    String absolute = absolute(line, path);
    workdir = absolute;
    steps.add(new MakeFolder(absolute));
  }

  private void env(int line, String rest) throws NotPortable {
    if (!rest.split("\\s+", 2)[0].contains("=")) {
      String[] parts = rest.split("\\s+", 2);
      if (parts.length < 2) {
        throw new NotPortable(line, "ENV " + rest + " has no value", "write ENV NAME=VALUE");
      }
      set(parts[0], Words.one(parts[1], line, known));
      return;
    }
    // All values of one instruction see the variables as they were before it.
    for (String word : Words.split(rest, line, Map.copyOf(known))) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new NotPortable(line, "ENV " + word + " is not NAME=VALUE", "write ENV NAME=VALUE");
      }
      set(word.substring(0, equals), word.substring(equals + 1));
    }
  }

  private void set(String name, String value) {
    env.put(name, value);
    known.put(name, value);
  }

  private void copy(int line, String rest) throws NotPortable {
    Optional<String> chmod = Optional.empty();
    String arguments = rest;
    while (arguments.startsWith("--")) {
      String[] parts = arguments.split("\\s+", 2);
      if (!parts[0].matches("--chmod=0?[0-7]{3}") || parts.length < 2) {
        throw new NotPortable(line, "COPY " + parts[0] + " needs an engine");
      }
      chmod = Optional.of(parts[0].substring(parts[0].length() - 3));
      arguments = parts[1].strip();
    }
    List<String> words =
        arguments.startsWith("[")
            ? JsonWords.split(arguments, line)
            : Words.split(arguments, line, known);
    if (words.size() < 2) {
      throw new NotPortable(line, "COPY needs a source and a target", "name both");
    }
    List<Path> sources = new ArrayList<>();
    for (String word : words.subList(0, words.size() - 1)) {
      sources.add(source(line, word));
    }
    String last = words.get(words.size() - 1);
    String target = absolute(line, last);
    boolean folder = last.endsWith("/") || last.equals(".") || last.endsWith("/.");
    if (sources.size() > 1 && !folder) {
      throw new NotPortable(
          line, "COPY of several sources needs a folder as its target", "end it with /");
    }
    steps.add(new Copy(sources, folder && !target.equals("/") ? target + "/" : target, chmod));
  }

  private Path source(int line, String word) throws NotPortable {
    if (word.startsWith("<<")) {
      throw new NotPortable(line, "COPY of a heredoc needs an engine");
    }
    if (word.matches(".*[*?\\[].*")) {
      throw new NotPortable(
          line, "COPY with wildcards needs an engine", "name the files, or use --sandbox docker");
    }
    Path relative = Path.of("/").relativize(Path.of("/" + word)).normalize();
    Path source = context.resolve(relative).normalize();
    if (!source.startsWith(context.normalize()) || word.matches("(.*/)?\\.\\.(/.*)?")) {
      throw new NotPortable(
          line, "COPY " + word + " climbs out of the build context", "copy from inside it");
    }
    if (asked.hides(relative) || !asked.hidden().isEmpty() && source.equals(context.normalize())) {
      throw new NotPortable(
          line,
          "COPY " + word + " takes what judges or solves the task along",
          "name the files that agents may see");
    }
    if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotPortable(
          line, "COPY " + word + ": there is no such file in the build context", "add it");
    }
    for (Path p = source; p != null && !p.equals(context.normalize()); p = p.getParent()) {
      if (Files.isSymbolicLink(p)) {
        throw new NotPortable(
            line, "COPY " + word + " goes through a link", "copy what it leads to");
      }
    }
    return source;
  }

  /** An absolute, normal path; relative ones start at the working directory. */
  private String absolute(int line, String path) throws NotPortable {
    if (path.isEmpty() || path.indexOf('\0') >= 0) {
      throw new NotPortable(line, "an empty path", "name one");
    }
    Path normal = Path.of(workdir == null ? "/" : workdir).resolve(path).normalize();
    if (Root.READ_ONLY.stream().anyMatch(normal::startsWith)) {
      throw new NotPortable(line, normal + " is read-only in the local sandbox");
    }
    return normal.toString();
  }
}
