package dev.pacebench.leaderboard.page.trial;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.TrialRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the page of a trial tells.
 *
 * <p>Every text in it may have been written by a model or a program.
 *
 * @param version of Pacebench
 * @param id of the trial
 * @param state pending, running or done
 * @param result absent unless done
 * @param states what its time went to, in the order in which a trial passes them
 * @param acts what the agent did, one for each step of a task that has steps
 * @param calls model calls, an attempt each
 * @param texts outputs worth showing whole, such as the verifier's
 * @param files of evidence
 * @param tries all tries of the trial, with the one that is told marked
 * @param notes what a reader should know of the page itself
 * @param up where the trial belongs
 */
public record TrialStory(
    String version,
    TrialId id,
    String state,
    @Nullable TrialRecord result,
    List<SpentState> states,
    List<Act> acts,
    List<ModelCall> calls,
    List<Text> texts,
    List<EvidenceFile> files,
    List<Link> tries,
    List<String> notes,
    List<Link> up) {

  public TrialStory {
    requireNonNull(version, "version is null");
    requireNonNull(id, "id is null");
    requireNonNull(state, "state is null");
    states = List.copyOf(states);
    acts = List.copyOf(acts);
    calls = List.copyOf(calls);
    texts = List.copyOf(texts);
    files = List.copyOf(files);
    tries = List.copyOf(tries);
    notes = List.copyOf(notes);
    up = List.copyOf(up);
  }

  /** The same with who made the page, and where it belongs. */
  public TrialStory with(String version, List<Link> up) {
    return new TrialStory(
        version, id, state, result, states, acts, calls, texts, files, tries, notes, up);
  }

  /** Which trial it is. */
  public record TrialId(
      String run, String trial, String taskSet, String task, String contender, int attempt) {}

  /** Seconds that were spent in one state. */
  public record SpentState(String name, double seconds, boolean agentPhase) {}

  /** A text under a heading; {@code leftOut} bytes before it were not read. */
  public record Text(String heading, String text, long leftOut) {}

  /** A file of the evidence; without an address it is only named. */
  public record EvidenceFile(String path, long bytes, @Nullable String href) {}

  /** Where something else lies; without an address it is the page itself. */
  public record Link(String text, @Nullable String href) {}

  /** One attempt of one model call, in seconds from the start of the agent phase. */
  public record ModelCall(
      String number,
      double start,
      double end,
      int status,
      String transport,
      @Nullable Double firstToken,
      @Nullable Double tokensPerSecond,
      @Nullable Long input,
      @Nullable Long cached,
      @Nullable Long output,
      String ended) {}
}
