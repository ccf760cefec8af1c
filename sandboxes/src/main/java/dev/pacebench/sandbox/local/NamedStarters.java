package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Starters that a task names as its image, without a Dockerfile of its own. */
final class NamedStarters {

  private final Path folder;

  NamedStarters(Path folder) {
    this.folder = folder;
  }

  /** A Dockerfile that says no more than the name does; any other source as it is. */
  ImageSource standIn(ImageSource source) {
    if (!(source instanceof ImageSource.Named named)
        || !PortableDockerfile.BASES.containsKey(named.reference())) {
      return source;
    }
    Path context =
        folder.resolve(named.reference().substring(named.reference().lastIndexOf('/') + 1));
    Path dockerfile = context.resolve("Dockerfile");
    try {
      if (!Files.isRegularFile(dockerfile)) {
        Files.createDirectories(context);
        Path made = Files.createTempFile(folder, "dockerfile", ".tmp");
        Files.writeString(made, "FROM " + named.reference() + "\n");
        Files.move(made, dockerfile, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED,
          "the stand-in for " + named.reference() + " cannot be written in " + folder + ": " + e,
          "see whether the disk is full and the folder is writable",
          e);
    }
    return new ImageSource.Dockerfile(context, dockerfile, named.timeout(), List.of());
  }
}
