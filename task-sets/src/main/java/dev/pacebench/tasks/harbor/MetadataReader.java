package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code [metadata]} and what {@code [task]} says about itself.
 *
 * <p>Metadata may hold anything, so a value of another shape than expected is only a warning.
 */
public final class MetadataReader {

  private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}");

  private MetadataReader() {}

  public static Metadata read(TomlTable metadata, TomlTable task) {
    List<String> authors = new ArrayList<>();
    for (TomlTable author : task.tables("authors")) {
      author.text("name").ifPresent(authors::add);
    }
    text(metadata, "author_name").filter(name -> !authors.contains(name)).ifPresent(authors::add);
    return new Metadata(
        text(metadata, "difficulty"),
        text(metadata, "category"),
        texts(metadata, "tags"),
        tools(metadata),
        text(metadata, "created"),
        task.string("description").filter(description -> !description.isBlank()),
        authors);
  }

  private static List<String> tools(TomlTable metadata) {
    List<String> tools = new ArrayList<>();
    for (String tool : texts(metadata, "tools")) {
      if (TOOL.matcher(tool).matches()) {
        tools.add(tool);
      } else {
        metadata.warning(
            "tools", "has an item that names no program", "write names such as \"git\"");
      }
    }
    return tools;
  }

  private static Optional<String> text(TomlTable table, String key) {
    JsonNode value = table.raw(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value.isString()) {
      return Optional.of(value.asString()).filter(text -> !text.isBlank());
    }
    table.warning(key, "is not a string, ignored", "write it in quotes");
    return Optional.empty();
  }

  private static List<String> texts(TomlTable table, String key) {
    JsonNode value = table.raw(key);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value) {
      if (item.isString()) {
        texts.add(item.asString());
      }
    }
    if (!value.isArray() || texts.size() != value.size()) {
      table.warning(key, "is not a list of strings, partly ignored", "write [\"...\", \"...\"]");
    }
    return texts;
  }
}
