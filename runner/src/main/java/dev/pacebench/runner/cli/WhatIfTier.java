package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.whatif.Speed;
import dev.pacebench.leaderboard.whatif.Tier;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.runner.lineup.TimeSpans;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A tier as typed: {@code ttft=250ms,tps=1100,roundtrip=30ms}, or in multiples of what was
 * measured: {@code tps=15x}.
 *
 * @param typed keys and values
 * @param tier what they mean
 */
record WhatIfTier(Map<String, String> typed, Tier tier) {

  private static final String OPTION = "--tier";
  private static final String TTFT = "ttft";
  private static final String TPS = "tps";
  private static final String ROUNDTRIP = "roundtrip";
  private static final String CONNECT = "connect";
  private static final String PREFILL = "prefill";
  private static final String TRANSPORT = "transport";
  private static final List<String> KEYS =
      List.of(TTFT, TPS, ROUNDTRIP, CONNECT, PREFILL, TRANSPORT);
  private static final List<String> TRANSPORTS = List.of("sse", "websocket");
  private static final Pattern MULTIPLE = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?)x");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,6})?");

  WhatIfTier {
    typed = Map.copyOf(typed);
  }

  /** Reads what was typed. */
  static WhatIfTier read(String text) {
    Map<String, String> typed = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String key = (equals < 0 ? part : part.substring(0, equals)).strip();
      if (equals < 0 || !KEYS.contains(key)) {
        throw new UserError(
            where(part),
            equals < 0 ? "is no key=value" : "there is no such key",
            Cli.safe(Nearest.hint(key, KEYS), 200) + "; such as ttft=250ms,tps=1100");
      }
      if (typed.put(key, part.substring(equals + 1).strip()) != null) {
        throw new UserError(where(part), "is given twice", "give it once");
      }
    }
    Optional<Speed> first = Optional.ofNullable(typed.get(TTFT)).map(v -> span(TTFT, v));
    boolean stated = first.filter(Speed.Stated.class::isInstance).isPresent();
    for (String key : List.of(ROUNDTRIP, PREFILL)) {
      if (typed.containsKey(key) && !stated) {
        throw new UserError(
            where(key),
            "needs a stated ttft, since a measured wait holds both and they cannot be told apart",
            "add ttft=, such as ttft=250ms");
      }
    }
    String transport = typed.getOrDefault(TRANSPORT, "sse");
    if (!TRANSPORTS.contains(transport)) {
      throw new UserError(
          where(TRANSPORT + "=" + transport),
          "there is no such transport",
          "use one of: " + String.join(", ", TRANSPORTS));
    }
    return new WhatIfTier(
        typed,
        new Tier(
            first,
            Optional.ofNullable(typed.get(TPS)).map(value -> pace(TPS, value)),
            seconds(typed, ROUNDTRIP),
            seconds(typed, CONNECT),
            typed.containsKey(PREFILL)
                ? OptionalDouble.of(number(PREFILL, typed.get(PREFILL)))
                : OptionalDouble.empty(),
            transport.equals("websocket")));
  }

  private static String where(String part) {
    return OPTION + " " + Cli.safe(part, 60);
  }

  private static OptionalDouble seconds(Map<String, String> typed, String key) {
    String value = typed.get(key);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(stated(key, value));
  }

  private static double stated(String key, String value) {
    return TimeSpans.readFromZero(value)
        .map(span -> span.toNanos() / 1e9)
        .orElseThrow(() -> new UserError(where(key + "=" + value), "is no time", TimeSpans.FORM));
  }

  private static Speed span(String key, String value) {
    return multiple(key, value).orElseGet(() -> new Speed.Stated(stated(key, value)));
  }

  private static Speed pace(String key, String value) {
    return multiple(key, value).orElseGet(() -> new Speed.Stated(number(key, value)));
  }

  private static Optional<Speed> multiple(String key, String value) {
    return Optional.of(value)
        .map(MULTIPLE::matcher)
        .filter(java.util.regex.Matcher::matches)
        .map(matcher -> positive(key, value, Double.parseDouble(matcher.group(1))))
        .map(Speed.Multiple::new);
  }

  private static double number(String key, String value) {
    return positive(key, value, NUMBER.matcher(value).matches() ? Double.parseDouble(value) : 0);
  }

  private static double positive(String key, String value, double number) {
    if (!(number > 0)) {
      throw new UserError(
          where(key + "=" + value),
          "is no number above 0",
          "write tokens per second, such as 1100, or a multiple of what was measured, such as 15x");
    }
    return number;
  }

  /** For people: the keys in their order. */
  String words() {
    return KEYS.stream()
        .filter(typed::containsKey)
        .map(key -> key + " " + typed.getOrDefault(key, "").toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
