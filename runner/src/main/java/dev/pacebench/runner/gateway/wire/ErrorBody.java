package dev.pacebench.runner.gateway.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The body of an answer that refuses a call. */
final class ErrorBody {

  private ErrorBody() {}

  /** Reads what can be read; a body that is no JSON is taken for the message itself. */
  static ErrorFields read(byte[] bytes, int length) {
    ErrorFields error = new ErrorFields();
    try (JsonParser json = Json.parser(bytes, 0, length)) {
      JsonToken token = json.nextToken();
      // Some gateways wrap the error into an array.
      if (token == JsonToken.START_ARRAY) {
        token = json.nextToken();
      }
      if (token == JsonToken.START_OBJECT) {
        readFields(error, json);
        return error;
      }
    } catch (RuntimeException e) {
      // A cut or a page for people; what was read before the fault stays.
    }
    if (error.word() == null && error.message() == null) {
      error.say(words(bytes, length));
    }
    return error;
  }

  private static void readFields(ErrorFields error, JsonParser json) {
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "error" -> error.read(json);
        case "detail" -> error.read(json);
        default -> {
          if (!error.readPart(name, json)) {
            json.skipChildren();
          }
        }
      }
    }
  }

  /** On one line, without what a terminal could take for a command. */
  private static String words(byte[] bytes, int length) {
    String text = new String(bytes, 0, Math.min(length, 4 * Json.MESSAGE), UTF_8);
    return Json.shortened(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(), Json.MESSAGE);
  }
}
