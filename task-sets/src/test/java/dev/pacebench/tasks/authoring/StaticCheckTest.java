package dev.pacebench.tasks.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.authoring.Finding.Severity;
import dev.pacebench.tasks.sets.TaskSets;
import dev.pacebench.tasks.testing.TaskFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of tasks without running them. */
class StaticCheckTest {

  private static final String COMPLETE =
      """
      schema_version = "1.4"
      [metadata]
      difficulty = "easy"
      category = "shell"
      created = "2026-11-21"
      [agent]
      timeout_sec = 300
      [verifier]
      timeout_sec = 60
      [environment]
      cpus = 1
      memory_mb = 512
      network_mode = "no-network"
      """;

  @TempDir private Path temp;

  private TaskFolder task() {
    return TaskFolder.make(temp.resolve("set/hello"))
        .toml(COMPLETE)
        .script(
            "tests/test.sh",
            "#!/bin/sh\ngrep -qx 42 /app/out && r=1 || r=0\necho $r > /logs/verifier/reward.txt\n");
  }

  private List<Finding> check() {
    TaskSets sets = new TaskSets(temp.resolve("a"), temp.resolve("b"), temp.resolve("c"));
    List<Task> tasks = sets.resolve(temp.resolve("set").toString()).tasks();
    assertThat(tasks).hasSize(1);
    return StaticCheck.of(tasks.get(0));
  }

