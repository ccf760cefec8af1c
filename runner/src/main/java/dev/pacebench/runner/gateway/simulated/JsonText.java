package dev.pacebench.runner.gateway.simulated;

/** Writes one JSON object, cheaply: some streams need thousands of them a second. */
final class JsonText {

  private final StringBuilder out = new StringBuilder(192).append('{');

  JsonText put(String name, String value) {
    key(name);
    quote(out, value);
    return this;
  }

  JsonText put(String name, long value) {
    key(name);
    out.append(value);
    return this;
  }

  /** A value that is JSON already. */
  JsonText raw(String name, String json) {
    key(name);
    out.append(json);
    return this;
  }

  String end() {
    return out.append('}').toString();
  }

  private void key(String name) {
    if (out.length() > 1) {
      out.append(',');
    }
    out.append('"').append(name).append("\":");
  }

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 16);
    quote(quoted, text);
    return quoted.toString();
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
