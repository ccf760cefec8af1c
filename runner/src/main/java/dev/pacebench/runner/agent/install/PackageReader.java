package dev.pacebench.runner.agent.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads from a fresh folder which packages came into it. */
final class PackageReader {

  private static final String MODULES = "node_modules/";

  private PackageReader() {}

  /** What npm put there; packages for other machines stand in its list, but did not come. */
  static List<InstalledPackage> npm(Path folder) throws IOException {
    JsonNode lock;
    try {
      lock = JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve("package-lock.json")));
    } catch (JacksonException e) {
      throw new IOException("package-lock.json is not JSON: " + e.getOriginalMessage(), e);
    }
    List<InstalledPackage> packages = new ArrayList<>();
    for (var entry : lock.path("packages").properties()) {
      String path = entry.getKey();
      if (path.startsWith(MODULES) && Files.isDirectory(folder.resolve(path))) {
        packages.add(
            new InstalledPackage(
                path.substring(path.lastIndexOf(MODULES) + MODULES.length()),
                entry.getValue().path("version").asString(""),
                entry.getValue().path("integrity").asString("")));
      }
    }
    return packages;
  }

  /** What pip put there. */
  static List<InstalledPackage> pip(Path folder) throws IOException {
    List<Path> infos;
    try (Stream<Path> entries = Files.list(folder)) {
      infos =
          entries.filter(entry -> entry.getFileName().toString().endsWith(".dist-info")).toList();
    }
    List<InstalledPackage> packages = new ArrayList<>();
    for (Path info : infos) {
      List<String> metadata = Files.readAllLines(info.resolve("METADATA"), UTF_8);
      packages.add(
          new InstalledPackage(
              header(metadata, "Name: "),
              header(metadata, "Version: "),
              "sha256-" + Sha256.hex(content(info.resolve("RECORD")))));
    }
    return packages;
  }

  private static String header(List<String> lines, String name) {
    return lines.stream()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElse("");
  }

  /** The hashes of what the package holds, without what pip makes of it on this machine. */
  private static String content(Path record) throws IOException {
    return Files.readAllLines(record, UTF_8).stream()
        .filter(line -> !line.startsWith("..") && !line.contains("__pycache__"))
        .filter(line -> !line.matches(".*\\.dist-info/(INSTALLER|REQUESTED|RECORD|direct_url).*"))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  static String digest(List<InstalledPackage> packages) {
    return Sha256.hex(
        packages.stream().sorted().map(InstalledPackage::line).collect(Collectors.joining("\n")));
  }
}
