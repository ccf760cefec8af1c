package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Copies files in and out of a container as archives; works stopped, frozen or without any tool.
 */
final class ArchiveCopies {

  /**
   * An engine that has no use for an archive answers without reading it and hangs up; what is this
   * small has been sent by then, of more the connection breaks before the answer is read.
   */
  private static final long SENT_AT_ONCE = 1 << 16;

  private static final int TAR_END = 1024;

  private final Engine engine;
  private final String container;
  private final Path scratch;

  ArchiveCopies(Engine engine, String container, Path scratch) {
    this.engine = engine;
    this.container = container;
    this.scratch = scratch;
  }

  void put(Path source, String target, boolean executable) {
    if (!target.startsWith("/") || target.indexOf('\0') >= 0) {
      throw new SandboxException(
          Kind.BAD_REQUEST, target + " is not an absolute path", "name one inside the sandbox");
    }
    boolean folder = Files.isDirectory(source);
    String clean = target.replaceAll("/+$", "");
    String into = folder ? clean : clean.substring(0, clean.lastIndexOf('/'));
    String prefix = folder ? "" : clean.substring(clean.lastIndexOf('/') + 1);
    // The engine extracts only into a folder that exists; what is missing becomes part of the
    // archive. Folders that exist stay out of it, or they would change their mode and owner.
    boolean large = isLarge(source);
    while (!(large ? accepts(into) : extract(source, into, prefix, executable))) {
      if (into.isEmpty()) {
        throw new SandboxException(
            Kind.FAILED, "the sandbox is gone", "see what else removes containers");
      }
      String name = into.substring(into.lastIndexOf('/') + 1);
      prefix = prefix.isEmpty() ? name : name + "/" + prefix;
      into = into.substring(0, into.lastIndexOf('/'));
    }
    if (large && !extract(source, into, prefix, executable)) {
      throw new SandboxException(
          Kind.BAD_REQUEST,
          into + " went away while files were copied to it",
          "see what removes it in the sandbox");
    }
  }

  private boolean isLarge(Path source) {
    try (var walk = Files.walk(source, FileVisitOption.FOLLOW_LINKS)) {
      // Each entry has a header of a block or three.
      long bytes = 0;
      for (Path each : (Iterable<Path>) walk::iterator) {
        bytes += TAR_END + (Files.isRegularFile(each) ? Files.size(each) : 0);
        if (bytes > SENT_AT_ONCE) {
          return true;
        }
      }
      return false;
    } catch (IOException | UncheckedIOException e) {
      // A link that leads nowhere or in circles; an own question is right for any size.
      return true;
    }
  }

  /** Whether the engine would extract into a folder, asked with an empty archive. */
  private boolean accepts(String into) {
    return send(new ByteArrayInputStream(new byte[TAR_END]), into);
  }

  /** False when there is no such folder. */
  private boolean extract(Path source, String into, String prefix, boolean executable) {
    Path archive = write(source, prefix, executable);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
      return send(in, into);
    } catch (IOException e) {
      throw scratchFailed(e);
    } finally {
      delete(archive);
    }
  }

  private boolean send(InputStream archive, String folder) {
    String into = folder.isEmpty() ? "/" : folder;
    return engine.call(
        "copy files to " + into,
        () -> {
          try {
            engine
                .calls()
                .copyArchiveToContainerCmd(container)
                .withRemotePath(into)
                .withTarInputStream(archive)
                .exec();
            return true;
          } catch (NotFoundException e) {
            return false;
          } catch (DockerException e) {
            String why = Failures.engineMessage(e);
            if (e instanceof BadRequestException || why.contains("read-only")) {
              throw new SandboxException(
                  Kind.BAD_REQUEST,
                  into + " takes no files: " + why,
                  "name a path of which every part is a folder that can be written",
                  e);
            }
            throw e;
          }
        });
  }

  private Path write(Path source, String prefix, boolean executable) {
    try {
      Path archive = Files.createTempFile(scratch, "put-", ".tar");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive));
          TarArchiveOutputStream tar = Tars.output(out)) {
        boolean folder = Files.isDirectory(source);
        parents(tar, folder ? prefix : parent(prefix));
        if (!folder) {
          Tars.add(tar, source.toRealPath(), prefix, executable);
          return archive;
        }
        List<Path> entries;
        try (var walk = Files.walk(source)) {
          entries = walk.filter(each -> !each.equals(source)).sorted().toList();
        }
        for (Path each : entries) {
          if (Files.isSymbolicLink(each)
              || Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)
              || Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
            String name = source.relativize(each).toString();
            Tars.add(tar, each, prefix.isEmpty() ? name : prefix + "/" + name, executable);
          }
        }
      }
      return archive;
    } catch (IOException e) {
      throw scratchFailed(e);
    }
  }

  private static void parents(TarArchiveOutputStream tar, String path) throws IOException {
    if (path.isEmpty()) {
      return;
    }
    parents(tar, parent(path));
    Tars.addDirectory(tar, path, 0755);
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  boolean get(String source, Path target, long maxBytes) {
    String path = URLEncoder.encode(source, StandardCharsets.UTF_8);
    DockerHttpClient.Request.Builder request =
        DockerHttpClient.Request.builder().method(DockerHttpClient.Request.Method.GET);
    return engine.call(
        "copy " + source + " out",
        () -> {
          // Closing the response gives the rest up; closing its stream would read all of it.
          try (DockerHttpClient.Response response =
              engine.request(
                  request, "/containers/" + container + "/archive?path=" + path, false)) {
            if (response.getStatusCode() == 200) {
              new Unpacking(target, maxBytes).unpack(new BufferedInputStream(response.getBody()));
              return true;
            }
            return missing(source, response);
          } catch (IOException e) {
            throw new SandboxException(
                Kind.FAILED,
                source + " could not be copied out: " + Failures.rootMessage(e),
                "free disk space on this host, or look at the engine's log",
                e);
          }
        });
  }

  /** False for a path that is not there, or on whose way something is no folder. */
  private boolean missing(String source, DockerHttpClient.Response response) throws IOException {
    String body = new String(response.getBody().readNBytes(1 << 16), StandardCharsets.UTF_8);
    String message = Failures.jsonMessage(body);
    int status = response.getStatusCode();
    if ((status == 404 || status == 400) && !message.contains("No such container")) {
      return false;
    }
    throw new SandboxException(
        Kind.FAILED,
        source + " could not be copied out: the Docker engine answered " + status + ": " + message,
        "see whether the sandbox's container still exists (docker ps -a)");
  }

  private SandboxException scratchFailed(IOException e) {
    return new SandboxException(
        Kind.FAILED,
        "files could not be put together in " + scratch + ": " + Failures.rootMessage(e),
        "free disk space or choose another --home",
        e);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
