package dev.pacebench.runner.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The smallest task there is: the verifier says 0 at once. */
final class BenchTask {

  private BenchTask() {}

  static Path write(Path parent, String name) throws IOException {
    Path task = Files.createDirectories(parent.resolve(name));
    Files.createDirectories(task.resolve("environment"));
    Files.createDirectories(task.resolve("tests"));
    Files.writeString(task.resolve("instruction.md"), "Do nothing.\n");
    Files.writeString(
        task.resolve("task.toml"),
        "schema_version = \"1.4\"\n[agent]\ntimeout_sec = 60.0\n[verifier]\ntimeout_sec = 30.0\n"
            + "[environment]\nnetwork_mode = \"no-network\"\n");
    Files.writeString(
        task.resolve("environment/Dockerfile"), "FROM pacebench/starter\nWORKDIR /app\n");
    Path test = task.resolve("tests/test.sh");
    Files.writeString(test, "#!/bin/sh\necho 0 > /logs/verifier/reward.txt\n");
    Files.setPosixFilePermissions(test, PosixFilePermissions.fromString("rwxr-xr-x"));
    return task;
  }
}
