package dev.pacebench.runner.model;

import dev.pacebench.runner.gateway.call.Transport;

/** Opens conversations in every protocol. */
public final class ModelSessions {

  private ModelSessions() {}

  /** Loads what the first conversation of a process would otherwise wait for. */
  public static void prepare() {
    Loopback.giveBack(Loopback.take());
  }

  /** Opens a conversation; nothing is sent yet. */
  public static ModelSession open(ModelSettings settings) {
    if (settings.transport() == Transport.WEBSOCKET) {
      return new SocketSession(settings);
    }
    return new HttpSession(
        settings,
        switch (settings.protocol()) {
          case OPENAI_RESPONSES -> new ResponsesConversation(settings);
          case OPENAI_CHAT -> new ChatConversation(settings);
          case ANTHROPIC_MESSAGES -> new MessagesConversation(settings);
          case GEMINI ->
              throw new IllegalArgumentException("no conversations are held over Gemini here");
        });
  }
}
