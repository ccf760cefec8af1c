package dev.pacebench.runner.lineup;

import dev.pacebench.runner.UserError;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.yaml.YamlFile;
import dev.pacebench.tasks.yaml.YamlNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a YAML file that the user named, and refuses it with the first thing that is wrong. */
public final class YamlReader {

  static final long MAX_BYTES = 1 << 20;

  private YamlReader() {}

  /**
   * Reads a file.
   *
   * @param whenEmpty what to do about a file that holds nothing
   * @throws UserError when it is no YAML file, or one that could grow without limit
   */
  public static YamlNode read(Path file, String whenEmpty) {
    List<Problem> problems = new ArrayList<>();
    return YamlFile.parse(file, text(file), whenEmpty, problems)
        .orElseThrow(
            () -> {
              Problem first = problems.get(0);
              return new UserError(first.where(), first.what(), first.remedy());
            });
  }

  private static String text(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new UserError(file.toString(), "is a folder", "name a YAML file");
      }
      if (!Files.exists(file)) {
        throw new UserError(file.toString(), "does not exist", "name a YAML file that exists");
      }
      if (!Files.isRegularFile(file)) {
        throw new UserError(file.toString(), "is not a regular file", "name a YAML file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new UserError(file.toString(), "is larger than 1 MB", "name a smaller file");
      }
      byte[] bytes = Files.readAllBytes(file);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(file.toString(), "is not UTF-8 text", "save it as UTF-8");
    } catch (IOException e) {
      throw new UserError(
          file.toString(), "cannot be read: " + e.getMessage(), "check the file's permissions");
    }
  }
}
