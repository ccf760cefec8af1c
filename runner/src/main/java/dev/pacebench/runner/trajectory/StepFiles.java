package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.record.CallFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds what was written of an agent's doings in the evidence of a try. */
public final class StepFiles {

  private static final long LARGEST = 256L << 20;
  private static final String AGENT = "agent";
  private static final String STEPS = "steps";

  private static final JsonMapper JSON = new JsonMapper();

  private StepFiles() {}

  /** Trajectories by the name of their step; of a task without steps under the empty name. */
  public static Map<String, JsonNode> trajectories(Path evidence) {
    return trajectories(evidence, LARGEST);
  }

  /** The same without files of more bytes than this. */
  public static Map<String, JsonNode> trajectories(Path evidence, long largest) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    put(found, "", evidence.resolve(AGENT).resolve(Trajectories.FILE), largest);
    Path steps = evidence.resolve(STEPS);
    if (Files.isDirectory(steps, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> folders = Files.list(steps)) {
        folders
            .sorted()
            .forEach(
                folder ->
                    put(
                        found,
                        String.valueOf(folder.getFileName()),
                        folder.resolve(AGENT).resolve(Trajectories.FILE),
                        largest));
      } catch (IOException e) {
        // Then there is nothing to show of them.
      }
    }
    return found;
  }

  private static void put(Map<String, JsonNode> found, String name, Path file, long largest) {
    JsonNode read = read(file, largest);
    if (read != null) {
      found.put(name, read);
    }
  }

  private static @Nullable JsonNode read(Path file, long largest) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= largest
          ? JSON.readTree(Files.readAllBytes(file))
          : null;
    } catch (IOException | JacksonException e) {
      return null;
    }
  }

  /** Model calls of a try; none where there are none, or where the file is torn. */
  public static List<CallRecord> calls(Path evidence) {
    Path folder = evidence.resolve(CallFiles.FOLDER);
    if (!Files.isRegularFile(folder.resolve(CallFiles.CALLS), LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try {
      return CallFiles.read(folder);
    } catch (UserError | InfrastructureError e) {
      return List.of();
    }
  }

  /** The same as the file has them, for programs. */
  public static List<JsonNode> rows(Path evidence) {
    Path file = evidence.resolve(CallFiles.FOLDER).resolve(CallFiles.CALLS);
    List<JsonNode> rows = new ArrayList<>();
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LARGEST) {
        for (String line : Files.readAllLines(file)) {
          rows.add(JSON.readTree(line));
        }
      }
    } catch (IOException | JacksonException e) {
      // A torn file has the rows before the tear.
    }
    return rows;
  }
}
