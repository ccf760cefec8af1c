package dev.pacebench.runner.lineup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published schema must say what {@link LineupFile} does. */
class LineupSchemaTest {

  private final JsonNode schema = schema();

  @Test
  void namesExactlyTheKeysThatAreRead() {
    assertThat(keys("")).hasSameElementsAs(LineupKeys.TOP);
    assertThat(keys("/properties/providers/additionalProperties"))
        .hasSameElementsAs(LineupKeys.PROVIDER);
    assertThat(keys("/properties/providers/additionalProperties/properties/credential"))
        .hasSameElementsAs(LineupKeys.CREDENTIAL);
    assertThat(keys("/properties/models/additionalProperties")).hasSameElementsAs(LineupKeys.MODEL);
    assertThat(
            keys(
                "/properties/providers/additionalProperties/properties/headers"
                    + "/additionalProperties"))
        .hasSameElementsAs(LineupKeys.SECRET_HEADER);
    assertThat(keys("/properties/models/additionalProperties/properties/price"))
        .hasSameElementsAs(LineupKeys.PRICE);
    String simulated = "/properties/models/additionalProperties/properties/simulated";
    assertThat(keys(simulated)).hasSameElementsAs(LineupKeys.SIMULATED_TIER);
    assertThat(keys(simulated + "/properties/faults")).hasSameElementsAs(LineupKeys.FAULTS);
    assertThat(keys("/properties/contenders/items/properties/tier"))
        .hasSameElementsAs(LineupKeys.TIER);
    assertThat(keys("/properties/contenders/items")).hasSameElementsAs(LineupKeys.CONTENDER);
    assertThat(keys("/properties/contenders/items/properties/limits"))
        .hasSameElementsAs(LineupKeys.LIMITS);
  }

  @Test
  void namesExactlyTheKnownProtocols() {
    String provider = "/properties/providers/additionalProperties";
    assertThat(texts(schema.at(provider + "/properties/protocol/enum")))
        .isEqualTo(LineupKeys.PROTOCOLS);
    assertThat(texts(schema.at(provider + "/if/properties/protocol/enum")))
        .isEqualTo(LineupKeys.REMOTE_PROTOCOLS);
    String tier = "/properties/contenders/items/properties/tier/properties";
    assertThat(texts(schema.at(tier + "/protocol/enum"))).isEqualTo(LineupKeys.REMOTE_PROTOCOLS);
    assertThat(texts(schema.at(tier + "/transport/enum"))).isEqualTo(LineupKeys.TRANSPORTS);
    assertThat(texts(schema.at(provider + "/properties/credential/properties/scheme/enum")))
        .isEqualTo(LineupKeys.SCHEMES);
  }

  @Test
  void acceptsWhatTheReaderAccepts() {
    assertThat(SchemaCheck.problems(schema, yaml(LineupFileTest.FULL))).isEmpty();
    assertThat(SchemaCheck.problems(schema, yaml(ServedModelsTest.RICH))).isEmpty();
  }

  @Test
  void refusesWhatTheReaderRefusesForItsShape() {
    List<String> crossReferences =
        List.of(
            "unknown agent",
            "two contenders of one name",
            "key given twice",
            "model missing",
            "model not defined",
            "model for nop",
            "provider not defined",
            "indented by a tab",
            "brace not closed",
            "quote not closed",
            "second document",
            "deep nesting",
            "alias",
            "more than 1 MB",
            "empty file",
            "only comments",
            "null document",
            "name is blank",
            "name with an escape",
            "name that turns the direction of writing",
            "endless time limit");
    List<String> checked = new ArrayList<>();
    Stream.concat(LineupFileTest.badFiles(), ServedModelsTest.badShapes())
        .filter(bad -> !crossReferences.contains(bad.get()[0]))
        .forEach(
            bad -> {
              checked.add((String) bad.get()[0]);
              assertThat(SchemaCheck.problems(schema, yaml((String) bad.get()[1])))
                  .as((String) bad.get()[0])
                  .isNotEmpty();
            });
    assertThat(checked).hasSizeGreaterThan(50);
  }

  @Test
  void acceptsEveryReadyLineup() {
    Lineups ready = new Lineups(Path.of("lineups"));

    for (String name : ready.names()) {
      assertThat(SchemaCheck.problems(schema, new YAMLMapper().readTree(ready.resolve(name))))
          .as(name)
          .isEmpty();
    }
  }

  private List<String> keys(String pointer) {
    JsonNode node = pointer.isEmpty() ? schema : schema.at(pointer);
    assertThat(node.get("additionalProperties").asBoolean()).isFalse();
    return List.copyOf(node.get("properties").propertyNames());
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static JsonNode yaml(String text) {
    return new YAMLMapper().readTree(text);
  }

  private static JsonNode schema() {
    try (InputStream in = LineupFile.class.getResourceAsStream("lineup.schema.json")) {
      assertThat(in).isNotNull();
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
