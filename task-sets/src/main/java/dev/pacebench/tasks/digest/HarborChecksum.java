package dev.pacebench.tasks.digest;

import dev.pacebench.tasks.files.TaskTree;
import dev.pacebench.tasks.files.TreeEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The directory checksum that Harbor records: the Python package {@code dirhash} 0.5.0 with SHA-256
 * and its default protocol and filter.
 *
 * <p>A folder's hash is over its entries' descriptors, sorted and joined by two NUL bytes; a
 * descriptor is {@code data:<hash>} or {@code dirhash:<hash>}, a NUL byte, {@code name:<name>}.
 * Links count as what they lead to, folders without files do not count. Where that package gives up
 * (links to nothing, folders that contain themselves) the link's own text is hashed instead.
 */
final class HarborChecksum {

  private final TaskTree tree;
  private final FileHashes hashes;
  private final Map<String, List<TreeEntry>> children = new LinkedHashMap<>();
  private final Map<String, Optional<String>> done = new LinkedHashMap<>();
  private final Set<String> open = new HashSet<>();

  HarborChecksum(TaskTree tree, FileHashes hashes) {
    this.tree = tree;
    this.hashes = hashes;
    for (TreeEntry entry : tree.entries()) {
      String path = entry.path();
      String parent = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
      children.computeIfAbsent(parent, key -> new ArrayList<>()).add(entry);
    }
  }

  String compute() {
    return folder("").orElseGet(() -> Sha256.hex(Sha256.of(new byte[0])));
  }

  /** A folder's hash, absent when no file lies below it. */
  private Optional<String> folder(String path) {
    Optional<String> known = done.get(path);
    if (known != null) {
      return known;
    }
    open.add(path);
    List<byte[]> descriptors = new ArrayList<>();
    for (TreeEntry entry : children.getOrDefault(path, List.of())) {
      descriptor(entry).ifPresent(text -> descriptors.add(text.getBytes(StandardCharsets.UTF_8)));
    }
    open.remove(path);
    Optional<String> hash =
        descriptors.isEmpty() ? Optional.empty() : Optional.of(Sha256.hex(join(descriptors)));
    done.put(path, hash);
    return hash;
  }

  private Optional<String> descriptor(TreeEntry entry) {
    String name = "\0name:" + entry.path().substring(entry.path().lastIndexOf('/') + 1);
    Optional<TreeEntry> target = tree.target(entry);
    if (target.isEmpty() || open.contains(target.get().path())) {
      byte[] text = entry.linkTarget().orElse("").getBytes(StandardCharsets.UTF_8);
      return Optional.of("data:" + Sha256.hex(Sha256.of(text)) + name);
    }
    if (target.get().kind() == TreeEntry.Kind.DIRECTORY) {
      return folder(target.get().path()).map(hash -> "dirhash:" + hash + name);
    }
    return Optional.of("data:" + Sha256.hex(hashes.of(target.get())) + name);
  }

  private static byte[] join(List<byte[]> descriptors) {
    descriptors.sort(Arrays::compareUnsigned);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int i = 0; i < descriptors.size(); i++) {
      if (i > 0) {
        joined.write(0);
        joined.write(0);
      }
      joined.writeBytes(descriptors.get(i));
    }
    return Sha256.of(joined.toByteArray());
  }
}
