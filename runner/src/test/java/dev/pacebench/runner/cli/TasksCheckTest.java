package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What running them says of tasks, in sandboxes that need no engine. */
@Tag("local")
@Tag("slow")
class TasksCheckTest {

  @TempDir private Path temp;
  private Path set;
  private CommandLineTester shell;

  @BeforeEach
  void aHome() {
    set = temp.resolve("set");
    shell = new CommandLineTester(temp.resolve("home"));
  }

  private void make(String name, String style) {
    assertThat(shell.run("tasks", "new", set.resolve(name).toString(), "--style", style).code())
        .isZero();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(set.resolve(file), text);
  }

  private Result check(String... more) {
    return shell.run(
        Stream.concat(
                Stream.of("tasks", "check", set.toString(), "--sandbox", "local", "--json"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static JsonNode task(JsonNode report, String name) {
    for (JsonNode task : report.get("tasks")) {
      if (task.get("task").asString().equals(name)) {
        return task;
      }
    }
    throw new AssertionError(name + " is not in " + report);
  }

  private static String errors(JsonNode task) {
    return task.get("findings")
        .valueStream()
        .filter(finding -> finding.get("severity").asString().equals("error"))
        .map(finding -> finding.get("where").asString() + ": " + finding.get("what").asString())
        .collect(Collectors.joining("\n"));
  }

  private static JsonNode read(Result result) {
    return JsonMapper.builder().build().readTree(result.out());
  }

  private static Set<String> temporaries() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("pacebench-check-"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void tasksThatMeasureNothingAreToldApartFromTheGoodOne() throws IOException {
    for (String name : new String[] {"good", "unsolved", "open", "unbuilt"}) {
      make(name, "terminal");
    }
    write("unsolved/solution/solve.sh", "#!/bin/sh\necho nobody > /app/guests.txt\n");
    write("open/tests/test.sh", "#!/bin/sh\necho 1 > /logs/verifier/reward.txt\n");
    write("unbuilt/environment/Dockerfile", "FROM pacebench/starter\nCOPY absent/ /app/\n");

    Result result = check("-n", "2", "-j", "2");
    JsonNode report = read(result);

    assertThat(result.code()).as(result.err()).isEqualTo(1);
    JsonNode good = task(report, "good");
    assertThat(good.get("findings")).isEmpty();
    assertThat(good.get("reference").get("passed").intValue()).isEqualTo(2);
    assertThat(good.get("nothing").get("tried").intValue()).isEqualTo(2);
    assertThat(good.get("agent_free_seconds").doubleValue()).isPositive();
    assertThat(errors(task(report, "unsolved")))
        .contains("solution/solve.sh: the reference solution never passes (0 of 2)");
    assertThat(errors(task(report, "open"))).contains("doing nothing passes 2 of 2");
    assertThat(errors(task(report, "unbuilt"))).contains("absent");
    assertThat(task(report, "unbuilt").get("reference").isNull()).isTrue();
    assertThat(report.get("agent_free_seconds").doubleValue()).isPositive();
    // Evidence of what went wrong is named and can be read.
    Path evidence =
        Path.of(
            result
                .err()
                .lines()
                .filter(line -> line.startsWith("evidence: "))
                .findFirst()
                .orElseThrow()
                .substring("evidence: ".length()));
    assertThat(evidence).isDirectory();
    dev.pacebench.runner.home.FileTrees.delete(evidence.getParent());
  }

  @Test
  void decidingTestsAreFoundWrittenAndThenHold() throws IOException {
    make("slugs", "swe");
    Path file = set.resolve("slugs/swe.toml");
    String text = Files.readString(file);
    Files.writeString(
        file,
        text.substring(0, text.indexOf("[tests]")) + text.substring(text.indexOf("[metadata]")));
    Set<String> before = temporaries();

    Result fixed = check("-n", "2", "--fix");

    assertThat(fixed.code()).as(fixed.err() + fixed.out()).isZero();
    assertThat(read(fixed).get("fixed").get(0).asString()).contains("2 tests begin to pass");
    assertThat(file).content().contains("test_second_page_of_a_title_gets_a_number\"");
    assertThat(shell.run("tasks", "show", set.toString(), "slugs").out())
        .containsPattern("fail_to_pass +2")
        .containsPattern("pass_to_pass +3");
    assertThat(temporaries()).isSubsetOf(before);
  }

  @Test
  void changesThatCannotDecideAreNamed() throws IOException {
    make("misplaced", "swe");
    make("unfit", "swe");
    String early = "tests.test_slug.SlugTest.test_empty_title";
    Path file = set.resolve("misplaced/swe.toml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("  \"" + early + "\",\n", "")
            .replace("fail_to_pass = [", "fail_to_pass = [\n  \"" + early + "\","));
    Path patch = set.resolve("unfit/solution/solution.patch");
    Files.writeString(
        patch,
        Files.readString(patch)
            .replace("-        return slug(title)", "-        return other(title)"));

    Result result = check("-n", "1");
    JsonNode report = read(result);

    assertThat(result.code()).isEqualTo(1);
    assertThat(errors(task(report, "misplaced")))
        .contains("swe.toml: tests.fail_to_pass: already pass without any change: " + early);
    assertThat(errors(task(report, "unfit"))).contains("solution.patch").contains("does not apply");
    result
        .err()
        .lines()
        .filter(line -> line.startsWith("evidence: "))
        .forEach(line -> delete(Path.of(line.substring("evidence: ".length())).getParent()));
  }

  private static void delete(Path folder) {
    try {
      dev.pacebench.runner.home.FileTrees.delete(folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
