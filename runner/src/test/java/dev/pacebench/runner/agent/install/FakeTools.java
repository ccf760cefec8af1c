package dev.pacebench.runner.agent.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder of scripts that stand for npm and its like, as the only such on the PATH. */
final class FakeTools {

  /** Puts one program of two files into the folder behind --prefix, and counts its calls. */
  static final String NPM =
      """
      echo called >> "$CALLS"
      while [ "$1" != --prefix ]; do shift; done
      cd "$2" && mkdir -p node_modules/helper/bin
      printf '#!/bin/sh\\necho helper 1.2.3\\n' > node_modules/helper/bin/helper
      echo data > node_modules/helper/data
      printf '{"packages": {"": {}, "node_modules/helper": {"version": "1.2.3", "integrity": "sha512-x"},
        "node_modules/other-machine": {"version": "1.2.3", "optional": true}}}' > package-lock.json
      """;

  private final Path folder;
  private final Path calls;
  private final Map<String, String> env = new HashMap<>();

  FakeTools(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.calls = folder.resolve("calls.txt");
    env.put("PATH", folder + ":/usr/bin:/bin");
    env.put("HOME", folder.toString());
  }

  FakeTools with(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\nCALLS='" + calls + "'\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  FakeTools withEnv(String name, String value) {
    env.put(name, value);
    return this;
  }

  Map<String, String> env() {
    return Map.copyOf(env);
  }

  /** How often tools were called. */
  int calls() throws IOException {
    return lines().size();
  }

  List<String> lines() throws IOException {
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }
}
