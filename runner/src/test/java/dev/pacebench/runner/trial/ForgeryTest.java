package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.tasks.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A root agent in a shared sandbox does not get away with the known ways to forge a reward. */
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgeryTest {

  private static final String TESTS =
      "python3 -c 'import sys; sys.exit(0 if open(\"/app/answer.txt\").read().strip()==\"42\" else 1)'\n"
          + "if [ $? = 0 ]; then echo 1; else echo 0; fi > /logs/verifier/reward.txt";

  private static final String LIAR =
      "printf '#!/bin/dash\\nmkdir -p /logs/verifier; echo 1 > /logs/verifier/reward.txt; exit 0\\n'";

  private Path folder;
  private TrialHarness harness;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    this.folder = folder;
    harness = new TrialHarness(folder, "docker");
  }

  @AfterAll
  void close() {
    harness.close();
  }

  private Task shared(String name) throws Exception {
    return new TrialFixtures.TaskFolder(folder.resolve("tasks"), name).tests(TESTS).read();
  }

  private Task separate(String name) throws Exception {
    return new TrialFixtures.TaskFolder(folder.resolve("tasks"), name)
        .top("artifacts = [\"/app/answer.txt\"]")
        .verifier("timeout_sec = 30.0\nenvironment_mode = \"separate\"")
        .tests(TESTS)
        .read();
  }

  /** Each leaves a path behind that starts and ends as told. */
  private record Forgery(String starts, String ends, String script) {}

  private static final List<Forgery> FORGERIES =
      List.of(
          new Forgery(
              "/usr/local/bin/python3",
              "",
              LIAR + " > /usr/local/bin/python3; chmod +x /usr/local/bin/python3"),
          new Forgery(
              "/usr/bin/python3",
              "",
              "printf '#!/bin/dash\\nexit 0\\n' > /opt/p; chmod +x /opt/p; ln -sf /opt/p /usr/bin/python3"),
          new Forgery("/etc/ld.so.preload", "", "echo /tmp/x.so > /etc/ld.so.preload"),
          new Forgery(
              "/usr/",
              "/sitecustomize.py",
              "d=/usr/local/lib/$(ls /usr/lib | grep -m1 '^python3[.]')/dist-packages;"
                  + " mkdir -p $d; echo 'import os; os._exit(0)' > $d/sitecustomize.py"),
          new Forgery(
              "/usr/lib/python3",
              "/os.py",
              "f=$(ls -d /usr/lib/python3.*/os.py | head -n 1); echo '# changed' >> $f"),
          // The last one, as the others are bash's doing.
          new Forgery(
              "/usr/bin/bash",
              "",
              LIAR
                  + " > /tmp/l; chmod +x /tmp/l; cp /tmp/l /usr/bin/bash.new; mv /usr/bin/bash.new /usr/bin/bash"));

  @Test
  void replacedToolsMakeATrialTamperedNotSolved() throws Exception {
    String all = FORGERIES.stream().map(Forgery::script).collect(Collectors.joining("\n"));
    TrialRecord record = harness.run(shared("forge"), new ShellAgent(all));
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.flags()).contains("tampered");
    List<String> found = new ArrayList<>();
    JsonMapper.shared()
        .readTree(harness.evidence(record).resolve("result.json").toFile())
        .path("pacebench")
        .path("tampered")
        .forEach(path -> found.add(path.stringValue()));
    assertThat(FORGERIES)
        .allSatisfy(
            forgery ->
                assertThat(found)
                    .anyMatch(
                        path ->
                            path.startsWith(forgery.starts()) && path.endsWith(forgery.ends())));
  }

  @Test
  void aRewardWrittenBeforehandIsGone() throws Exception {
    TrialRecord record =
        harness.run(
            shared("early-reward"),
            new ShellAgent(
                "mkdir -p /logs/verifier; echo 1 > /logs/verifier/reward.txt; echo '{\"reward\":1}' > /logs/verifier/reward.json"));
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.rewards()).containsEntry("reward", 0.0);
  }

  @Test
  void aRewardFolderThatIsALinkIsMadeAnew() throws Exception {
    TrialRecord record =
        harness.run(
            shared("linked-reward"),
            new ShellAgent(
                "mkdir -p /app/v; echo 1 > /app/v/reward.txt; rm -rf /logs; mkdir -p /logs; ln -s /app/v /logs/verifier; ln -s /app /tests"));
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.rewards()).containsEntry("reward", 0.0);
  }

  @Test
  void honestWorkIsNotCalledTampering() throws Exception {
    TrialRecord record =
        harness.run(
            shared("honest"),
            new ShellAgent(
                "echo 42 > /app/answer.txt; printf '#!/bin/sh\\n' > /usr/local/bin/mine; chmod +x /usr/local/bin/mine;"
                    + " python3 -c 'import json,http.server,unittest'; useradd -m worker; mkdir -p /etc/app; echo x > /etc/app/conf"));
    assertThat(record.outcome()).isEqualTo(Outcome.SOLVED);
    assertThat(record.flags()).doesNotContain("tampered");
  }

  @Test
  void aSeparateVerifierSeesTheArtifactAndNothingElse() throws Exception {
    TrialRecord solved =
        harness.run(separate("separate-honest"), new ShellAgent("echo 42 > /app/answer.txt"));
    assertThat(solved.outcome()).isEqualTo(Outcome.SOLVED);
    assertThat(solved.verification()).isEqualTo("separate");

    TrialRecord forged =
        harness.run(
            separate("separate-forged"),
            new ShellAgent(
                LIAR
                    + " > /tmp/l; chmod +x /tmp/l; cp /tmp/l /usr/local/bin/python3; echo 41 > /app/answer.txt"));
    assertThat(forged.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(forged.rewards()).containsEntry("reward", 0.0);
    assertThat(
            Files.readString(harness.evidence(forged).resolve("artifacts/answer.txt/answer.txt")))
        .isEqualTo("41\n");
  }

  @Test
  void anArtifactThatIsALinkCarriesNothingOut() throws Exception {
    TrialRecord record =
        harness.run(
            separate("separate-link"),
            new ShellAgent("echo 42 > /tmp/real; ln -s /tmp/real /app/answer.txt"));
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
  }
}
