package dev.pacebench.runner.agent.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.lineup.SchemaCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published schema must say what {@link ManifestFile} does. */
class ManifestSchemaTest {

  private final JsonNode schema = schema();

  @Test
  void namesExactlyTheKeysThatAreRead() {
    assertThat(keys("")).hasSameElementsAs(ManifestKeys.TOP);
    assertThat(keys("/properties/provide")).hasSameElementsAs(ManifestKeys.PROVIDE);
    assertThat(keys("/properties/output")).hasSameElementsAs(ManifestKeys.OUTPUT);
    assertThat(keys("/properties/settings/additionalProperties"))
        .hasSameElementsAs(ManifestKeys.SETTING);
  }

  @Test
  void namesExactlyTheKnownWords() {
    assertThat(texts(schema.at("/properties/provide/properties/kind/enum")))
        .isEqualTo(ManifestKeys.KINDS);
    assertThat(texts(schema.at("/properties/output/properties/format/enum")))
        .isEqualTo(ManifestKeys.FORMATS);
    assertThat(schema.at("/description").asString())
        .contains(Placeholder.names(List.of("NAME")).stream().map(one -> "{" + one + "}").toList());
  }

  @Test
  void acceptsWhatTheReaderAccepts() {
    assertThat(SchemaCheck.problems(schema, yaml(ManifestFileTest.FULL))).isEmpty();
  }

  @Test
  void refusesWhatTheReaderRefusesForItsShape() {
    List<String> notOfShape =
        List.of(
            "none with packages",
            "npm without packages",
            "version range",
            "url as a package",
            "option as a package",
            "pip's way of writing for npm",
            "program out of the folder",
            "unknown setting",
            "name in quotes",
            "name in single quotes",
            "stray brace",
            "stray closing brace",
            "token before its time",
            "token for all to see",
            "relative file",
            "file above",
            "odd variable",
            "one half of a pair",
            "rules without reading",
            "rule of lists",
            "setting of capitals",
            "an alias");
    List<String> checked = new ArrayList<>();
    ManifestFileTest.wrong()
        .map(arguments -> arguments.get())
        .filter(wrong -> !notOfShape.contains(wrong[0]))
        .forEach(
            wrong -> {
              checked.add((String) wrong[0]);
              String text = ManifestFileTest.FULL.replace((String) wrong[1], (String) wrong[2]);
              assertThat(SchemaCheck.problems(schema, yaml(text)))
                  .as((String) wrong[0])
                  .isNotEmpty();
            });
    assertThat(checked).hasSizeGreaterThan(10);
  }

  @Test
  void acceptsEveryManifestThatShips() throws IOException {
    Path shipped = Path.of("agents");
    if (Files.isDirectory(shipped)) {
      try (Stream<Path> files = Files.list(shipped)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".yaml")).toList()) {
          assertThat(SchemaCheck.problems(schema, new YAMLMapper().readTree(file)))
              .as(file.toString())
              .isEmpty();
        }
      }
    }
    assertThat(AgentManifests.all(List.of(shipped)).wrong()).isEmpty();
  }

  @Test
  void theExampleInTheReadmeIsAManifest(@TempDir Path folder) throws IOException {
    String readme = Files.readString(Path.of("agents/README.md"));
    Matcher example =
        Pattern.compile("```\n(name: helper\n?.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(example.find()).isTrue();

    Path file = Files.writeString(folder.resolve("helper.yaml"), example.group(1));

    assertThat(ManifestFile.read(file).settings()).containsKey("effort");
    assertThat(SchemaCheck.problems(schema, yaml(example.group(1)))).isEmpty();
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
    try (InputStream in = ManifestFile.class.getResourceAsStream("agent.schema.json")) {
      assertThat(in).isNotNull();
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
