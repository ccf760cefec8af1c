package dev.pacebench.tasks.digest;

import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.files.Stamp;
import dev.pacebench.tasks.files.TaskTree;
import dev.pacebench.tasks.files.TreeEntry;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps digests in a file, one line a task folder.
 *
 * <p>A folder's digests are believed only while path, kind, size, inode, permissions and both times
 * of every entry in it are what they were, and only if all of those times had passed by a while
 * when it was read: a change within one step of the file system's clock would go unseen. A file
 * that is missing, damaged or cannot be written costs time, never correctness.
 */
public final class StoredDigests implements DigestMemory {

  private static final String HEAD = "pacebench digests 1";
  private static final String NOTHING = "-";
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /** Coarser than the clock of any file system that keeps inodes. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** Beyond this, folders that were not asked for are forgotten. */
  private static final int MANY = 200_000;

  private record Known(String fingerprint, TaskDigests digests) {}

  private final Path file;
  private final Clock clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Map<String, Known> used = new ConcurrentHashMap<>();
  private volatile boolean changed;

  /** Reads the file, if there is one. */
  public StoredDigests(Path file) {
    this(file, Clock.systemUTC());
  }

  StoredDigests(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    load();
  }

  @Override
  public TaskDigests digests(String by, TaskTree tree, Supplier<TaskDigests> compute) {
    String key = by + " " + tree.root().toAbsolutePath().normalize();
    String fingerprint = fingerprint(by, tree);
    Known before = known.get(key);
    if (before != null && before.fingerprint().equals(fingerprint)) {
      used.put(key, before);
      return before.digests();
    }
    boolean settled = settled(tree);
    TaskDigests digests = compute.get();
    if (settled && key.indexOf('\t') < 0) {
      Known now = new Known(fingerprint, digests);
      known.put(key, now);
      used.put(key, now);
      changed = true;
    }
    return digests;
  }

  private boolean settled(TaskTree tree) {
    long limit = (clock.millis() - SETTLED.toMillis()) * 1_000_000L;
    return tree.entries().stream().allMatch(entry -> entry.stamp().newest() < limit);
  }

  private static String fingerprint(String by, TaskTree tree) {
    Sha256 sha = Sha256.of(by);
    ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES + 4 * Long.BYTES);
    for (TreeEntry entry : tree.entries()) {
      Stamp stamp = entry.stamp();
      numbers.clear();
      numbers.putInt(stamp.mode()).putLong(stamp.inode()).putLong(stamp.size());
      numbers.putLong(stamp.modified()).putLong(stamp.changed());
      sha.add(entry.path()).add(numbers.array()).add(entry.linkTarget().orElse(""));
    }
    return sha.hex();
  }

  /** Writes what is new; readers see the old file or the new one. */
  @Override
  public synchronized void save() {
    if (!changed) {
      return;
    }
    Map<String, Known> kept = known.size() > MANY ? used : known;
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, ".digests", ".tmp");
      try {
        write(temporary, kept);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      changed = false;
    } catch (IOException e) {
      // A home that cannot be written to is named by whatever really needs it.
    }
  }

  private static void write(Path to, Map<String, Known> kept) throws IOException {
    MessageDigest sum = sha256();
    try (BufferedWriter out = Files.newBufferedWriter(to)) {
      out.write(HEAD + "\n");
      for (Map.Entry<String, Known> one : kept.entrySet()) {
        TaskDigests digests = one.getValue().digests();
        String line =
            String.join(
                    "\t",
                    one.getValue().fingerprint(),
                    digests.task(),
                    digests.solution().orElse(NOTHING),
                    digests.simulated().orElse(NOTHING),
                    digests.harbor().isEmpty() ? NOTHING : digests.harbor(),
                    one.getKey())
                + "\n";
        sum.update(line.getBytes(StandardCharsets.UTF_8));
        out.write(line);
      }
      out.write(Sha256.hex(sum.digest()) + "\n");
    }
  }

  private void load() {
    if (!Files.isRegularFile(file)) {
      return;
    }
    Map<String, Known> read = new ConcurrentHashMap<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      if (!HEAD.equals(in.readLine())) {
        return;
      }
      MessageDigest sum = sha256();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (HEX.matcher(line).matches()) {
          if (line.equals(Sha256.hex(sum.digest())) && in.readLine() == null) {
            known.putAll(read);
          }
          return;
        }
        sum.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        String[] parts = line.split("\t", 6);
        if (parts.length != 6
            || Stream.of(parts).limit(2).anyMatch(it -> !HEX.matcher(it).matches())) {
          return;
        }
        read.put(
            parts[5],
            new Known(
                parts[0],
                new TaskDigests(
                    parts[1], present(parts[2]), present(parts[3]), present(parts[4]).orElse(""))));
      }
    } catch (IOException e) {
      known.clear();
    }
  }

  private static Optional<String> present(String text) {
    return text.equals(NOTHING) ? Optional.empty() : Optional.of(text);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
