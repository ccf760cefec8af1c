package dev.pacebench.runner.model;

import dev.pacebench.runner.model.ModelException.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation over one WebSocket that stays open: a request says only what is new.
 *
 * <p>What the other side knows belongs to the connection. Whatever goes wrong drops both, and the
 * next request says all of it again.
 */
final class SocketSession implements ModelSession {

  /** The connection, not the request, is at fault: another one will do. */
  private static final Set<String> RENEW =
      Set.of("previous_response_not_found", "websocket_connection_limit_reached");

  private final ModelSettings settings;
  private final ResponsesConversation conversation;
  private @Nullable Frames frames;
  private @Nullable String previous;
  private int known;

  SocketSession(ModelSettings settings) {
    this.settings = settings;
    this.conversation = new ResponsesConversation(settings);
  }

  @Override
  public Turn ask(List<Input> added, TurnListener live)
      throws InterruptedException, ModelException {
    conversation.add(added);
    return exchange(live, false);
  }

  @Override
  public void warmUp() throws InterruptedException, ModelException {
    if (conversation.size() > 0) {
      exchange(TurnListener.NONE, true);
      return;
    }
    try {
      connected();
    } catch (FailedTurn e) {
      throw new IllegalStateException("a connection cannot refuse words", e);
    }
  }

  @Override
  public int compact(int keep) {
    previous = null;
    return conversation.compact(keep);
  }

  @Override
  public void close() {
    if (frames != null) {
      frames.close();
      frames = null;
    }
    previous = null;
  }

  private Turn exchange(TurnListener live, boolean warmUp)
      throws InterruptedException, ModelException {
    boolean renewed = false;
    while (true) {
      boolean used = frames != null;
      ResponsesAnswer answer = conversation.answer(live);
      boolean kept = false;
      try {
        Turn turn = once(answer, warmUp);
        kept = true;
        return turn;
      } catch (FailedTurn e) {
        return e.turn();
      } catch (ModelException e) {
        boolean stale = used && e.kind() == Kind.CUT && !answer.begun();
        boolean renew = stale || e.code().filter(RENEW::contains).isPresent();
        boolean adapted = e.status() == 400 && conversation.adapt(e);
        if (!adapted && (!renew || renewed)) {
          throw e;
        }
        renewed = true;
      } finally {
        if (!kept) {
          close();
        }
      }
    }
  }

  private Turn once(ResponsesAnswer answer, boolean warmUp)
      throws InterruptedException, ModelException, FailedTurn {
    Frames open = connected();
    ObjectNode request = conversation.request(previous == null ? 0 : known);
    request.put("type", "response.create");
    if (previous != null) {
      request.put("previous_response_id", previous);
    }
    if (warmUp) {
      request.put("generate", false);
    }
    byte[] bytes = Json.bytes(request);
    if (bytes.length > Limits.REQUEST_BYTES) {
      return Turn.overflow();
    }
    open.send(new String(bytes, StandardCharsets.US_ASCII));
    read(open, answer);
    Turn turn = answer.finish();
    // After an answer that was cut short the other side knows what is not kept here.
    previous = answer.continuesFrom().orElse(null);
    known = conversation.size();
    return turn;
  }

  private static void read(Frames open, ResponsesAnswer answer)
      throws InterruptedException, ModelException, FailedTurn {
    long total = 0;
    while (true) {
      Optional<String> text = open.next();
      if (text.isEmpty()) {
        throw ModelException.of(Kind.CUT, "the WebSocket ended before the answer did", null);
      }
      total += text.get().length();
      if (total > Limits.ANSWER_BYTES) {
        throw HttpSession.tooLarge();
      }
      JsonNode event =
          Json.read(text.get().getBytes(StandardCharsets.UTF_8))
              .orElseThrow(
                  () -> ModelException.of(Kind.GARBLED, "an event of the answer is no JSON", null));
      if (answer.event(event)) {
        return;
      }
    }
  }

  private Frames connected() throws InterruptedException, ModelException, FailedTurn {
    if (frames != null && frames.ended()) {
      close();
    }
    if (frames == null) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.putAll(conversation.headers());
      headers.putAll(settings.headers());
      frames = Frames.connect(address(), headers);
      previous = null;
    }
    return frames;
  }

  private URI address() {
    URI http = settings.address().resolve(settings.protocol().path());
    return URI.create("ws" + http.toString().substring("http".length()));
  }
}
