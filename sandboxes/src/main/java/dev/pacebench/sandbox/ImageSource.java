package dev.pacebench.sandbox;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a sandbox is made of. */
public sealed interface ImageSource {

  /** Limit of the build or pull. */
  Duration timeout();

  /**
   * A Dockerfile and its build context.
   *
   * @param context the build context
   * @param dockerfile the file, inside the context
   * @param tools host programs that a local sandbox needs in its place
   */
  record Dockerfile(Path context, Path dockerfile, Duration timeout, List<String> tools)
      implements ImageSource {
    public Dockerfile {
      requireNonNull(context, "context is null");
      requireNonNull(dockerfile, "dockerfile is null");
      tools = List.copyOf(tools);
    }
  }

  /** An image that exists already, here or in a registry. */
  record Named(String reference, Duration timeout) implements ImageSource {
    public Named {
      requireNonNull(reference, "reference is null");
    }
  }
}
