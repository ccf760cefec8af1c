package dev.pacebench.runner.plan;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.tasks.Task;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names trials {@code task.contender.attempt}, so that folders can be read and never clash.
 *
 * <p>A name that had to be changed or cut, or that another pair of task and contender would share,
 * gets a part of a hash. Names compare without case, since some file systems do.
 */
final class TrialIds {

  private static final int TASK_LENGTH = 60;
  private static final int CONTENDER_LENGTH = 40;

  private final Map<String, Integer> uses = new HashMap<>();

  TrialIds(List<Task> tasks, List<Contender> contenders) {
    for (Task task : tasks) {
      for (Contender contender : contenders) {
        uses.merge(base(task, contender).toLowerCase(Locale.ROOT), 1, Integer::sum);
      }
    }
  }

  String of(Task task, Contender contender, int attempt) {
    String base = base(task, contender);
    boolean changed =
        !base.equals(task.name() + "." + contender.name())
            || uses.getOrDefault(base.toLowerCase(Locale.ROOT), 1) > 1;
    return changed ? base + "-" + hash(task, contender) + "." + attempt : base + "." + attempt;
  }

  private static String base(Task task, Contender contender) {
    return safe(task.name(), TASK_LENGTH) + "." + safe(contender.name(), CONTENDER_LENGTH);
  }

  private static String safe(String name, int length) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]+", "_").replaceFirst("^[._-]+", "");
    String cut = safe.length() > length ? safe.substring(0, length) : safe;
    return cut.isEmpty() ? "x" : cut;
  }

  private static String hash(Task task, Contender contender) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : List.of(task.set(), task.name(), contender.name())) {
        sha.update(part.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
