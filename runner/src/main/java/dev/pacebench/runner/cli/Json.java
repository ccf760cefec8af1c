package dev.pacebench.runner.cli;

import tools.jackson.databind.json.JsonMapper;

/** Writes results for programs: one line each, absent values as null. */
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
