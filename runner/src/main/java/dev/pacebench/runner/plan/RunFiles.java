package dev.pacebench.runner.plan;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.Home;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads {@code run.json}; a reader sees the old file or the new one, never a part. */
public final class RunFiles {

  private static final String NAME = "run.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private RunFiles() {}

  /** Writes the plan's file, over an older one if there is one. */
  public static void write(Home home, Plan plan) {
    Path folder = home.run(plan.settings().runId());
    Path temporary = folder.resolve("." + NAME + ".tmp");
    try {
      Files.createDirectories(folder);
      byte[] bytes = JSON.writeValueAsBytes(RunFile.of(plan));
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(temporary, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new InfrastructureError(
          folder.resolve(NAME) + " cannot be written: " + e,
          "check free space and permissions of " + home.root(),
          e);
    }
  }

  /** What a run was planned with. */
  public static RunSettings read(Home home, String runId) {
    return readFile(home, runId).settings();
  }

  /**
   * The whole file of a run.
   *
   * @throws UserError when it is missing, damaged or newer than this Pacebench
   */
  public static RunFile readFile(Home home, String runId) {
    Path file = home.run(runId).resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new UserError(
          file.toString(), "does not exist", "`pacebench runs` lists the runs of this home");
    }
    RunFile read;
    try {
      read = JSON.readValue(Files.readAllBytes(file), RunFile.class);
    } catch (IOException e) {
      throw new InfrastructureError(file + " cannot be read: " + e, "check its permissions", e);
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      throw new UserError(
          file.toString(),
          "is damaged: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "restore it from a copy; without it the run can be read but not resumed");
    }
    if (read.version() > RunFile.VERSION) {
      throw new UserError(file.toString(), "was written by a newer Pacebench", "use that one");
    }
    return read;
  }
}
