package dev.pacebench.runner.gateway.policy;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Credential;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fetches a secret from the place that a lineup names.
 *
 * <p>Messages name the place and never what was found there.
 */
final class SecretSource {

  private static final int MOST_BYTES = 1 << 20;
  private static final int LONGEST = 16_384;

  /** What a header can carry, without blanks, which no key has. */
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1," + LONGEST + "}");

  private final Credential credential;
  private final String owner;
  private final Map<String, String> environment;

  /**
   * @param owner what needs it, for messages, such as {@code provider lab}
   */
  SecretSource(Credential credential, String owner, Map<String, String> environment) {
    this.credential = credential;
    this.owner = owner;
    this.environment = environment;
  }

  /**
   * The secret as it stands there now.
   *
   * @throws UserError when there is none
   */
  Key read() {
    String text =
        switch (credential.source()) {
          case ENV -> variable();
          case FILE -> file();
          case COMMAND -> command();
        };
    Optional<String> field = credential.field();
    String found = field.isEmpty() ? text.strip() : fieldOf(text, field.get()).strip();
    if (found.isEmpty()) {
      throw wrong("is empty", "put the key there");
    }
    if (!KEY.matcher(found).matches()) {
      throw wrong(
          "holds something that is no key: blanks, several lines, or more than 16 KB",
          field.isEmpty()
              ? "let it hold the key alone, or name the key with `field` where it is JSON"
              : "check `field`");
    }
    return new Key(found);
  }

  private String variable() {
    String value = environment.get(credential.value().get(0));
    if (value == null) {
      throw wrong("is not set", "set it to the key: export " + credential.value().get(0) + "=...");
    }
    return value;
  }

  private String file() {
    String written = credential.value().get(0);
    try {
      Path path =
          written.startsWith("~/")
              ? Path.of(
                  environment.getOrDefault("HOME", System.getProperty("user.home", ".")),
                  written.substring(2))
              : Path.of(written);
      // A pipe or a device could block, or never end.
      if (!Files.isRegularFile(path)) {
        throw wrong(
            Files.exists(path) ? "is no regular file" : "does not exist",
            "write the key into it, or name another file in the lineup");
      }
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw wrong("is larger than 1 MB", "name the file that holds the key");
        }
        return new String(bytes, StandardCharsets.UTF_8);
      }
    } catch (IOException | InvalidPathException e) {
      throw wrong("cannot be read", "check its permissions");
    }
  }

  private String command() {
    KeyCommand.Result result = KeyCommand.run(credential.value(), environment, MOST_BYTES);
    if (result.problem().isPresent()) {
      throw wrong(result.problem().get(), "run it by hand; it must print the key and end with 0");
    }
    return result.output();
  }

  private String fieldOf(String text, String path) {
    JsonNode node;
    try {
      node = JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      // Its message would quote what it could not read.
      throw wrong("is no JSON, and `field` asks for `" + path + "`", "remove `field`");
    }
    for (String name : path.split("\\.", -1)) {
      node = child(node, name);
    }
    if (node == null || !(node.isString() || node.isNumber())) {
      throw wrong("has no text at `" + path + "`", "log in again, or correct `field`");
    }
    return node.asString();
  }

  private static @Nullable JsonNode child(@Nullable JsonNode node, String name) {
    return node == null || !node.isObject() ? null : node.get(name);
  }

  private UserError wrong(String what, String remedy) {
    return new UserError("credential of " + owner, credential.place() + " " + what, remedy);
  }
}
