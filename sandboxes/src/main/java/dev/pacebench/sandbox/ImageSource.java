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
   * @param hidden files and folders of the context that no build gets to see, whatever {@code
   *     .dockerignore} says
   */
  record Dockerfile(
      Path context, Path dockerfile, Duration timeout, List<String> tools, List<String> hidden)
      implements ImageSource {
    public Dockerfile {
      requireNonNull(context, "context is null");
      requireNonNull(dockerfile, "dockerfile is null");
      tools = List.copyOf(tools);
      hidden = List.copyOf(hidden);
    }

    /** With a context in which nothing is hidden. */
    public Dockerfile(Path context, Path dockerfile, Duration timeout, List<String> tools) {
      this(context, dockerfile, timeout, tools, List.of());
    }

    /** Whether a path of the context is hidden, or lies in a hidden folder. */
    public boolean hides(Path relative) {
      return hidden.stream().anyMatch(relative.normalize()::startsWith);
    }
  }

  /** An image that exists already, here or in a registry. */
  record Named(String reference, Duration timeout) implements ImageSource {
    public Named {
      requireNonNull(reference, "reference is null");
    }
  }
}
