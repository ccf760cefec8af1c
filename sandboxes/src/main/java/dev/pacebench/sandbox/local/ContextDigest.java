package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Names what stands in for an image by its content: the Dockerfile and its build context. */
final class ContextDigest {

  private ContextDigest() {}

  static String of(ImageSource.Dockerfile source) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(source.dockerfile()));
      List<Path> files;
      try (Stream<Path> walk = Files.walk(source.context())) {
        files =
            walk.filter(p -> !Files.isDirectory(p) || Files.isSymbolicLink(p))
                .filter(p -> !source.hides(source.context().relativize(p)))
                .sorted()
                .toList();
      }
      for (Path file : files) {
        add(digest, source.context().relativize(file).toString());
        if (Files.isSymbolicLink(file)) {
          add(digest, "link " + Files.readSymbolicLink(file));
        } else {
          add(digest, Files.isExecutable(file) ? "program" : "file");
          digest.update(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new SandboxException(
          Kind.BAD_REQUEST, "the build context cannot be read: " + e, "make it readable", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
