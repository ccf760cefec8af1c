package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.Protocol;

/** Short answers of each protocol. */
final class Streams {

  static final String ASK = "{\"model\":\"m\",\"stream\":true}";
  static final String SSE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private Streams() {}

  /** Where a stream is asked for. */
  static String path(Protocol protocol) {
    return protocol == Protocol.GEMINI
        ? "/v1beta/models/m:streamGenerateContent?alt=sse"
        : protocol.path();
  }

  /** A piece of text. */
  static String delta(Protocol protocol, String text) {
    return switch (protocol) {
      case OPENAI_RESPONSES ->
          event(
              "response.output_text.delta",
              "\"item_id\":\"i\",\"output_index\":0,\"content_index\":0,\"delta\":\"" + text + '"');
      case OPENAI_CHAT ->
          "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":"
              + "[{\"index\":0,\"delta\":{\"content\":\""
              + text
              + "\"},\"finish_reason\":null}]}\n\n";
      case ANTHROPIC_MESSAGES ->
          event(
              "content_block_delta",
              "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
      case GEMINI -> gemini(text, "");
    };
  }

  /** The end of an answer that is complete. */
  static String end(Protocol protocol) {
    return switch (protocol) {
      case OPENAI_RESPONSES ->
          event(
              "response.completed",
              "\"response\":{\"id\":\"r\",\"status\":\"completed\",\"model\":\"m\",\"usage\":"
                  + "{\"input_tokens\":3,\"output_tokens\":2,\"total_tokens\":5}}");
      case OPENAI_CHAT ->
          "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":"
              + "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
      case ANTHROPIC_MESSAGES ->
          event(
                  "message_delta",
                  "\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":2}")
              + event("message_stop", "\"x\":0");
      case GEMINI -> gemini("", "\"finishReason\":\"STOP\",");
    };
  }

  private static String gemini(String text, String finish) {
    return "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\""
        + text
        + "\"}],\"role\":\"model\"},"
        + finish
        + "\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":3},\"modelVersion\":\"m\"}\r\n\r\n";
  }

  private static String event(String type, String fields) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
  }

  /** Reads a request and answers it completely. */
  static void answer(RawPeer caller, Protocol protocol) throws Exception {
    caller.readMessage();
    caller.write(SSE).chunk(delta(protocol, "Hi")).chunk(end(protocol)).lastChunk();
  }
}
