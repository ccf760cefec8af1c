package dev.pacebench.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileCheckTest {

  @TempDir Path context;

  static List<Arguments> problems() {
    return List.of(
        problem("", 1, "empty"),
        problem("# only a comment\n\n", 1, "empty"),
        problem("RUN true\n", 1, "before FROM"),
        problem("ARG A=1\nENV B=2\nFROM x\n", 2, "before FROM"),
        problem("ARG A=1\n", 1, "no FROM"),
        problem("FROM x\nRUNN make\n", 2, "unknown instruction RUNN"),
        problem("FROM x\n\n# note\nRUN \\\n  a \\\n\n  # inside\n  b\nCOPPY a b\n", 9, "COPPY"),
        problem("FROM x\nRUN\n", 2, "needs an argument"),
        problem("FROM\n", 1, "needs an argument"),
        problem("FROM x y\n", 1, "is not an image"),
        problem("FROM x\nCOPY one\n", 2, "a source and a destination"),
        problem("FROM x\nCOPY there also /to\n", 2, "must be a directory"),
        problem("FROM x\nCOPY missing /to\n", 2, "no such file in the build context"),
        problem("FROM x\nCOPY [\"mis sing\", \"/to\"]\n", 2, "mis sing"),
        problem("FROM x\nADD nothing*.txt /to/\n", 2, "nothing*.txt"),
        problem("FROM x\nCOPY ../there /to\n", 2, "climbs out"),
        problem("FROM x\nCOPY folder/../../there /to\n", 2, "climbs out"),
        problem("FROM x\nCOPY left-out /to\n", 2, "left-out: there is no such file"),
        problem("FROM x\nCOPY --mode=755 there /to\n", 2, "no option --mode"),
        problem("FROM x\nCOPY --from=0 /a /b\n", 2, "does not come before"),
        problem("FROM x AS a\nCOPY --from=b /a /b\nFROM y AS b\n", 2, "does not come before"),
        problem("FROM x\nENV NAME\n", 2, "has no value"),
        problem("FROM x\nENV A=1 B\n", 2, "is not NAME=VALUE"),
        problem("FROM x\nSHELL /bin/bash\n", 2, "JSON"),
        problem("FROM x\nONBUILD FROM y\n", 2, "ONBUILD"),
        problem("FROM x\nRUN <<EOF\necho never ends\n", 2, "has no end"),
        problem("# escape=x\nFROM x\n", 1, "escape"));
  }

  private static Arguments problem(String text, int line, String part) {
    return Arguments.of(text, line, part);
  }

  @ParameterizedTest
  @MethodSource("problems")
  void aProblemIsToldWithItsLineAndARemedy(String text, int line, String part) throws Exception {
    Path file = context(text);
    assertThatExceptionOfType(DockerfileCheck.Refused.class)
        .isThrownBy(() -> check(file))
        .satisfies(
            e -> {
              assertThat(e.refusal().where()).isEqualTo(file + ":" + line);
              assertThat(e.refusal().what()).contains(part);
              assertThat(e.refusal().remedy()).isNotBlank();
              assertThat(e.refusal().kind()).isEqualTo(Kind.BAD_REQUEST);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from x\nrun true\n",
        "ARG BASE=debian\nFROM ${BASE}:${TAG:-stable} AS b\nFROM b\nCOPY --from=b /a /b\n",
        "# syntax=docker/dockerfile:1.7\n# escape=`\nFROM x\nRUN a `\n  b\nCOPY there C:\\to\n",
        "FROM x\nRUN a && \\\n# a comment\n\n  b\n",
        "FROM x\nCOPY there folder /to/\nCOPY folder/*.txt /to/\nCOPY . .\nCOPY /there /to\n",
        "FROM x\nENV NAME=there OTHER=\"a b\"\nENV OLD form of it\nCOPY $NAME /to\nCOPY $WHO /to\n",
        "FROM x\nCOPY [\"a file\", \"/to\"]\nADD https://example.org/f /to\n",
        "FROM x\nHEALTHCHECK --interval=5s CMD true\nONBUILD RUN true\nSHELL [\"/bin/sh\"]\n",
        "FROM x\nRUN echo $((1<<2)) && cat <<< word\n",
        "\uFEFFFROM x\r\nRUN a \\\r\n  b\r\n"
      })
  void whatDockerBuildsPasses(String text) throws Exception {
    assertThat(check(context(text)).dockerfile().instructions()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# syntax=docker/dockerfile-upstream:master\nFROM x\n",
        "FROM x\nRUN --mount=type=cache,target=/c true\n",
        "FROM x\nRUN <<EOF\necho a\nEOF\nRUN b\n",
        "FROM x\nCOPY <<'A' <<B /to/\n1\nA\n2\nB\n",
        "FROM x\nCOPY --chmod=755 there /to\n",
        "FROM x\nCOPY --link there /to\n",
        "FROM --platform=$BUILDPLATFORM x\n"
      })
  void whatNeedsTheNewerBuilderIsSeen(String text) throws Exception {
    assertThat(DockerfileRules.buildKitNeed(check(context(text)).dockerfile())).isPresent();
  }

  @Test
  void ordinaryFilesNeedNoNewerBuilder() throws Exception {
    String text = "# syntax=docker/dockerfile:1\nFROM x\nCOPY --chown=1:1 there /to\nRUN a <<<b\n";
    assertThat(DockerfileRules.buildKitNeed(check(context(text)).dockerfile())).isEmpty();
  }

  @Test
  void baseImagesAreThoseThatNoStageMakes() throws Exception {
    Dockerfile file =
        DockerfileParser.parse(
            "ARG V=1\nFROM a:$V AS one\nFROM one AS two\nFROM scratch\n"
                + "COPY --from=two /x /y\nCOPY --from=tools:2 /x /y\n");
    assertThat(file.baseImages().stream().map(Dockerfile.Stage::image))
        .containsExactly("a:1", "tools:2");
    assertThat(file.baseImages().stream().map(Dockerfile.Stage::line)).containsExactly(2, 6);
  }

  @Test
  void aDockerfileOutsideItsContextIsRefused() throws Exception {
    Path inner = Files.createDirectory(context.resolve("inner"));
    Path file = Files.writeString(context.resolve("Dockerfile"), "FROM x\n");
    assertThatExceptionOfType(DockerfileCheck.Refused.class)
        .isThrownBy(() -> DockerfileCheck.check(source(inner, file)))
        .withMessageContaining("outside its build context");
  }

  @Test
  void theContextIsWhatDockerignoreLeaves() throws Exception {
    Files.writeString(
        context.resolve(".dockerignore"), "# note\nlogs\n**/*.tmp\n!keep.tmp\n/top\nd?r\n");
    for (String name :
        List.of(
            "logs/a", "sub/logs/b", "x.tmp", "sub/y.tmp", "keep.tmp", "top", "sub/top", "dir/z")) {
      Path file = context.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    Path file = Files.writeString(context.resolve("Dockerfile"), "FROM x\n");
    assertThat(names(BuildContext.of(context, file)))
        .containsExactlyInAnyOrder(
            ".dockerignore",
            "Dockerfile",
            "keep.tmp",
            "sub/",
            "sub/logs/",
            "sub/logs/b",
            "sub/top");
  }

  @Test
  void whatIsHiddenReachesNoBuildWhateverTheFilesSay(@TempDir Path copy) throws Exception {
    Path file = context("FROM x\nCOPY . /\nCOPY --from=x tests /\n");
    String before = hiding(file).digest();
    Files.createDirectories(context.resolve("tests/deep"));
    Files.writeString(context.resolve("tests/deep/test.py"), "secret");
    Files.writeString(context.resolve("run-tests.sh"), "secret");
    Files.writeString(context.resolve("tests.txt"), "for all");
    Files.writeString(context.resolve(".dockerignore"), "!tests\n!run-tests.sh\n");

    BuildContext hiding = hiding(file);
    assertThat(hiding.hides()).isTrue();
    assertThat(names(hiding)).contains("Dockerfile", "tests.txt");
    assertThat(names(hiding)).noneMatch(name -> name.matches("tests/.*|run-tests.sh"));
    hiding.copyTo(copy);
    assertThat(copy.resolve("tests.txt")).hasContent("for all");
    assertThat(copy.resolve("tests")).doesNotExist();
    assertThat(copy.resolve("run-tests.sh")).doesNotExist();

    String seen = hiding.digest();
    assertThat(seen).isNotEqualTo(before);
    Files.writeString(context.resolve("run-tests.sh"), "other");
    assertThat(hiding(file).digest()).isEqualTo(seen);

    for (String line :
        List.of("COPY tests/deep /x", "ADD ./run-tests.sh /x", "COPY /tests/* /x/")) {
      Files.writeString(file, "FROM x\n" + line + "\n");
      assertThatExceptionOfType(DockerfileCheck.Refused.class)
          .isThrownBy(() -> hiding(file))
          .matches(e -> e.refusal().where().endsWith("Dockerfile:2"))
          .withMessageContaining("puts what judges or solves the task into its image");
    }
  }

  private BuildContext hiding(Path file) throws Exception {
    return DockerfileCheck.check(
            new ImageSource.Dockerfile(
                context, file, Duration.ofSeconds(5), List.of(), List.of("tests", "run-tests.sh")))
        .context();
  }

  @Test
  void theDigestFollowsWhatABuildSees() throws Exception {
    Path file = context("FROM x\n");
    String before = digest(file);
    assertThat(digest(file)).isEqualTo(before);
    Files.writeString(context.resolve("left-out"), "changed");
    assertThat(digest(file)).isEqualTo(before);
    Files.writeString(context.resolve("there"), "changed");
    String changed = digest(file);
    assertThat(changed).isNotEqualTo(before);
    assertThat(context.resolve("there").toFile().setExecutable(true)).isTrue();
    assertThat(digest(file)).isNotEqualTo(changed);
  }

  private String digest(Path file) throws Exception {
    return check(file).context().digest();
  }

  private static List<String> names(BuildContext context) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    context.writeTo(bytes);
    List<String> names = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        assertThat(entry.getLongUserId()).isZero();
        names.add(entry.getName());
      }
    }
    return names;
  }

  private Path context(String dockerfile) throws Exception {
    Files.writeString(context.resolve("there"), "x");
    Files.writeString(context.resolve("a file"), "x");
    Files.createDirectory(context.resolve("folder"));
    Files.writeString(context.resolve("folder/one.txt"), "x");
    Files.writeString(context.resolve("left-out"), "x");
    Files.writeString(context.resolve(".dockerignore"), "left-out\n");
    return Files.writeString(context.resolve("Dockerfile"), dockerfile);
  }

  private DockerfileCheck.Checked check(Path file) throws DockerfileCheck.Refused {
    return DockerfileCheck.check(source(context, file));
  }

  private static ImageSource.Dockerfile source(Path context, Path file) {
    return new ImageSource.Dockerfile(context, file, Duration.ofMinutes(1), List.of());
  }
}
