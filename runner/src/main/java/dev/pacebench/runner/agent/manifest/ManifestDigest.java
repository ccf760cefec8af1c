package dev.pacebench.runner.agent.manifest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Identifies a manifest by all that could change what its agent does.
 *
 * <p>SHA-256 over JSON with sorted keys and no blanks. Left out: what is said for people, and where
 * a program's folder lies, whose content is recorded with each run.
 */
final class ManifestDigest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private ManifestDigest() {}

  static String of(AgentManifest manifest) {
    Map<String, Object> parts = new TreeMap<>();
    parts.put("name", manifest.name());
    parts.put("version", manifest.version());
    parts.put("provide", provide(manifest.provide()));
    Map<String, Object> speaks = new TreeMap<>();
    manifest
        .speaks()
        .forEach(
            (protocol, transports) ->
                speaks.put(protocol.word(), transports.stream().map(Enum::name).toList()));
    parts.put("speaks", speaks);
    parts.put("env", texts(manifest.env()));
    Map<String, String> files = new LinkedHashMap<>();
    manifest.files().forEach((path, text) -> files.put(path.text(), text.text()));
    parts.put("files", files);
    parts.put("command", manifest.command().text());
    manifest.versionCommand().ifPresent(text -> parts.put("version_command", text.text()));
    parts.put("version_shows", manifest.versionShows());
    parts.put("output", output(manifest.output()));
    parts.put("retries_itself", manifest.retriesItself());
    Map<String, String> settings = new TreeMap<>();
    manifest.settings().forEach((name, setting) -> settings.put(name, setting.byDefault()));
    parts.put("settings", settings);
    return sha256(JSON.writeValueAsBytes(parts));
  }

  static String of(Provide provide) {
    return sha256(JSON.writeValueAsBytes(provide(provide)));
  }

  private static Map<String, Object> provide(Provide provide) {
    Map<String, Object> parts = new TreeMap<>();
    parts.put("kind", provide.kind().word());
    parts.put("packages", provide.packages());
    parts.put("after", provide.after());
    parts.put("program", provide.program().orElse(""));
    parts.put("needs", provide.needs());
    return parts;
  }

  private static Map<String, Object> output(Output output) {
    Map<String, Object> parts = new TreeMap<>();
    parts.put("format", output.format().name());
    parts.put("tool_start", rules(output.toolStart()));
    parts.put("tool_end", rules(output.toolEnd()));
    parts.put("tool_id", output.toolId());
    parts.put("failed", rules(output.failed()));
    parts.put("finished", rules(output.finished()));
    return parts;
  }

  private static List<Map<String, String>> rules(List<Rule> rules) {
    return rules.stream().map(Rule::fields).toList();
  }

  private static Map<String, String> texts(Map<String, Template> templates) {
    return templates.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text()));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
