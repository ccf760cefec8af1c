package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.simulated.Script.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a turn of a script into the words and tool calls that the caller understands. */
final class Speaker {

  private static final String SIDE_TEXT = "Scripted work on a task";

  private final Play play;
  private final int perPiece;

  Speaker(Play play) {
    this.play = play;
    perPiece = play.tier().tokensPerFrame();
  }

  Said say(Ask ask, Turns.Place place, Draws draws) {
    if (ask.warmUp()) {
      return Said.of(List.of());
    }
    if (ask.side()) {
      return Said.of(List.of(text(SIDE_TEXT, SIDE_TEXT.length() / 4)));
    }
    if (play.script().isEmpty()) {
      Pieces words = Pieces.words(draws.about("words"), ask.words(), perPiece);
      return Said.of(List.of(new Part(Part.Kind.TEXT, words, Optional.empty())));
    }
    Script script = play.script().get();
    List<Turn> turns = script.part(place.part());
    int index = Math.max(0, place.turn() - script.firstTurn(place.part()));
    index = Math.min(index, turns.size() - 1);
    return say(ask, turns.get(index), commands(ask, turns, index), place.turn(), draws);
  }

  /** What to run; at the end the command that some agents take for it. */
  private static List<String> commands(Ask ask, List<Turn> turns, int index) {
    boolean last = index == turns.size() - 1;
    List<String> commands =
        last && ask.submits().isPresent()
            ? List.of(ask.submits().get())
            : turns.get(index).commands();
    return ask.protocol() == Protocol.GEMINI && ask.shell().isPresent()
        ? commands.stream().map(ShellTool::unseen).toList()
        : commands;
  }

  private Said say(Ask ask, Turn said, List<String> commands, int turn, Draws draws) {
    List<Part> parts = new ArrayList<>();
    if (said.reasoningTokens() > 0 || !said.reasoning().isEmpty()) {
      Pieces pieces = Pieces.text(said.reasoning(), said.reasoningTokens(), perPiece);
      parts.add(new Part(Part.Kind.REASONING, pieces, Optional.empty()));
    }
    boolean calls = !commands.isEmpty() && ask.shell().isPresent();
    String text = calls || commands.isEmpty() ? said.text() : withBlock(said.text(), commands);
    List<String> written = new ArrayList<>();
    written.add(text);
    if (calls) {
      commands.forEach(command -> written.add(ask.shell().orElseThrow().arguments(command)));
    }
    long[] shares = shares(said.outputTokens(), written);
    if (!text.isEmpty()) {
      parts.add(text(text, shares[0]));
    }
    String prefix = ask.protocol().word().startsWith("anthropic") ? "toolu" : "call";
    for (int i = 1; i < written.size(); i++) {
      String id = Turns.callId(prefix, turn, i - 1, draws.about("id").hex(i));
      Part.Call call = new Part.Call(id, ask.shell().orElseThrow(), commands.get(i - 1));
      Pieces pieces = Pieces.text(written.get(i), shares[i], perPiece);
      parts.add(new Part(Part.Kind.TOOL_CALL, pieces, Optional.of(call)));
    }
    return Said.of(parts);
  }

  private Part text(String text, long tokens) {
    return new Part(Part.Kind.TEXT, Pieces.text(text, tokens, perPiece), Optional.empty());
  }

  /** For agents without tools, which read commands from the text. */
  private static String withBlock(String text, List<String> commands) {
    String block = "```bash\n" + String.join("\n", commands) + "\n```";
    return text.isEmpty() ? block : text + "\n\n" + block;
  }

  /** Tokens for each text by its length; they add up to all tokens. */
  static long[] shares(long tokens, List<String> texts) {
    long all = texts.stream().mapToLong(String::length).sum();
    long[] shares = new long[texts.size()];
    long before = 0;
    long length = 0;
    for (int i = 0; i < shares.length; i++) {
      length += texts.get(i).length();
      long upTo = all == 0 ? 0 : tokens * length / all;
      shares[i] = upTo - before;
      before = upTo;
    }
    return shares;
  }
}
