package dev.pacebench.runner.lineup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks a document against the part of JSON Schema that the lineup schema uses. */
public final class SchemaCheck {

  private static final Set<String> KNOWN =
      Set.of(
          "$schema",
          "title",
          "description",
          "default",
          "type",
          "properties",
          "required",
          "additionalProperties",
          "enum",
          "items",
          "minItems",
          "maxItems",
          "minProperties",
          "maxProperties",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "pattern",
          "oneOf",
          "if",
          "then",
          "else");

  private final List<String> problems = new ArrayList<>();

  private SchemaCheck() {}

  public static List<String> problems(JsonNode schema, JsonNode value) {
    SchemaCheck check = new SchemaCheck();
    check.check(schema, value, "");
    return check.problems;
  }

  private void check(JsonNode schema, JsonNode value, String path) {
    for (String keyword : schema.propertyNames()) {
      if (!KNOWN.contains(keyword)) {
        throw new AssertionError("this check does not know the keyword " + keyword);
      }
    }
    if (schema.has("type") && !isOf(types(schema.get("type")), value)) {
      problems.add(path + " is " + typeOf(value));
      return;
    }
    if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(value::equals)) {
      problems.add(path + " is none of the choices");
    }
    if (value.isObject()) {
      object(schema, value, path);
    } else if (value.isArray()) {
      array(schema, value, path);
    } else if (value.isString()) {
      text(schema, value.asString(), path);
    } else if (value.isNumber()) {
      number(schema, value.asDouble(), path);
    }
    if (schema.has("oneOf")
        && schema.get("oneOf").valueStream().filter(one -> problems(one, value).isEmpty()).count()
            != 1) {
      problems.add(path + " fits none or several of the forms");
    }
    if (schema.has("if")) {
      String branch = problems(schema.get("if"), value).isEmpty() ? "then" : "else";
      if (schema.has(branch)) {
        check(schema.get(branch), value, path);
      }
    }
  }

  private void object(JsonNode schema, JsonNode value, String path) {
    if (schema.has("required")) {
      schema
          .get("required")
          .valueStream()
          .map(JsonNode::asString)
          .filter(name -> !value.has(name))
          .forEach(name -> problems.add(path + " lacks " + name));
    }
    limit(schema, "minProperties", value.size(), true, path);
    limit(schema, "maxProperties", value.size(), false, path);
    for (String name : value.propertyNames()) {
      JsonNode own = schema.at("/properties/" + name);
      JsonNode others = schema.get("additionalProperties");
      if (!own.isMissingNode()) {
        check(own, value.get(name), path + "/" + name);
      } else if (others != null && others.isObject()) {
        check(others, value.get(name), path + "/" + name);
      } else if (others != null && !others.asBoolean()) {
        problems.add(path + " has the unknown key " + name);
      }
    }
  }

  private void array(JsonNode schema, JsonNode value, String path) {
    limit(schema, "minItems", value.size(), true, path);
    limit(schema, "maxItems", value.size(), false, path);
    if (schema.has("items")) {
      value.valueStream().forEach(item -> check(schema.get("items"), item, path + "[]"));
    }
  }

  private void text(JsonNode schema, String value, String path) {
    limit(schema, "minLength", value.length(), true, path);
    limit(schema, "maxLength", value.length(), false, path);
    if (schema.has("pattern")
        && !java.util.regex.Pattern.compile(schema.get("pattern").asString())
            .matcher(value)
            .find()) {
      problems.add(path + " does not match");
    }
  }

  private void number(JsonNode schema, double value, String path) {
    limit(schema, "minimum", value, true, path);
    limit(schema, "maximum", value, false, path);
    if (schema.has("exclusiveMinimum") && value <= schema.get("exclusiveMinimum").asDouble()) {
      problems.add(path + " is too small");
    }
  }

  private void limit(JsonNode schema, String keyword, double value, boolean lower, String path) {
    if (schema.has(keyword)) {
      double bound = schema.get(keyword).asDouble();
      if (lower ? value < bound : value > bound) {
        problems.add(path + " breaks " + keyword);
      }
    }
  }

  private static boolean isOf(List<String> types, JsonNode value) {
    return types.contains(typeOf(value)) || (types.contains("integer") && value.isIntegralNumber());
  }

  private static List<String> types(JsonNode type) {
    return type.isArray()
        ? type.valueStream().map(JsonNode::asString).toList()
        : List.of(type.asString());
  }

  private static String typeOf(JsonNode value) {
    if (value.isObject()) {
      return "object";
    }
    if (value.isArray()) {
      return "array";
    }
    if (value.isString()) {
      return "string";
    }
    if (value.isNumber()) {
      return "number";
    }
    return value.isBoolean() ? "boolean" : "null";
  }
}
