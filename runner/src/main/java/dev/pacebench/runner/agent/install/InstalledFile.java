package dev.pacebench.runner.agent.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What stands beside an installed program: what came, and what must lie there. */
final class InstalledFile {

  private static final String NAME = "installed.json";

  private InstalledFile() {}

  /** Written last: without it nothing there counts. */
  static void write(Path place, Installed installed, FolderListing listing) throws IOException {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("program", installed.program().orElse(""));
    installed.python().ifPresent(python -> node.put("python", python));
    node.put("digest", installed.digest());
    ArrayNode packages = node.putArray("packages");
    for (InstalledPackage one : installed.packages()) {
      packages
          .addObject()
          .put("name", one.name())
          .put("version", one.version())
          .put("check", one.check());
    }
    node.putObject("listing")
        .put("files", listing.files())
        .put("bytes", listing.bytes())
        .put("digest", listing.digest());
    Path file = place.resolve(NAME);
    Files.write(file, (node.toPrettyString() + "\n").getBytes(UTF_8));
    FolderListing.syncOne(file);
  }

  /** What lies in a place, unless it is broken or not there. */
  static Optional<Installed> read(Path place, Path folder) throws IOException {
    JsonNode node;
    try {
      node = JsonMapper.shared().readTree(Files.readAllBytes(place.resolve(NAME)));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    }
    JsonNode recorded = node.path("listing");
    FolderListing wanted =
        new FolderListing(
            recorded.path("files").asLong(-1),
            recorded.path("bytes").asLong(-1),
            recorded.path("digest").asString(""));
    if (!Files.isDirectory(folder) || !FolderListing.bySize(folder).equals(wanted)) {
      return Optional.empty();
    }
    List<InstalledPackage> packages = new ArrayList<>();
    for (JsonNode one : node.path("packages")) {
      packages.add(
          new InstalledPackage(
              one.path("name").asString(""),
              one.path("version").asString(""),
              one.path("check").asString("")));
    }
    return Optional.of(
        new Installed(
            Optional.of(folder),
            Optional.of(node.path("program").asString("")),
            packages,
            node.has("python") ? Optional.of(node.path("python").asString()) : Optional.empty(),
            node.path("digest").asString("")));
  }
}
