package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.wire.AnswerReader;
import dev.pacebench.runner.gateway.wire.AnswerReaders;

/** Readers of answers that can never harm the forwarding beside them. */
final class Readers {

  private Readers() {}

  static AnswerReader of(Protocol protocol, Transport transport, boolean streamAsked) {
    return AnswerReaders.of(protocol, transport, streamAsked);
  }
}
