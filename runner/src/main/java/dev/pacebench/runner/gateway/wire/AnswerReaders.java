package dev.pacebench.runner.gateway.wire;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.time.InstantSource;

/** Makes the readers of answers. */
public final class AnswerReaders {

  private AnswerReaders() {}

  /**
   * A reader of one attempt's answer.
   *
   * @param streamAsked whether the caller asked for a stream; what comes instead is read all the
   *     same
   */
  public static AnswerReader of(Protocol protocol, Transport transport, boolean streamAsked) {
    return of(protocol, transport, streamAsked, InstantSource.system());
  }

  /** With a calendar of its own, which dates in headers are compared with. */
  static CallReader of(
      Protocol protocol, Transport transport, boolean streamAsked, InstantSource clock) {
    AnswerState state = new AnswerState();
    ProtocolReader reader =
        switch (protocol) {
          case OPENAI_RESPONSES -> new ResponsesReader(state);
          case OPENAI_CHAT -> new ChatReader(state);
          case ANTHROPIC_MESSAGES -> new MessagesReader(state);
          case GEMINI -> new GeminiReader(state);
        };
    return new CallReader(state, reader, transport, streamAsked, clock);
  }
}
