package dev.pacebench.runner.gateway.wire;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What an error object says, in the shapes that providers and servers give it. */
final class ErrorFields {

  private static final Pattern WORD = Pattern.compile("[A-Z][A-Z_]+");

  private @Nullable String code;
  private @Nullable String type;
  private @Nullable String message;
  private @Nullable String statusWord;
  private int status;
  private @Nullable Long retryAfterMillis;
  private @Nullable String model;
  private @Nullable String requestId;
  private boolean present;

  void clear() {
    code = type = message = statusWord = model = requestId = null;
    status = 0;
    retryAfterMillis = null;
    present = false;
  }

  /** Whether an error was there at all; {@code "error": null} is none. */
  boolean present() {
    return present;
  }

  /** The value of a field that holds an error: an object, or only its words. */
  void read(JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    present = true;
    if (json.currentToken() != JsonToken.START_OBJECT) {
      String words = Json.text(json, Json.MESSAGE);
      message = words == null ? message : words;
      return;
    }
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      if (name.equals("type")) {
        String word = Json.text(json, Json.WORD);
        type = word == null ? type : word;
      } else if (!readPart(name, json)) {
        json.skipChildren();
      }
    }
  }

  /**
   * A field beside or within an error, except {@code type}, which beside it means the event's.
   *
   * @return whether the field was one of an error's and has been read
   */
  boolean readPart(String name, JsonParser json) {
    switch (name) {
      case "code" -> {
        String word = Json.text(json, Json.WORD);
        code = word == null ? code : word;
      }
      case "message" -> {
        String words = Json.text(json, Json.MESSAGE);
        message = words == null ? message : words;
      }
      case "status", "status_code" -> {
        String text = Json.text(json, Json.WORD);
        double number = text == null ? Double.NaN : Json.number(text);
        status = number >= 100 && number <= 999 ? (int) number : status;
        // Google's word for an error, whose code is the number.
        statusWord = text != null && WORD.matcher(text).matches() ? text : statusWord;
      }
      case "details" -> readDetails(json);
      case "headers" -> readHeaders(json);
      case "request_id" -> requestId = Json.text(json, Json.WORD);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Google says in one of several notes how long to wait, such as {@code 13s}. */
  private void readDetails(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (Json.object(json)) {
        for (String name = Json.field(json); name != null; name = Json.field(json)) {
          String text = name.equals("retryDelay") ? Json.text(json, Json.WORD) : null;
          json.skipChildren();
          if (text != null && text.endsWith("s")) {
            wait(Json.number(text.substring(0, text.length() - 1)) * 1000, true);
          }
        }
      }
    }
  }

  private void readHeaders(JsonParser json) {
    if (!Json.object(json)) {
      return;
    }
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "retry-after-ms" -> wait(Json.number(json), true);
        case "retry-after" -> wait(Json.number(json) * 1000, false);
        case "x-request-id", "request-id" -> requestId = Json.text(json, Json.WORD);
        case "openai-model" -> model = Json.text(json, Json.WORD);
        default -> json.skipChildren();
      }
    }
  }

  private void wait(double millis, boolean exact) {
    Long wait = RetryAfter.millis(millis);
    if (wait != null && (exact || retryAfterMillis == null)) {
      retryAfterMillis = wait;
    }
  }

  /** Words that came without an object. */
  void say(String words) {
    message = words.isEmpty() ? null : words;
  }

  /** The most telling word: a code, unless it only repeats a status, else the type. */
  @Nullable String word() {
    boolean bareNumber = code != null && code.chars().allMatch(Character::isDigit);
    String name = type == null ? statusWord : type;
    return code == null || (bareNumber && name != null) ? name : code;
  }

  @Nullable String message() {
    return message;
  }

  /** Status that it stands for; 0 for none. */
  int status() {
    return status;
  }

  /** From headers that an event carries, else from its words. */
  @Nullable Long retryAfterMillis() {
    return retryAfterMillis != null ? retryAfterMillis : RetryAfter.inText(message);
  }

  /** The model that headers within an event name. */
  @Nullable String model() {
    return model;
  }

  @Nullable String requestId() {
    return requestId;
  }
}
