package dev.pacebench.tasks;

import java.util.List;
import java.util.Optional;

/**
 * What is said about a task and changes nothing of it; outside the digest.
 *
 * @param tools host programs a portable task needs, from {@code [metadata] tools}
 */
public record Metadata(
    Optional<String> difficulty,
    Optional<String> category,
    List<String> tags,
    List<String> tools,
    Optional<String> created,
    Optional<String> description,
    List<String> authors) {

  public Metadata {
    tags = List.copyOf(tags);
    tools = List.copyOf(tools);
    authors = List.copyOf(authors);
  }
}
