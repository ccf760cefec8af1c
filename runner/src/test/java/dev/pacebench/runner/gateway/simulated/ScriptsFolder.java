package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small task with scripts. */
final class ScriptsFolder {

  static final String GOOD =
      """
      path: good
      turns:
        - reasoning: A look first.
          text: I look around.
          run:
            - ls
            - |
              cat <<'END'
              two lines
              END
        - run: echo 42 > answer.txt
          tokens: {reasoning: 7, output: 30}
          reasoning: Simple enough.
        - text: Done.
      """;
  static final String WRONG = "path: wrong\nturns: [{text: Nothing to do.}]\n";

  private final Path folder;
  private String difficulty = "medium";

  ScriptsFolder(Path parent) throws IOException {
    folder = Files.createDirectories(parent.resolve("answer"));
    write("instruction.md", "Write 42 into /app/answer.txt.\n");
    write("environment/Dockerfile", "FROM pacebench/starter\nWORKDIR /app\n");
    write("tests/test.sh", "#!/bin/sh\necho 0 > /logs/verifier/reward.txt\n");
  }

  ScriptsFolder difficulty(String word) {
    difficulty = word;
    return this;
  }

  ScriptsFolder script(String name, String text) throws IOException {
    return write("simulated/" + name, text);
  }

  ScriptsFolder write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Task task() throws IOException {
    write(
        "task.toml",
        "schema_version = \"1.4\"\n[metadata]\ndifficulty = \""
            + difficulty
            + "\"\ntools = [\"sh\"]\n[agent]\ntimeout_sec = 60.0\n[verifier]\ntimeout_sec = 30.0\n"
            + "[environment]\nnetwork_mode = \"no-network\"\n");
    return new HarborFormat().read("test", folder).tasks().get(0);
  }

  Scripts read() throws IOException {
    return Scripts.read(task());
  }
}
