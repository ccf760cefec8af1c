package dev.pacebench.runner.agent.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What a manifest's texts may leave open until a trial begins. */
public enum Placeholder {
  /** The program's path in the sandbox. */
  PROGRAM,
  /** Where the program's folder is mounted in the sandbox. */
  FOLDER,
  /** A fresh folder that can be written to, outside the work directory. */
  HOME,
  /** Path of a file that holds the instruction. */
  INSTRUCTION,
  /** The gateway as the sandbox sees it, without a path. */
  BASE_URL,
  /** What to send as the key. */
  TOKEN,
  /** What the provider calls the model. */
  MODEL,
  /** How answers shall travel: sse or websocket. */
  TRANSPORT,
  /** Whether answers shall travel over a WebSocket: true or false. */
  WEBSOCKET,
  /** Most tokens of one answer; 0 leaves it to the program. */
  MAX_OUTPUT_TOKENS;

  /** A lineup's settings follow this. */
  public static final String SETTING = "setting.";

  /** As texts write it, without braces. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Every name that may stand in braces. */
  static List<String> names(Collection<String> settings) {
    List<String> names = new ArrayList<>(Arrays.stream(values()).map(Placeholder::word).toList());
    settings.forEach(setting -> names.add(SETTING + setting));
    return names;
  }
}