  private Finding only() {
    List<Finding> found = check();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void completeTaskGivesNothingToSay() {
    task();

    assertThat(check()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM debian|WARNING|has no tag",
        "FROM debian:latest|WARNING|another one every day",
        "FROM registry.example:5000/debian|WARNING|has no tag",
        "FROM debian:12|HINT|can be moved",
        "FROM pacebench/starter\\nRUN pip install requests|WARNING|pip installs requests",
        "FROM pacebench/starter\\nRUN python3 -m pip install -q 'a==1' b|WARNING|pip installs b",
        "FROM pacebench/starter\\nRUN npm install -g eslint|WARNING|npm installs eslint",
        "FROM pacebench/starter\\nRUN npm install -g @scope/tool|WARNING|npm installs @scope/tool",
        "FROM pacebench/starter\\nRUN npm i x@latest|WARNING|npm installs x@latest",
        "FROM pacebench/starter\\nRUN gem install rake|WARNING|gem installs rake",
        "FROM pacebench/starter\\nRUN go install example.org/x@latest|WARNING|go installs",
        "FROM pacebench/starter\\nRUN curl -s https://example.org/x PIPE sh|WARNING|runs what a server sends",
        "FROM pacebench/starter\\nRUN true && BREAK\\n  wget -qO- https://example.org/x PIPE bash|WARNING|runs what a server sends",
        "FROM pacebench/starter\\nADD https://example.org/x /x|WARNING|adds what a server sends",
      })
  void whatAnotherDayWouldBuildOtherwiseIsFound(String dockerfile, String severity, String what) {
    task()
        .file(
            "environment/Dockerfile",
            dockerfile.replace("\\n", "\n").replace("PIPE", "|").replace("BREAK", "\\") + "\n");

    Finding finding = only();

    assertThat(finding.severity()).isEqualTo(Severity.valueOf(severity));
    assertThat(finding.what()).contains(what);
    assertThat(finding.where()).matches(".*environment/Dockerfile:[12]");
    assertThat(finding.remedy()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS base\nFROM base",
        "FROM pacebench/starter\nRUN pip install --no-cache-dir requests==2.32.3 'flask==3.0.0'",
        "FROM pacebench/starter\nRUN pip install -r requirements.txt ./own",
        "FROM pacebench/starter\nRUN npm install -g eslint@9.1.0 @scope/tool@1.2.3 && npm ci",
        "FROM pacebench/starter\nRUN echo 'curl x' > /app/note",
        "FROM pacebench/starter\n# RUN pip install requests\nENV A=latest",
        "FROM pacebench/starter\nADD --checksum=sha256:00 https://example.org/x /x",
      })
  void whatIsPinnedIsNoFinding(String dockerfile) {
    task().file("environment/Dockerfile", dockerfile + "\n").file("environment/own/x", "x");

    assertThat(check()).isEmpty();
  }

  @Test
  void cloneIsFoundWithItsLaterCommits() {
    task()
        .file(
            "environment/Dockerfile",
            "FROM pacebench/starter\nRUN git clone https://example.org/x.git /app\n");

    assertThat(check())
        .extracting(Finding::what)
        .anyMatch(it -> it.contains("that day"))
        .anyMatch(it -> it.contains("later commits"));
  }

  @Test
  void testsAndSolutionInTheImageAreErrors() {
    String solution = "#!/bin/sh\necho 42 > /app/out # the whole of it\n";
    task()
        .script("solution/solve.sh", solution)
        .script("environment/app/helper.sh", solution)
        .file("tests/test_out.py", "assert open('/app/out').read() == '42'\n")
        .file("environment/app/test_out.py", "assert open('/app/out').read() == '42'\n");

    assertThat(check())
        .hasSize(2)
        .allMatch(finding -> finding.severity() == Severity.ERROR)
        .extracting(Finding::what)
        .anyMatch(it -> it.contains("solution/solve.sh"))
        .anyMatch(it -> it.contains("tests/test_out.py"));
  }

  @Test
  void dataThatBothNeedIsAHintAtMost() {
    task()
        .file("tests/input.csv", "a,b,c\n1,2,3\n4,5,6\n7,8,9\n")
        .file("environment/app/input.csv", "a,b,c\n1,2,3\n4,5,6\n7,8,9\n");

    assertThat(only().severity()).isEqualTo(Severity.HINT);
  }

  @Test
  void expectedAnswerInTheImageIsNamed() {
    task().file("environment/app/expected_output.txt", "42\n");

    assertThat(only().what()).contains("agents must not see");
  }

  @Test
  void copyToWhereTestsWillBeIsAnError() {
    task()
        .file("environment/data/x", "x")
        .file("environment/Dockerfile", "FROM pacebench/starter\nCOPY data/ /tests/\n");

    assertThat(only().severity()).isEqualTo(Severity.ERROR);
    assertThat(only().where()).endsWith("Dockerfile:2");
  }

  @Test
  void instructionThatNamesTheVerifiersPlacesIsFound() {
    task().file("instruction.md", "Write 42 to /app/out.\nYou are judged by /tests/test.sh.\n");

    assertThat(only().where()).endsWith("instruction.md:2");
    assertThat(only().what()).contains("/tests/test.sh");
  }

  @Test
  void instructionThatHoldsTheSolutionIsFound() {
    String first = "cut -d, -f2 /app/data.csv | sort | uniq -c > /tmp/counts";
    String second = "awk '{ print $2, $1 }' /tmp/counts > /app/out # swap them";
    task()
        .file("instruction.md", "Run this:\n\n    " + first + "\n    " + second + "\n")
        .script("solution/solve.sh", "#!/bin/sh\n" + first + "\n" + second + "\n");

    assertThat(only().what()).contains("2 lines of the solution");
  }

  @Test
  void laterCommitsOfARepositoryAreFound() {
    task()
        .file("environment/app/.git/HEAD", "ref: refs/heads/main\n")
        .file("environment/app/.git/ORIG_HEAD", "0123456789012345678901234567890123456789\n")
        .file(
            "environment/app/.git/refs/remotes/origin/main",
            "0123456789012345678901234567890123456789\n");

    assertThat(check())
        .extracting(Finding::where)
        .anyMatch(it -> it.endsWith(".git/ORIG_HEAD"))
        .anyMatch(it -> it.endsWith("origin/main"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pip install pytest==8.0.0",
        "apt-get update",
        "apt-get -y install jq",
        "npm ci",
        "curl -fsS https://example.org/x -o x",
        "git clone https://example.org/x.git",
        "uvx pytest"
      })
  void networkThatATestNeedsIsFound(String line) {
    task().script("tests/test.sh", "#!/bin/sh\n" + line + "\necho 1 > /logs/verifier/reward.txt\n");

    assertThat(only().where()).endsWith("tests/test.sh:2");
    assertThat(only().what()).contains("no network");
  }

  @Test
  void networkThatNobodyNeedsIsFound() {
    task().toml(COMPLETE.replace("network_mode = \"no-network\"\n", ""));

    assertThat(check())
        .anyMatch(
            finding ->
                finding.where().endsWith("environment.network_mode")
                    && finding.severity() == Severity.WARNING);
  }

  @Test
  void ownServerIsNoNetwork() {
    task()
        .script(
            "tests/test.sh",
            "#!/bin/sh\ncurl -s http://localhost:8080/x | grep -q 42 && r=1 || r=0\n"
                + "echo $r > /logs/verifier/reward.txt\n");

    assertThat(check()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout_sec = 300|# none|WARNING|agent.timeout_sec|is missing",
        "timeout_sec = 300|timeout_sec = 2|WARNING|agent.timeout_sec|before a model answers",
        "timeout_sec = 300|timeout_sec = 90000|WARNING|agent.timeout_sec|four hours",
        "timeout_sec = 60|timeout_sec = 7200|WARNING|verifier.timeout_sec|more than an hour",
        "memory_mb = 512|memory_mb = 8|WARNING|environment.memory_mb|hardly enough",
        "memory_mb = 512|# none|HINT|environment.memory_mb|is missing",
        "cpus = 1|cpus = 64|WARNING|environment.cpus|more than most machines",
        "difficulty = \"easy\"|# none|HINT|metadata.difficulty|is missing",
        "difficulty = \"easy\"|difficulty = \"tricky\"|HINT|metadata.difficulty|none of easy",
        "created = \"2026-11-21\"|# none|HINT|metadata.created|is missing",
      })
  void missingAndAbsurdLimitsAreFoundByField(
      String from, String to, String severity, String where, String what) {
    task().toml(COMPLETE.replace(from, to));

    Finding finding = only();

    assertThat(finding.severity()).isEqualTo(Severity.valueOf(severity));
    assertThat(finding.where()).matches(".*task\\.toml:\\d+: " + where.replace(".", "\\."));
    assertThat(finding.what()).contains(what);
  }

  @Test
  void taskWithoutASolutionIsFound() {
    task().delete("solution");

    assertThat(only().what()).contains("no reference solution");
  }

  @Test
  void namesThatDifferInCaseAloneAreFound() {
    task().file("environment/app/Data", "1").file("environment/app/data", "2");

    assertThat(only().what()).contains("upper and lower case");
  }

  @Test
  void carriageReturnsInAScriptAreAnError() {
    task().script("tests/test.sh", "#!/bin/sh\r\necho 1 > /logs/verifier/reward.txt\r\n");

    assertThat(only().severity()).isEqualTo(Severity.ERROR);
    assertThat(only().what()).contains("carriage returns");
  }

  @Test
  void scriptsThatMayNotBeExecutedAreHints() {
    task().mode("tests/test.sh", "rw-r--r--").mode("solution/solve.sh", "rw-r--r--");

    assertThat(check()).hasSize(2).allMatch(it -> it.remedy().startsWith("chmod +x "));
  }

  @Test
  void testsThatNeverGiveARewardAreAnError() {
    task().script("tests/test.sh", "#!/bin/sh\ngrep -qx 42 /app/out\n");

    assertThat(only().severity()).isEqualTo(Severity.ERROR);
    assertThat(only().what()).contains("reward");
  }

  @Test
  void testsThatStopBeforeTheRewardAreFound() {
    task()
        .script(
            "tests/test.sh",
            "#!/bin/sh\nset -eu\ngrep -qx 42 /app/out\necho 1 > /logs/verifier/reward.txt\n");

    assertThat(only().what()).contains("first command that fails");
  }

  @Test
  void onePathOfScriptsAloneIsAHint() {
    task().file("simulated/good.yaml", "path: good\nturns:\n  - text: Done.\n");

    assertThat(only().what()).contains("wrong path");
  }

  @Test
  void worstFindingsComeFirst() {
    task()
        .toml(COMPLETE.replace("created = \"2026-11-21\"\n", "").replace("timeout_sec = 300", ""))
        .script("tests/test.sh", "#!/bin/sh\ntrue\n");

    assertThat(check())
        .extracting(Finding::severity)
        .containsExactly(Severity.ERROR, Severity.WARNING, Severity.HINT);
  }

  @Test
  void hiddenTestsOfARepositoryMustNotAllBeInIt() {
    Path set = temp.resolve("set");
    TaskTemplate.write(
        set.resolve("slug"),
        new TaskTemplate.Answers(
            TaskTemplate.Style.SWE, "slug", "easy", "x", java.time.LocalDate.EPOCH));
    TaskFolder task = TaskFolder.empty(set.resolve("slug"));
    String visible = "import unittest # the tests that everybody may see\n";
    task.file("repo/tests/test_slug.py", visible).file("tests/tests/test_slug.py", visible);

    assertThat(check()).isEmpty();

    task.delete("tests/tests/test_unique.py");

    assertThat(only().severity()).isEqualTo(Severity.ERROR);
    assertThat(only().what()).contains("nothing is hidden");
  }
}
