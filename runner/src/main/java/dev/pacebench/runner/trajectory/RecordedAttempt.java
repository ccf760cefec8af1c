package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One attempt of a model call as it was recorded.
 *
 * @param request the request's body; empty when it was not kept or is no JSON
 * @param parts the answer's bytes
 * @param frames whether each part is a frame of a WebSocket
 */
record RecordedAttempt(
    CallRecord call, Optional<JsonNode> request, List<byte[]> parts, boolean frames) {

  RecordedAttempt {
    parts = List.copyOf(parts);
  }

  boolean answered() {
    return call.answer().end().answered();
  }

  /** Whether nothing was asked of a provider. */
  boolean kept() {
    return call.answer().end() == CallEnd.LIMITED;
  }
}
