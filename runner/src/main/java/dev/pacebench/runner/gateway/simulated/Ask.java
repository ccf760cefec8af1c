package dev.pacebench.runner.gateway.simulated;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.Protocol;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one request asks of the simulated model, for every protocol alike.
 *
 * @param protocol what was spoken
 * @param model as the caller named it
 * @param stream whether a stream is wanted
 * @param usage whether a stream is to end with the usage
 * @param warmUp whether nothing is to be generated
 * @param continues id of the response whose context it goes on from
 * @param words how many words to say when there is no script
 * @param tier service tier asked for
 * @param speed speed asked for
 * @param encrypted whether reasoning is wanted in a form that can be sent back
 * @param head tools and instructions, which every request repeats
 * @param items what the conversation holds, as far as the request says it
 * @param turns the steps of the conversation
 * @param shell the tool that takes commands
 * @param tools whether any tool is offered
 * @param side whether it is no turn of the work, but asks for a title or summary
 * @param submits command that ends the work, where the instructions want one
 */
record Ask(
    Protocol protocol,
    String model,
    boolean stream,
    boolean usage,
    boolean warmUp,
    @Nullable String continues,
    long words,
    @Nullable String tier,
    @Nullable String speed,
    boolean encrypted,
    List<Segment> head,
    List<Segment> items,
    List<Turns.Step> turns,
    Optional<ShellTool> shell,
    boolean tools,
    boolean side,
    Optional<String> submits) {

  /** Words without a stated number of tokens. */
  static final long DEFAULT_WORDS = 64;

  /** More is never said in one answer. */
  static final long MOST_WORDS = 10_000_000;

  Ask {
    requireNonNull(protocol, "protocol is null");
    head = List.copyOf(head);
    items = List.copyOf(items);
    turns = List.copyOf(turns);
  }

  /** A request that cannot be answered: what is wrong with it, in the provider's manner. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }
}
