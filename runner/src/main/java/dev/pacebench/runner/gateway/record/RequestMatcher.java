package dev.pacebench.runner.gateway.record;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells whether a request says what a recorded one said; for the requests of one trial.
 *
 * <p>Left aside is what may differ between two runs of one and the same work:
 *
 * <ul>
 *   <li>at the top: {@code prompt_cache_key}, {@code client_metadata}, {@code metadata}, {@code
 *       user}, {@code safety_identifier}, and {@code service_tier} and {@code speed}, which choose
 *       a pace that the replay sets itself;
 *   <li>ids ({@code id}, {@code call_id}, {@code item_id}, {@code response_id}, {@code
 *       previous_response_id}, {@code tool_call_id}, {@code tool_use_id}): they may have other
 *       values, but one id must stand wherever the other one stood in the recording;
 *   <li>within texts: dates, times of day, UUIDs, and lengths of time such as {@code 0.21 seconds}.
 * </ul>
 */
final class RequestMatcher {

  private static final Set<String> IGNORED =
      Set.of(
          "prompt_cache_key",
          "client_metadata",
          "metadata",
          "user",
          "safety_identifier",
          "service_tier",
          "speed");

  private static final Set<String> IDS =
      Set.of(
          "id",
          "call_id",
          "item_id",
          "response_id",
          "previous_response_id",
          "tool_call_id",
          "tool_use_id");

  private static final Pattern UUID =
      Pattern.compile("\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b");
  private static final Pattern DATE =
      Pattern.compile(
          "\\b\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2})?(?:[.,]\\d{1,9})?"
              + "(?:Z|[+-]\\d{2}:?\\d{2})?)?");
  private static final Pattern CLOCK =
      Pattern.compile("\\b\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?\\b");
  private static final Pattern LENGTH =
      Pattern.compile("\\b\\d+(?:\\.\\d+)? ?(?:ns|us|ms|s|secs?|seconds?|min|minutes?)\\b");

  private static final int SHOWN = 60;
  private static final JsonMapper JSON = CallJson.MAPPER;

  /** What differs first, as a person can use it. */
  record Difference(String path, String recorded, String now) {
    @Override
    public String toString() {
      return "at " + path + ": recorded " + recorded + ", now " + now;
    }
  }

  private Map<String, String> known = new HashMap<>();
  private Map<String, String> back = new HashMap<>();

  /** The first difference; without one, the ids of both stay known as those of one thing. */
  Optional<Difference> compare(byte[] recorded, byte[] now) {
    JsonNode one;
    JsonNode other;
    try {
      one = JSON.readTree(recorded);
      other = JSON.readTree(now);
    } catch (JacksonException e) {
      return Arrays.equals(recorded, now)
          ? Optional.empty()
          : Optional.of(new Difference("/", "a body that is no JSON", "another one"));
    }
    Map<String, String> knownBefore = new HashMap<>(known);
    Map<String, String> backBefore = new HashMap<>(back);
    Optional<Difference> difference = compare("", "", one, other);
    if (difference.isPresent()) {
      known = knownBefore;
      back = backBefore;
    }
    return difference;
  }

  private Optional<Difference> compare(String path, String key, JsonNode one, JsonNode other) {
    if (one.isObject() && other.isObject()) {
      return compareObjects(path, one, other);
    }
    if (one.isArray() && other.isArray()) {
      for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
        Optional<Difference> found = child(path + "/" + i, "", one.get(i), other.get(i));
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    boolean same;
    if (one.isString() && other.isString()) {
      same =
          IDS.contains(key)
              ? sameId(one.stringValue(), other.stringValue())
              : one.stringValue().equals(other.stringValue())
                  || plain(one.stringValue()).equals(plain(other.stringValue()));
    } else if (one.isNumber() && other.isNumber()) {
      same = one.decimalValue().compareTo(other.decimalValue()) == 0;
    } else {
      same = one.equals(other);
    }
    return same ? Optional.empty() : Optional.of(difference(path, one, other));
  }

  private Optional<Difference> compareObjects(String path, JsonNode one, JsonNode other) {
    Set<String> names = new LinkedHashSet<>(one.propertyNames());
    names.addAll(other.propertyNames());
    for (String name : names) {
      if (path.isEmpty() && IGNORED.contains(name)) {
        continue;
      }
      String below = path + "/" + name.replace("~", "~0").replace("/", "~1");
      Optional<Difference> found = child(below, name, one.get(name), other.get(name));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Difference> child(
      String path, String key, @Nullable JsonNode one, @Nullable JsonNode other) {
    if (one == null || other == null) {
      return Optional.of(
          new Difference(
              path,
              one == null ? "nothing" : shown(one, 0),
              other == null ? "nothing" : shown(other, 0)));
    }
    return compare(path, key, one, other);
  }

  private boolean sameId(String one, String other) {
    String expected = known.putIfAbsent(one, other);
    String meant = back.putIfAbsent(other, one);
    return (expected == null || expected.equals(other)) && (meant == null || meant.equals(one));
  }

  /** A text without what may differ. */
  static String plain(String text) {
    String out = UUID.matcher(text).replaceAll("<uuid>");
    out = DATE.matcher(out).replaceAll("<date>");
    out = CLOCK.matcher(out).replaceAll("<time>");
    return LENGTH.matcher(out).replaceAll("<length>");
  }

  private static Difference difference(String path, JsonNode one, JsonNode other) {
    int from = 0;
    if (one.isString() && other.isString()) {
      String left = one.stringValue();
      String right = other.stringValue();
      int most = Math.min(left.length(), right.length());
      while (from < most && left.charAt(from) == right.charAt(from)) {
        from++;
      }
      from = Math.max(0, from - 10);
    }
    return new Difference(path.isEmpty() ? "/" : path, shown(one, from), shown(other, from));
  }

  /** A value cut to the place where it differs, on one line. */
  private static String shown(JsonNode value, int from) {
    String text = value.isString() ? value.stringValue() : value.toString();
    String rest = text.substring(Math.min(from, text.length()));
    String cut = rest.length() > SHOWN ? rest.substring(0, SHOWN) + "..." : rest;
    String words = cut.replaceAll("\\p{Cntrl}", " ");
    return value.isString() ? '"' + (from > 0 ? "..." : "") + words + '"' : words;
  }
}
