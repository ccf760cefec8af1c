package dev.pacebench.runner.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.PlannedTrial;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evidence as folders of the home: {@code runs/RUN/trials/TRIAL/try-N}.
 *
 * <p>A draft is {@code .try-N.tmp-X} beside them. A try that was LOST and the last is named in the
 * trial's file {@code lost}. What cannot be read counts as no result, with a warning, and stays.
 */
public final class FolderEvidence implements EvidenceStore {

  static final String RESULT = "result.json";

  private static final String LOST = "lost";
  private static final Pattern TRY = Pattern.compile("try-([1-9][0-9]{0,8})");
  private static final Pattern DRAFT = Pattern.compile("\\.(try-[0-9]+|lost)\\.tmp-.*");

  @Override
  public Draft begin(Home home, PlannedTrial trial, int tryNumber) throws IOException {
    return FolderDraft.make(home, trial, tryNumber);
  }

  @Override
  public Optional<TrialRecord> finalResult(Home home, String runId, String trialId)
      throws IOException {
    Path folder = home.trial(runId, trialId);
    int confirmed = confirmed(folder);
    Optional<TrialRecord> lost = Optional.empty();
    for (var entry : folders(folder).entrySet()) {
      Optional<ResultFile> file = ResultFile.read(entry.getValue().resolve(RESULT), runId);
      if (file.isEmpty()) {
        continue;
      }
      TrialRecord record = file.get().record();
      if (record.outcome() != Outcome.LOST) {
        if (file.get().isFinal()) {
          return Optional.of(record);
        }
      } else if (file.get().isFinal() || entry.getKey() == confirmed) {
        // The last of them: an earlier one was reopened.
        lost = Optional.of(record);
      }
    }
    return lost;
  }

  @Override
  public void confirmLost(Home home, String runId, String trialId, int tryNumber)
      throws IOException {
    Path folder = home.trial(runId, trialId);
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, ".lost.tmp-", "");
    try {
      Files.writeString(draft, tryNumber + "\n");
      Disk.sync(draft);
      Disk.rename(draft, folder.resolve(LOST));
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static int confirmed(Path folder) throws IOException {
    try {
      String text = new String(Files.readAllBytes(folder.resolve(LOST)), UTF_8).strip();
      return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  @Override
  public int tries(Home home, String runId, String trialId) throws IOException {
    SortedMap<Integer, Path> folders = folders(home.trial(runId, trialId));
    return folders.isEmpty() ? 0 : folders.lastKey();
  }

  @Override
  public void removeDrafts(Home home, String runId) throws IOException {
    for (Path trial : list(home.run(runId).resolve("trials"))) {
      for (Path entry : list(trial)) {
        if (DRAFT.matcher(name(entry)).matches()) {
          Disk.remove(entry);
        }
      }
    }
  }

  /** Committed tries by number. */
  private static SortedMap<Integer, Path> folders(Path trial) throws IOException {
    SortedMap<Integer, Path> folders = new TreeMap<>();
    for (Path entry : list(trial)) {
      Matcher matcher = TRY.matcher(name(entry));
      if (matcher.matches()) {
        folders.put(Integer.parseInt(matcher.group(1)), entry);
      }
    }
    return folders;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** Entries of a folder; none when it is not there. */
  private static List<Path> list(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    return entries;
  }
}
