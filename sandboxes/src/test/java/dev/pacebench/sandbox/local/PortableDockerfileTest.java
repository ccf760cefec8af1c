package dev.pacebench.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.local.PortableDockerfile.Copy;
import dev.pacebench.sandbox.local.PortableDockerfile.MakeFolder;
import dev.pacebench.sandbox.local.PortableDockerfile.NotPortable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortableDockerfileTest {

  @TempDir Path context;

  @BeforeEach
  void fillContext() throws Exception {
    Files.writeString(context.resolve("a"), "");
    Files.writeString(context.resolve("b c"), "");
    Files.createDirectory(context.resolve("dir"));
    Files.createSymbolicLink(context.resolve("link"), Path.of("dir"));
  }

  @Test
  void readsThePlainForms() throws Exception {
    PortableDockerfile read =
        read(
            """
            # a comment
            from pacebench/starter:latest

            WORKDIR /app
            WORKDIR sub dir
            ENV A=1 B="two words" \\
                # a comment between
                C='$A' D=$A-${B:-x}-${NONE:-none}
            ENV OLD old form  value
            ENV PATH=/opt/bin:$PATH
            COPY a ./
            COPY --chmod=755 ["b c", "/opt/"]
            COPY dir /data
            COPY a "dir/" /two/
            """);
    assertThat(read.base()).isEqualTo("pacebench/starter");
    assertThat(read.workdir()).contains("/app/sub dir");
    // Variables of one instruction do not see each other.
    assertThat(read.env())
        .containsEntry("A", "1")
        .containsEntry("B", "two words")
        .containsEntry("C", "$A")
        .containsEntry("D", "-x-none")
        .containsEntry("OLD", "old form  value")
        .containsEntry(
            "PATH", "/opt/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    assertThat(read.steps())
        .containsExactly(
            new MakeFolder("/app"),
            new MakeFolder("/app/sub dir"),
            new Copy(List.of(context.resolve("a")), "/app/sub dir/", Optional.empty()),
            new Copy(List.of(context.resolve("b c")), "/opt/", Optional.of("755")),
            new Copy(List.of(context.resolve("dir")), "/data", Optional.empty()),
            new Copy(
                List.of(context.resolve("a"), context.resolve("dir")), "/two/", Optional.empty()));
  }

  @Test
  void laterInstructionsSeeEarlierVariables() throws Exception {
    assertThat(read("FROM pacebench/starter\nENV A=x\nENV B=${A}y\nWORKDIR /$B").workdir())
        .contains("/xy");
    assertThat(read("FROM pacebench/starter\nENV A=x\nENV B=\\$A").env())
        .isEqualTo(Map.of("A", "x", "B", "$A"));
  }

  @ParameterizedTest
  @CsvSource({"starter-jvm", "starter-node"})
  void whatIsMadeOnTheStarterIsABaseToo(String name) throws Exception {
    assertThat(read("FROM pacebench/" + name + ":latest").base()).isEqualTo("pacebench/" + name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; debian:bookworm; needs an engine",
        "1; pacebench/starter AS x; needs an engine",
        "1; pacebench/starter-perl; needs an engine",
        "2; pacebench/starter|RUN make; RUN needs an engine",
        "2; pacebench/starter|USER agent; USER needs an engine",
        "2; pacebench/starter|ADD a /; ADD needs an engine",
        "2; pacebench/starter|FROM pacebench/starter; second FROM",
        "2; pacebench/starter|COPY --from=x a /; --from=x needs an engine",
        "2; pacebench/starter|COPY --chmod=u+x a /; --chmod=u+x needs an engine",
        "2; pacebench/starter|COPY . /; takes what judges or solves the task along",
        "2; pacebench/starter|COPY tests/x /; takes what judges or solves the task along",
        "2; pacebench/starter|COPY ../a /; climbs out",
        "2; pacebench/starter|COPY none /; no such file",
        "2; pacebench/starter|COPY *.txt /; wildcards",
        "2; pacebench/starter|COPY link /; goes through a link",
        "2; pacebench/starter|COPY <<EOF /x; heredoc",
        "2; pacebench/starter|COPY a; source and a target",
        "2; pacebench/starter|COPY a dir /two; several sources",
        "2; pacebench/starter|COPY [\"a\" /x; not closed",
        "2; pacebench/starter|COPY a /usr/bin/; read-only",
        "2; pacebench/starter|COPY a /x/../../usr/y; read-only",
        "2; pacebench/starter|WORKDIR; no arguments",
        "2; pacebench/starter|ENV A; no value",
        "2; pacebench/starter|ENV A=\"x; quote is not closed",
        "2; pacebench/starter|ENV A=${B; not closed",
        "2; pacebench/starter|ENV A=${B:?x}; not understood",
        "4; pacebench/starter|ENV A=1 \\|  B=2|CMD x; CMD needs an engine",
      })
  void everythingElseIsRefusedWithItsLine(int line, String text, String what) {
    String whole = ("FROM " + text).replace('|', '\n');
    assertThatExceptionOfType(NotPortable.class)
        .isThrownBy(() -> read(whole))
        .withMessageContaining(what)
        .matches(e -> e.line() == line, "line " + line)
        .matches(e -> !e.remedy().isBlank());
  }

  @Test
  void anEmptyFileAndIgnoreFilesAreRefused() throws Exception {
    assertThatExceptionOfType(NotPortable.class).isThrownBy(() -> read("# nothing\n"));
    Files.writeString(context.resolve(".dockerignore"), "x");
    assertThatExceptionOfType(NotPortable.class)
        .isThrownBy(() -> read("FROM pacebench/starter\n"))
        .withMessageContaining(".dockerignore");
  }

  private PortableDockerfile read(String text) throws Exception {
    return DockerfileReader.read(
        new ImageSource.Dockerfile(
            context,
            Files.writeString(context.resolve("Dockerfile"), text),
            Duration.ofSeconds(5),
            List.of(),
            List.of("tests", "run-tests.sh")));
  }
}
