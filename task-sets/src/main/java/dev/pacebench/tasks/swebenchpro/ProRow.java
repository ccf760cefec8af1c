package dev.pacebench.tasks.swebenchpro;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.Judge;
import dev.pacebench.tasks.Metadata;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Patch;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Repository;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TestLists;
import dev.pacebench.tasks.digest.SweDigester;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.rows.Row;
import dev.pacebench.tasks.rows.RowTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes a task of one row and its scripts. */
final class ProRow {

  static final String WORKDIR = "/app";

  private static final String IMAGES = "jefzda/sweap-images:";
  private static final int LONGEST_TAG = 128;
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  /** The published evaluation has no limit of its own on this machine. */
  private static final Duration LIMIT = Duration.ofHours(1);

  private static final Pattern ENV = Pattern.compile("(?i)ENV\\s+(.*)");
  private static final Pattern OLD_ENV = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\s+(.*)");

  private final String set;
  private final Path file;
  private final Row row;
  private final List<Problem> problems;

  ProRow(String set, Path file, Row row, List<Problem> problems) {
    this.set = set;
    this.file = file;
    this.row = row;
    this.problems = problems;
  }

  Optional<Task> read() {
    String id = RowTask.name(row, problems);
    String repo = row.required("repo", problems);
    String base = RowTask.commit(row, problems);
    String prompt = prompt();
    List<String> failToPass =
        row.list(row.has("fail_to_pass") ? "fail_to_pass" : "FAIL_TO_PASS", problems);
    List<String> passToPass =
        row.list(row.has("pass_to_pass") ? "pass_to_pass" : "PASS_TO_PASS", problems);
    List<String> files = row.list("selected_test_files_to_run", problems);
    String before = lastLine(row.text("before_repo_set_cmd", problems).orElse(""));
    Optional<String> gold = row.text("patch", problems).filter(text -> !text.isBlank());
    Path scripts = scripts(id);
    Path run = script(scripts, "run_script.sh");
    Path parser = script(scripts, "parser.py");
    if (row.has("fail_to_pass") && failToPass.isEmpty() && clean()) {
      row.error("fail_to_pass", "names no test", "leave the row out", problems);
    }
    if (!clean()) {
      return Optional.empty();
    }
    String image = image(id, repo);
    String env = env(id);
    if (!clean()) {
      return Optional.empty();
    }
    List<String> kept =
        passToPass.stream().filter(test -> !failToPass.contains(test)).distinct().toList();
    CodeChange change =
        new CodeChange(
            WORKDIR,
            new Repository.InImage(base, true),
            new Judge.ProScripts(run, parser, files, before, env),
            Optional.of(new TestLists(failToPass.stream().distinct().toList(), kept)),
            gold.map(Patch.Text::new));
    SortedMap<String, String> fields = new TreeMap<>();
    fields.put("prompt", prompt);
    fields.put("image", image);
    fields.put("base_commit", base);
    fields.put("before", before);
    fields.put("files", String.join("\n", files));
    fields.put("env", env);
    fields.put("run_script.sh", text(run));
    fields.put("parser.py", text(parser));
    fields.put("fail_to_pass", String.join("\n", failToPass));
    fields.put("pass_to_pass", String.join("\n", passToPass));
    Network network = RowTask.network(text(run));
    return clean()
        ? Optional.of(
            RowTask.task(
                set,
                id,
                file,
                "1",
                prompt,
                image,
                LIMIT,
                network,
                metadata(repo),
                SweDigester.digest("swebenchpro", fields, gold),
                List.of(),
                change))
        : Optional.empty();
  }

  private boolean clean() {
    return problems.stream().noneMatch(it -> it.severity() == Problem.Severity.ERROR);
  }

  private String prompt() {
    return row.required("problem_statement", problems)
        + "\n\nRequirements:\n"
        + row.text("requirements", problems).orElse("")
        + "\n\nNew interfaces introduced:\n"
        + row.text("interface", problems).orElse("");
  }

  /** Of the commands that set the repository up only the last one brings the hidden tests. */
  private static String lastLine(String commands) {
    String stripped = commands.strip();
    return stripped.substring(stripped.lastIndexOf('\n') + 1).strip();
  }

  private String image(String id, String repo) {
    String tag =
        row.text("dockerhub_tag", problems).filter(t -> !t.isBlank()).orElse(tag(id, repo));
    if (!TAG.matcher(tag).matches()) {
      row.error("dockerhub_tag", "is \"" + Show.text(tag) + "\"", "it must be a tag", problems);
    }
    return IMAGES + tag;
  }

  static String tag(String id, String repo) {
    String[] parts = repo.toLowerCase(Locale.ROOT).split("/", 2);
    String name = parts.length > 1 ? parts[1] : parts[0];
    if (repo.equalsIgnoreCase("element-hq/element-web")) {
      name = "element";
    }
    String instance = id.startsWith("instance_") ? id.substring("instance_".length()) : id;
    if (instance.endsWith("-vnan")) {
      instance = instance.substring(0, instance.length() - "-vnan".length());
    }
    String tag = parts[0] + "." + name + "-" + instance;
    return tag.length() > LONGEST_TAG ? tag.substring(0, LONGEST_TAG) : tag;
  }

  private Path scripts(String id) {
    return folder().resolve("run_scripts").resolve(id.isEmpty() ? "none" : id);
  }

  private Path folder() {
    return requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
  }

  private Path script(Path scripts, String name) {
    Path script = scripts.resolve(name);
    if (!Files.isRegularFile(script, LinkOption.NOFOLLOW_LINKS)) {
      row.error(
          "instance_id",
          "has no " + Show.path(script),
          "put the published folder run_scripts beside the rows",
          problems);
    }
    return script;
  }

  /** What the builds of the image set, as commands of a shell. */
  private String env(String id) {
    StringBuilder env = new StringBuilder();
    for (String kind : List.of("base_dockerfile", "instance_dockerfile")) {
      Path dockerfile =
          folder().resolve("dockerfiles").resolve(kind).resolve(id).resolve("Dockerfile");
      if (Files.isRegularFile(dockerfile, LinkOption.NOFOLLOW_LINKS)) {
        env.append(exports(text(dockerfile)));
      }
    }
    return env.toString();
  }

  private static String exports(String dockerfile) {
    return dockerfile
        .lines()
        .map(String::strip)
        .map(ENV::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1))
        .map(
            rest -> {
              Matcher old = OLD_ENV.matcher(rest);
              return "export " + (old.matches() ? old.group(1) + "='" + old.group(2) + "'" : rest);
            })
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private String text(Path script) {
    try {
      return Files.readString(script, StandardCharsets.UTF_8);
    } catch (IOException e) {
      problems.add(
          Problem.error(
              Show.path(script), "cannot be read as UTF-8 text", "see whether the file is whole"));
      return "";
    }
  }

  private Metadata metadata(String repo) {
    List<String> tags = new ArrayList<>();
    row.text("repo_language", problems).ifPresent(tags::add);
    return new Metadata(
        Optional.empty(),
        Optional.of(repo),
        tags,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
