package dev.pacebench.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** What holds for files on their way in and out, and for differences. */
abstract class FileBehaviour extends CommandBehaviour {

  private static final long MAX = 1 << 20;

  @Test
  void aFolderComesBackAsItWent() throws Exception {
    Sandbox sandbox = open();
    Path source = Files.createDirectories(host.resolve("in/sub/deep")).getParent().getParent();
    Files.writeString(source.resolve("plain"), "text\n");
    Files.write(source.resolve("sub/binary"), new byte[] {0, 1, -1});
    Files.writeString(source.resolve("sub/deep/a  b"), "");
    Path tool = Files.writeString(source.resolve("tool"), "#!/bin/sh\necho ran\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(source.resolve("link"), Path.of("sub/binary"));

    sandbox.put(source, "/some/new/place", false);
    assertThat(out(sandbox, "cd /some/new/place && ./tool && [ ! -x plain ] && cat plain"))
        .isEqualTo("ran\ntext\n");
    Path back = host.resolve("back");
    assertThat(sandbox.get("/some/new/place", back, MAX)).isTrue();
    assertThat(Files.readString(back.resolve("plain"))).isEqualTo("text\n");
    assertThat(Files.readAllBytes(back.resolve("sub/binary"))).containsExactly(0, 1, -1);
    assertThat(back.resolve("sub/deep/a  b")).exists();
    assertThat(Files.isExecutable(back.resolve("tool"))).isTrue();
    assertThat(Files.isExecutable(back.resolve("plain"))).isFalse();
    assertThat(Files.readSymbolicLink(back.resolve("link"))).isEqualTo(Path.of("sub/binary"));
  }

  @Test
  void aFileIsPutUnderItsNewNameAndCanBeMadeExecutable() throws Exception {
    Sandbox sandbox = open();
    Path file = Files.writeString(host.resolve("f"), "#!/bin/sh\necho hello\n");
    sandbox.put(file, "/opt/here/run.sh", true);
    assertThat(out(sandbox, "/opt/here/run.sh")).isEqualTo("hello\n");
    assertThat(sandbox.get("/opt/here/run.sh", host.resolve("o"), MAX)).isTrue();
    assertThat(host.resolve("o/run.sh")).hasSameTextualContentAs(file);
  }

  @Test
  void aBigFileIsPutIntoFoldersThatDoNotExistYet() throws Exception {
    Sandbox sandbox = open();
    long size = 300L << 20;
    Path file = host.resolve("big");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
    }
    sandbox.put(file, "/tmp/several/new/folders/big", false);
    assertThat(out(sandbox, "stat -c %s /tmp/several/new/folders/big").strip())
        .isEqualTo("" + size);
    out(sandbox, "rm /tmp/several/new/folders/big");
  }

  @Test
  void puttingReplacesFilesAndKeepsTheRest() throws Exception {
    Sandbox sandbox = open();
    out(sandbox, "mkdir -p /tests; echo old >/tests/a; echo kept >/tests/b; chmod 400 /tests/a");
    Path source = Files.createDirectory(host.resolve("s"));
    Files.writeString(source.resolve("a"), "new\n");
    sandbox.put(source, "/tests", false);
    assertThat(out(sandbox, "cat /tests/a /tests/b; echo more >>/tests/a"))
        .isEqualTo("new\nkept\n");
  }

  @Test
  void whatIsNotThereIsNotGot() {
    assertThat(open().get("/none/such", host.resolve("o"), MAX)).isFalse();
  }

  @Test
  void moreThanTheLimitIsRefused() throws Exception {
    Sandbox sandbox = open();
    out(sandbox, "mkdir /tmp/big; head -c 700000 /dev/zero | tee /tmp/big/a >/tmp/big/b");
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> sandbox.get("/tmp/big", host.resolve("o"), MAX))
        .matches(e -> e.kind() == Kind.BAD_REQUEST);
    assertStillWorks(sandbox);
  }

  @Test
  void onlyLinksThatStayInsideComeOutAndNoSpecialFiles() throws Exception {
    Sandbox sandbox = open();
    out(
        sandbox,
        "mkdir -p /out/sub; cd /out; echo x >real; ln -s real rel; ln -s ../real sub/up;"
            + " ln -s /etc/passwd abs; ln -s ../../../../../../etc/passwd climb; ln -s . here;"
            + " ln -s here/.. trick; mkfifo pipe; ln -s sub/../../etc away");
    Path back = host.resolve("o");
    assertThat(sandbox.get("/out", back, MAX)).isTrue();
    assertThat(Files.readString(back.resolve("rel"))).isEqualTo("x\n");
    assertThat(Files.readString(back.resolve("sub/up"))).isEqualTo("x\n");
    for (String name : new String[] {"abs", "climb", "trick", "pipe", "away"}) {
      assertThat(Files.exists(back.resolve(name), LinkOption.NOFOLLOW_LINKS)).as(name).isFalse();
    }
  }

  @Test
  void linksInTheWayNeverLeadToTheHost() throws Exception {
    Sandbox sandbox = open();
    Path outside = Files.createDirectory(host.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    out(sandbox, "mkdir /app; ln -s " + outside + " /app/link; ln -s / /app/root");
    Path file = Files.writeString(host.resolve("f"), "content");
    // Where it ends up inside does not matter, nor whether it is refused.
    for (String target : new String[] {"/app/link/f", "/app/root" + outside + "/f"}) {
      try {
        sandbox.put(file, target, false);
      } catch (SandboxException e) {
        assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST);
      }
    }
    Path back = host.resolve("o");
    sandbox.get("/app/link", back.resolve("1"), MAX);
    sandbox.get("/app/link/secret", back.resolve("2"), MAX);
    sandbox.get("/app/root" + outside, back.resolve("3"), MAX);
    sandbox.get("/app/../../../.." + outside, back.resolve("4"), MAX);
    try (var left = Files.list(outside)) {
      assertThat(left.map(p -> p.getFileName().toString())).containsExactly("secret");
    }
    if (Files.exists(back)) {
      try (var walk = Files.walk(back)) {
        assertThat(walk.filter(p -> p.endsWith("secret"))).isEmpty();
      }
    }
  }

  @Test
  void diffSeesWhatWasAddedModifiedAndDeleted() throws Exception {
    Sandbox sandbox = open();
    assertStillWorks(sandbox);
    assertThat(sandbox.diff()).isEmpty();
    out(
        sandbox,
        "mkdir /added; echo x >/added/file; echo '# more' >>/etc/group; rm /etc/nsswitch.conf");
    assertThat(sandbox.diff())
        .contains(
            new Change(Change.Kind.ADDED, "/added/file"),
            new Change(Change.Kind.MODIFIED, "/etc/group"),
            new Change(Change.Kind.DELETED, "/etc/nsswitch.conf"))
        .noneMatch(change -> change.path().startsWith("/usr") || change.path().startsWith("/proc"));
  }
}
