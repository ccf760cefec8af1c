package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Calls as JSON: names in snake case, times in nanoseconds, words of closed sets as files say. */
final class CallJson {

  /** Longest text of one value; a recorded body in Base64 must fit. */
  static final int LONGEST_TEXT = 64 << 20;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule("calls")
                  .addSerializer(Protocol.class, new WordWriter<>(Protocol::word))
                  .addDeserializer(Protocol.class, reader(Protocol.values(), Protocol::word))
                  .addSerializer(Transport.class, new WordWriter<>(Transport::word))
                  .addDeserializer(Transport.class, reader(Transport.values(), Transport::word))
                  .addSerializer(CallEnd.class, new WordWriter<>(CallEnd::word))
                  .addDeserializer(CallEnd.class, reader(CallEnd.values(), CallEnd::word)))
          .build();

  private CallJson() {}

  /** A call whose texts went through a filter. */
  static JsonNode of(CallRecord call, UnaryOperator<String> filter) {
    return filtered(MAPPER.valueToTree(call), filter);
  }

  /**
   * The call of a JSON object.
   *
   * @throws JacksonException when its fields are others
   * @throws IllegalArgumentException when it is no object, or no possible call
   */
  static CallRecord call(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("no object");
    }
    return MAPPER.treeToValue(json, CallRecord.class);
  }

  private static JsonNode filtered(JsonNode node, UnaryOperator<String> filter) {
    if (node.isString()) {
      return StringNode.valueOf(filter.apply(node.stringValue()));
    }
    if (node instanceof ObjectNode object) {
      ObjectNode out = MAPPER.createObjectNode();
      object.properties().forEach(e -> out.set(e.getKey(), filtered(e.getValue(), filter)));
      return out;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode out = MAPPER.createArrayNode();
      array.forEach(item -> out.add(filtered(item, filter)));
      return out;
    }
    return node;
  }

  private static <E> WordReader<E> reader(E[] values, Function<E, String> word) {
    return new WordReader<>(
        Arrays.stream(values).collect(Collectors.toMap(word, Function.identity())));
  }

  private static final class WordWriter<E> extends ValueSerializer<E> {
    private final Function<E, String> word;

    WordWriter(Function<E, String> word) {
      this.word = word;
    }

    @Override
    public void serialize(E value, JsonGenerator out, SerializationContext context) {
      out.writeString(word.apply(value));
    }
  }

  private static final class WordReader<E> extends ValueDeserializer<E> {
    private final Map<String, E> values;

    WordReader(Map<String, E> values) {
      this.values = values;
    }

    @Override
    public @Nullable E deserialize(JsonParser in, DeserializationContext context) {
      E value = values.get(in.getString());
      if (value == null) {
        return context.reportInputMismatch(this, "unknown word, known are %s", values.keySet());
      }
      return value;
    }
  }
}
