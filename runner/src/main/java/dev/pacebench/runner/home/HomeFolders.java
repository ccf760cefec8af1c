package dev.pacebench.runner.home;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Makes the folders of a home, and says in a user's words why it cannot. */
public final class HomeFolders {

  private static final String OTHER = "choose another folder with --home or PACEBENCH_HOME";

  private HomeFolders() {}

  /** Makes what is missing of the home; existing folders stay as they are. */
  public static void make(Home home) {
    for (Path folder :
        List.of(home.root(), home.runs(), home.root().resolve("db"), home.scratch())) {
      make(folder);
    }
    if (!Files.isWritable(home.root())) {
      throw new UserError(home.root().toString(), "the home cannot be written to", OTHER);
    }
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw explain(folder, e);
    }
  }

  /** What an I/O failure at a path of the home means to its user. */
  public static RuntimeException explain(Path path, IOException e) {
    for (Path at = path; at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        if (!Files.isDirectory(at)) {
          return new UserError(
              at.toString(), "is a file where a folder is needed", "move it away, or " + OTHER);
        }
        if (e instanceof AccessDeniedException || !Files.isWritable(at)) {
          return new UserError(at.toString(), "cannot be written to", OTHER);
        }
        return isDiskFull(e)
            ? diskFull(path, e)
            : new InfrastructureError(path + ": " + reason(e), OTHER, e);
      }
    }
    return new InfrastructureError(path + ": " + reason(e), OTHER, e);
  }

  /** Whether the failure says that the disk, or the user's share of it, is used up. */
  public static boolean isDiskFull(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left")
        || text.contains("not enough space")
        || text.contains("quota exceeded");
  }

  /** The error of a full disk under a path. */
  public static InfrastructureError diskFull(Path path, IOException e) {
    return new InfrastructureError(
        "the disk of " + path + " is full",
        "free some space, then `pacebench resume` goes on where the run ended",
        e);
  }

  /** Free bytes of the home's disk for this user; the maximum when nobody can say. */
  public static long usableBytes(Home home) {
    try {
      FileStore disk = Files.getFileStore(home.root());
      return disk.getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  private static String reason(IOException e) {
    String text = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return text == null ? e.getClass().getSimpleName() : text;
  }
}
