package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A change to a repository, as {@code git diff} writes it. */
public sealed interface Patch {

  /** The patch itself; not always text in any one encoding. */
  byte[] bytes() throws IOException;

  /** A file of the task. */
  record InFile(Path file) implements Patch {
    public InFile {
      requireNonNull(file, "file is null");
    }

    @Override
    public byte[] bytes() throws IOException {
      return Files.readAllBytes(file);
    }
  }

  /** A field of a row. */
  record Text(String text) implements Patch {
    public Text {
      requireNonNull(text, "text is null");
    }

    @Override
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
