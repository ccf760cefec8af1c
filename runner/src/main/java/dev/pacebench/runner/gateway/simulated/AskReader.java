package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.CallPath;
import dev.pacebench.runner.gateway.call.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a request: what all protocols share, and by protocol what its conversation holds. */
final class AskReader {

  private static final JsonMapper JSON = new JsonMapper();

  private static final Pattern SIDE =
      Pattern.compile(
          "\\b(title|summary|summari[sz]e|topic|session name)\\b", Pattern.CASE_INSENSITIVE);

  /** Agents without tools explain how commands are written down; side requests do not. */
  private static final Pattern COMMANDS =
      Pattern.compile("```|\\bbash\\b|\\bshell\\b", Pattern.CASE_INSENSITIVE);

  /** A side request says at once what it is for; what follows may speak of anything. */
  private static final int OPENING = 120;

  /** A command that some agents take as the end of the work. */
  private static final Pattern SUBMITS =
      Pattern.compile("echo [A-Z_]*(?:SUBMIT|COMPLETE|FINAL_OUTPUT)[A-Z_]*");

  /** What was asked for is looked for at the ends of long texts only. */
  private static final int GLANCE = 4_000;

  private AskReader() {}

  /** Reads a request of a protocol whose path says nothing else. */
  static Ask read(Protocol protocol, byte[] body) throws Ask.Unreadable {
    return read(CallPath.of(protocol), body);
  }

  static Ask read(CallPath path, byte[] body) throws Ask.Unreadable {
    JsonNode request;
    try {
      request = JSON.readTree(body);
    } catch (JacksonException e) {
      throw new Ask.Unreadable("We could not parse the JSON body of your request.");
    }
    if (!request.isObject()) {
      throw new Ask.Unreadable("The body of your request is no JSON object.");
    }
    if (path.model().isEmpty() && request.path("model").asString("").isEmpty()) {
      throw new Ask.Unreadable("Missing required parameter: 'model'.");
    }
    Conversation conversation =
        switch (path.protocol()) {
          case OPENAI_RESPONSES -> Conversation.responses(request);
          case OPENAI_CHAT -> Conversation.chat(request);
          case ANTHROPIC_MESSAGES -> Conversation.messages(request);
          case GEMINI -> Conversation.gemini(request);
        };
    return ask(path, request, conversation);
  }

  private static Ask ask(CallPath path, JsonNode request, Conversation conversation) {
    boolean tools = !conversation.tools().isEmpty();
    String instructions = glance(conversation.instructions());
    boolean side =
        !tools
            && !conversation.assistantSpoke()
            && side(instructions, glance(conversation.lastUser()));
    side |= !tools && wantsJson(request);
    Matcher submits = SUBMITS.matcher(instructions + "\n" + glance(conversation.firstUser()));
    List<Segment> head = new ArrayList<>();
    if (tools) {
      head.add(Segment.of(conversation.tools().toString()));
    }
    conversation.head().forEach(text -> head.add(Segment.of(text)));
    return new Ask(
        path.protocol(),
        path.model().isEmpty() ? request.path("model").asString("") : path.model(),
        path.stream() || request.path("stream").asBoolean(false),
        request.path("stream_options").path("include_usage").asBoolean(false),
        !request.path("generate").asBoolean(true),
        text(request, "previous_response_id"),
        words(request),
        text(request, "service_tier"),
        text(request, "speed"),
        request.path("include").toString().contains("reasoning.encrypted_content"),
        head,
        conversation.items().stream().map(Segment::of).toList(),
        conversation.steps(),
        ToolReader.shell(conversation.tools()),
        tools,
        side,
        submits.find() ? Optional.of(submits.group()) : Optional.empty());
  }

  /** Whether a title or summary is asked for, and not work whose commands come in the text. */
  private static boolean side(String instructions, String user) {
    String opening = instructions.substring(0, Math.min(OPENING, instructions.length()));
    if (SIDE.matcher(opening).find() && !instructions.contains("```")) {
      return true;
    }
    String said = instructions + "\n" + user;
    return SIDE.matcher(said).find() && !COMMANDS.matcher(said).find();
  }

  /** Agents ask a model to judge for them in a form that a program can read. */
  private static boolean wantsJson(JsonNode request) {
    JsonNode config = request.path("generationConfig");
    return config.path("responseMimeType").asString("").equals("application/json");
  }

  private static long words(JsonNode request) {
    JsonNode most = request.path("generationConfig").path("maxOutputTokens");
    if (most.isIntegralNumber()) {
      return bounded(most);
    }
    for (String name : List.of("max_output_tokens", "max_completion_tokens", "max_tokens")) {
      if (request.path(name).isIntegralNumber()) {
        return bounded(request.path(name));
      }
    }
    return Ask.DEFAULT_WORDS;
  }

  private static long bounded(JsonNode most) {
    return Math.max(1, Math.min(Ask.MOST_WORDS, most.asLong(1)));
  }

  private static @Nullable String text(JsonNode request, String name) {
    return request.path(name).isString() ? request.path(name).asString() : null;
  }

  private static String glance(String text) {
    return text.length() <= 2 * GLANCE
        ? text
        : text.substring(0, GLANCE) + text.substring(text.length() - GLANCE);
  }

  /** A protocol's word in one case. */
  static String word(JsonNode node, String name) {
    return node.path(name).asString("").toLowerCase(Locale.ROOT);
  }
}
