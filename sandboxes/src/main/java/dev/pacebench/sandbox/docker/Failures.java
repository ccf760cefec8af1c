package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.exception.DockerException;
import java.io.Closeable;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what went wrong in an engine into words. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final Pattern MESSAGE =
      Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  private Failures() {}

  /** The engine's own sentence, out of the JSON that it answers with. */
  static String engineMessage(DockerException e) {
    return jsonMessage(String.valueOf(e.getMessage()));
  }

  /** The field {@code message} of an answer, or all of it when there is none. */
  static String jsonMessage(String text) {
    Matcher matcher = MESSAGE.matcher(text);
    String message = matcher.find() ? matcher.group(1) : text;
    return message
        .replace("\\n", "\n")
        .replace("\\\"", "\"")
        .replace("\\u003c", "<")
        .replace("\\u003e", ">")
        .strip();
  }

  /** The message of the innermost cause, or its class when it has none. */
  static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message.strip();
  }

  static void quietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException | RuntimeException e) {
      LOG.debug("closing failed", e);
    }
  }
}
