package dev.pacebench.runner.agent.manifest;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Finds values in JSON by names with dots between them; a list stands for each of its elements. */
final class DottedPath {

  private static final int MOST_VALUES = 1000;

  private DottedPath() {}

  /** Texts, numbers and switches at a path, as text, in the order of the document. */
  static List<String> values(JsonNode root, String path) {
    List<JsonNode> nodes = spread(root);
    for (String name : path.split("\\.", -1)) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : nodes) {
        JsonNode found = node.get(name);
        if (found != null) {
          next.addAll(spread(found));
        }
      }
      nodes = next;
    }
    return nodes.stream()
        .filter(node -> node.isValueNode() && !node.isNull())
        .limit(MOST_VALUES)
        .map(JsonNode::asString)
        .toList();
  }

  private static List<JsonNode> spread(JsonNode node) {
    return node.isArray() ? node.valueStream().limit(MOST_VALUES).toList() : List.of(node);
  }
}
