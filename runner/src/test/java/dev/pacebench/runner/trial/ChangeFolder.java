package dev.pacebench.runner.trial;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.swe.SweFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a task of changing a small Python repository whose sums are wrong. */
final class ChangeFolder {

  static final String FIXED =
      "def add(a, b):\n    return a + b\n\n\ndef mul(a, b):\n    return a * b\n";

  private static final String BROKEN = FIXED.replace("a + b", "a - b");

  private static final String TESTS =
      "import unittest\nimport calc\n\n\nclass CalcTest(unittest.TestCase):\n"
          + "    def test_add(self):\n        self.assertEqual(calc.add(2, 3), 5)\n\n"
          + "    def test_mul(self):\n        self.assertEqual(calc.mul(2, 3), 6)\n";

  private static final String SOLUTION =
      "diff --git a/calc/__init__.py b/calc/__init__.py\n--- a/calc/__init__.py\n+++ b/calc/__init__.py\n"
          + "@@ -1,5 +1,5 @@\n def add(a, b):\n-    return a - b\n+    return a + b\n \n \n def mul(a, b):\n";

  private final Path folder;
  private String task = "";
  private String verifier = "command = \"python3 -m unittest -v\"\nparser = \"unittest\"\n";
  private String tests =
      "[tests]\nfail_to_pass = [\"tests.test_calc.CalcTest.test_add\"]\n"
          + "pass_to_pass = [\"test_mul (tests.test_calc.CalcTest)\"]\n";

  ChangeFolder(Path parent, String name) throws IOException {
    folder = Files.createDirectories(parent.resolve(name));
    write("issue.md", "Sums are wrong.\n");
    write("repo/calc/__init__.py", BROKEN);
    write("repo/tests/__init__.py", "");
    write("repo/.gitignore", "__pycache__/\nbuild/\n");
    write("tests/tests/test_calc.py", TESTS);
    write("solution/solution.patch", SOLUTION);
  }

  ChangeFolder task(String toml) {
    task = toml;
    return this;
  }

  ChangeFolder verifier(String toml) {
    verifier = toml;
    return this;
  }

  ChangeFolder tests(List<String> failToPass, List<String> passToPass) {
    tests = "[tests]\nfail_to_pass = " + list(failToPass) + "\npass_to_pass = " + list(passToPass);
    return this;
  }

  private static String list(List<String> names) {
    return names.stream().map(name -> "'" + name + "'").toList().toString();
  }

  ChangeFolder write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  Path folder() {
    return folder;
  }

  Task read() throws IOException {
    write(
        "swe.toml",
        "format = \"pacebench-swe/1\"\n[task]\n"
            + task
            + "\n[environment]\ncpus = 1\nmemory_mb = 512\n[agent]\ntimeout_sec = 60\n[verifier]\n"
            + (verifier.startsWith("timeout_sec") ? "" : "timeout_sec = 60\n")
            + verifier
            + "\n"
            + tests
            + "\n");
    return new SweFormat(DigestMemory.NONE).read("test", folder).tasks().get(0);
  }
}
