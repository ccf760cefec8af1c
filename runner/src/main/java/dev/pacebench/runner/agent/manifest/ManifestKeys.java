package dev.pacebench.runner.agent.manifest;

import java.util.List;

/** Every name that a manifest may use; the published schema says the same. */
final class ManifestKeys {

  static final List<String> TOP =
      List.of(
          "name",
          "version",
          "about",
          "provide",
          "speaks",
          "env",
          "files",
          "command",
          "version_command",
          "version_shows",
          "output",
          "retries_itself",
          "settings");
  static final List<String> PROVIDE =
      List.of("kind", "packages", "after", "folder", "program", "needs");
  static final List<String> OUTPUT =
      List.of("format", "tool_start", "tool_end", "tool_id", "failed", "finished");
  static final List<String> SETTING = List.of("default", "about");
  static final List<String> KINDS = List.of("npm", "pip", "folder", "none");
  static final List<String> FORMATS = List.of("jsonl", "text");
  static final List<String> TRANSPORTS = List.of("sse", "websocket");

  static final String NAME_PATTERN = "[a-z][a-z0-9-]{0,39}";
  static final String VERSION_PATTERN = "[0-9A-Za-z][0-9A-Za-z._+-]{0,59}";
  static final String SETTING_PATTERN = "[a-z][a-z0-9_]{0,39}";
  static final String ENV_PATTERN = "[A-Za-z_][A-Za-z0-9_]*";
  static final String NEED_PATTERN = "[A-Za-z0-9][A-Za-z0-9._+-]*";

  private ManifestKeys() {}
}
