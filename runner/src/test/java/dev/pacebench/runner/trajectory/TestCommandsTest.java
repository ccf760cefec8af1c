package dev.pacebench.runner.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commands look like running tests. */
class TestCommandsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pytest",
        "cd /app && pytest -q tests/test_a.py 2>&1 | tail -20",
        "python -m pytest -x",
        "python3 -m unittest discover",
        "PYTHONPATH=src python3 -B -m pytest",
        "timeout 60 pytest",
        "sudo -u app npm test",
        "npm run test:unit",
        "yarn test",
        "npx jest --ci",
        "node --test",
        "make check",
        "make -j4 test",
        "mvn -q -o test",
        "./mvnw verify",
        "./gradlew :core:test",
        "cargo test --all",
        "go test ./...",
        "ctest --output-on-failure",
        "dotnet test",
        "bundle exec rspec",
        "uv run pytest",
        "tox -e py311",
        "bats test/",
        "prove -l t",
        "./test.sh",
        "./run_tests.sh --fast",
        "bash tests/test.sh",
        "sh run-tests.sh",
        "bash -lc 'cd /app && pytest'",
        "if ! pytest; then echo bad; fi",
        "python test_answer.py",
        "python manage.py test app",
        "cat > a.txt <<EOF\nhello\nEOF\nmake test",
        "/usr/bin/env pytest",
        "(cd sub && go test)",
      })
  void testsAreRun(String command) {
    assertThat(TestCommands.in(command)).as(command).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ls",
        "echo pytest",
        "pip install pytest",
        "cat tests/test_a.py",
        "grep -rn test .",
        "test -f answer.txt && echo yes",
        "[ -f test.sh ]",
        "vi test.sh",
        "chmod +x test.sh",
        "git commit -m 'run pytest; make test'",
        "# pytest",
        "cat > run.sh <<'EOF'\npytest\nmake test\nEOF",
        "cat <<-X > f\n\tnpm test\n\tX\nls",
        "make",
        "make install",
        "npm install",
        "go build ./...",
        "mvn package",
        "python script.py",
        "python -c 'import pytest'",
        "find . -name 'test_*'",
        "sed -n 1,20p tests/test.sh",
        "bash install.sh",
        "./latest",
        "cargo build # then cargo test",
      })
  void noTestsAreRun(String command) {
    assertThat(TestCommands.in(command)).as(command).isFalse();
  }

  @Test
  void hostileScriptsEndSoon() {
    assertThat(TestCommands.in("'".repeat(1 << 20))).isFalse();
    assertThat(TestCommands.in("bash -c ".repeat(10_000) + "pytest")).isFalse();
    assertThat(TestCommands.in("a".repeat(1 << 22) + "\npytest")).isFalse();
    assertThat(TestCommands.in("_".repeat(60_000))).isFalse();
    assertThat(TestCommands.in("./" + "test_".repeat(12_000) + "/x")).isFalse();
    assertThat(TestCommands.in("<<".repeat(30_000))).isFalse();
  }
}
