package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What scripts rely on: exit codes, where output goes, and how errors read. */
class CommandLineContractTest {

  @TempDir Path folder;
  private CommandLineTester pacebench;

  @BeforeEach
  void setUp() {
    pacebench = new CommandLineTester(folder.resolve("home"));
  }

  @Test
  void versionAndHelpGoToStdout() {
    assertThat(pacebench.run("--version"))
        .matches(result -> result.code() == 0 && result.err().isEmpty());
    assertThat(pacebench.run("--version").out()).startsWith("pacebench ");
    Result help = pacebench.run("run", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("--timeout-factor", "--home", "--no-color");
  }

  @Test
  void everyCommandExplainsItself() {
    for (String name :
        Root.commandLine(new Cli(System.out, System.err, java.util.Map.of()))
            .getSubcommands()
            .keySet()) {
      Result help = pacebench.run(name, "--help");
      assertThat(help.code()).as(name).isZero();
      assertThat(help.out()).as(name).contains("Usage: pacebench " + name);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badUses")
  void wrongUseIsExit2WithWhatAndRemedy(
      String name, List<String> args, String what, String remedy) {
    Result result = pacebench.run(args.toArray(String[]::new));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("error: ").contains("\nremedy: ").doesNotContain("\tat ");
    assertThat(
            result
                .err()
                .lines()
                .filter(line -> line.startsWith("error: "))
                .findFirst()
                .orElseThrow())
        .contains(what);
    assertThat(result.err().substring(result.err().indexOf("\nremedy: "))).contains(remedy);
  }

  static Stream<Arguments> badUses() {
    return Stream.of(
        arguments("no command", List.of(), "no command", "--help"),
        arguments("unknown command", List.of("rnu"), "rnu", "did you mean `run`"),
        arguments("unknown option", List.of("runs", "--jsn"), "--jsn", "did you mean `--json`"),
        arguments("option without value", List.of("runs", "--home"), "--home", "--help"),
        arguments("missing options", List.of("run"), "--tasks", "--help"),
        arguments("no subcommand of tasks", List.of("tasks"), "no command", "tasks list"),
        arguments("k is no number", run("-k", "many"), "many", "--help"),
        arguments("k is zero", run("-k", "0"), "-k 0", "1 to 1000"),
        arguments("k is too large", run("-k", "1001"), "-k 1001", "1 to 1000"),
        arguments("j is zero", run("-j", "0"), "-j 0", "1 to 256"),
        arguments("j is too large", run("-j", "257"), "-j 257", "1 to 256"),
        arguments(
            "factor is negative",
            run("--timeout-factor", "-1"),
            "--timeout-factor -1.0",
            "more than 0"),
        arguments("factor is no number", run("--timeout-factor", "NaN"), "NaN", "more than 0"),
        arguments("unknown order", run("--order", "by-luck"), "by-luck", "by-attempt"),
        arguments("unknown sandbox", run("--sandbox", "dokcer"), "dokcer", "did you mean `docker`"),
        arguments(
            "unknown task set",
            List.of("run", "-t", "starter-terminl", "-l", "oracle-nop"),
            "starter-terminl",
            "starter-terminal"),
        arguments(
            "unknown lineup",
            List.of("run", "-t", "starter-terminal", "-l", "oracle-npo"),
            "oracle-npo",
            "did you mean `oracle-nop`"),
        arguments("no run yet", List.of("status"), "no run here yet", "pacebench run"),
        arguments("no run to show", List.of("show", "latest"), "no run here yet", "pacebench run"),
        arguments("no run to resume", List.of("resume", "x"), "no run here yet", "pacebench run"),
        arguments("unknown form", List.of("table", "x", "--format", "xml"), "xml", "markdown"),
        arguments("unknown export form", List.of("export", "x", "--format", "xml"), "xml", "jsonl"),
        arguments(
            "unknown task",
            List.of("tasks", "show", "starter-terminal", "lost-name"),
            "lost-name",
            "`lost-names`"));
  }

  private static List<String> run(String... more) {
    return Stream.concat(
            Stream.of("run", "-t", "starter-terminal", "-l", "oracle-nop"), Stream.of(more))
        .toList();
  }

  @Test
  void whatIsSaidAboutAResultComesAfterIt() {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    PrintStream buffered =
        new PrintStream(new BufferedOutputStream(terminal, 1 << 16), false, StandardCharsets.UTF_8);
    PrintStream direct = new PrintStream(terminal, true, StandardCharsets.UTF_8);
    Cli cli = new Cli(buffered, direct, java.util.Map.of());

    cli.line("result");
    cli.note("next");
    cli.line("second result");
    Errors.report(cli, new UserError("", "what", "do"));

    assertThat(terminal.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("result", "next", "second result", "error: what", "remedy: do");
  }

  @Test
  void badJsonUseIsOneObjectOnStderr() {
    for (String[] args :
        List.of(
            new String[] {"--json", "status"},
            new String[] {"status", "--json"},
            new String[] {"rnu", "--json"},
            new String[] {"table", "x", "--format", "csv", "--json"},
            new String[] {"tasks", "show", "starter-terminal", "nothing", "--json"})) {
      Result result = pacebench.run(args);

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      JsonNode error = JsonMapper.shared().readTree(result.err());
      assertThat(error.propertyNames()).containsExactly("error", "remedy", "exit_code");
      assertThat(error.get("exit_code").asInt()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void globalOptionsStandBeforeAndAfterTheCommand(String place) throws IOException {
    Path home = Files.createDirectories(folder.resolve("elsewhere"));
    String[] args =
        place.equals("before")
            ? new String[] {"--home", home.toString(), "-q", "runs"}
            : new String[] {"runs", "--home", home.toString(), "-q"};

    assertThat(pacebench.run(args)).isEqualTo(new Result(0, "", ""));
    assertThat(pacebench.run("runs").err()).contains(folder.resolve("home").toString());
    assertThat(pacebench.run("runs", "--home", home.toString()).err()).contains(home.toString());
  }

  @Test
  void theHomeIsNotMadeByReading() {
    pacebench.run("runs");
    pacebench.run("status");
    pacebench.run("tasks", "list");

    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void jsonLinesArePureAndComplete() {
    Result sets = pacebench.run("--json", "tasks", "list");
    Result tasks = pacebench.run("tasks", "list", "starter-terminal", "--json");
    Result agents = pacebench.run("agents", "list", "--json");

    assertThat(
            sets.out()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line).get("task_set").asString()))
        .contains("starter-terminal");
    assertThat(
            tasks
                .out()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line).get("task").asString()))
        .contains("lost-names", "broken-build");
    assertThat(
            agents
                .out()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line).get("agent").asString()))
        .isSorted()
        .contains("loop", "nop", "oracle", "codex");
  }

  @Test
  void tasksReadWell() {
    assertThat(pacebench.run("tasks", "list").out()).contains("starter-terminal", "bundled");
    assertThat(pacebench.run("tasks", "list", "starter-terminal").out())
        .contains("lost-names", "easy");
    assertThat(pacebench.run("tasks", "show", "starter-terminal", "lost-names").out())
        .contains("limit_seconds", "600.0", "checksum");
  }

  @Test
  void completionIsAScript() {
    Result result = pacebench.run("completion");

    assertThat(result.code()).isZero();
    assertThat(result.out()).startsWith("#!/usr/bin/env bash").contains("complete -F", "resume");
  }

  @Test
  void aBadLineupIsToldWithAllItsProblems() throws IOException {
    Path lineup =
        Files.writeString(
            folder.resolve("bad.yaml"), "contenders:\n  - {name: a, agnet: nop}\nx: 1\n");

    Result result = pacebench.run("run", "-t", "starter-terminal", "-l", lineup.toString());

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("3 problems", "bad.yaml:2", "bad.yaml:3", "did you mean `agent`?");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void stackTracesComeWithVerboseOnly() {
    assertThat(pacebench.run("status").err()).doesNotContain("\tat ");
    assertThat(pacebench.run("status", "-v").err()).contains("\tat ");
  }

  @Test
  void escapesInArgumentsDoNotReachTheTerminal() {
    assertThat(pacebench.run("status", "x\u001b[31m").err()).doesNotContain("\u001b");
    assertThat(pacebench.run("--x\u001b[31m").err()).doesNotContain("\u001b");
  }
}
