package dev.pacebench.runner.evidence;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.HomeFolders;
import dev.pacebench.runner.plan.PlannedTrial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A try's folder under its temporary name. */
final class FolderDraft implements EvidenceStore.Draft {

  private static final Logger LOG = LoggerFactory.getLogger(FolderDraft.class);
  private static final List<String> SUBFOLDERS = List.of("agent", "verifier", "artifacts");

  private final Home home;
  private final PlannedTrial trial;
  private final int tryNumber;
  private final Path draft;
  private final Path target;
  private boolean open = true;

  private FolderDraft(Home home, PlannedTrial trial, int tryNumber, Path draft, Path target) {
    this.home = home;
    this.trial = trial;
    this.tryNumber = tryNumber;
    this.draft = draft;
    this.target = target;
  }

  static FolderDraft make(Home home, PlannedTrial trial, int tryNumber) throws IOException {
    Path parent = home.trial(trial.runId(), trial.id());
    String name = "try-" + tryNumber;
    if (Files.exists(parent.resolve(name))) {
      throw new FileAlreadyExistsException(
          parent.resolve(name).toString(), null, "evidence is never written over");
    }
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path draft = parent.resolve("." + name + ".tmp-" + random);
    FolderDraft made = new FolderDraft(home, trial, tryNumber, draft, parent.resolve(name));
    try {
      for (String subfolder : SUBFOLDERS) {
        Files.createDirectories(draft.resolve(subfolder));
      }
    } catch (IOException e) {
      made.close();
      throw made.named(e);
    }
    return made;
  }

  @Override
  public Path folder() {
    return draft;
  }

  @Override
  public String finalName() {
    return home.relative(target);
  }

  @Override
  public void commit(TrialRecord record, Map<String, Object> extra) throws IOException {
    if (!open) {
      throw new IllegalStateException("the draft of " + finalName() + " is closed already");
    }
    try {
      Disk.withoutInterrupts(
          () -> {
            Files.write(
                draft.resolve(FolderEvidence.RESULT),
                ResultFile.write(trial, tryNumber, target, record, extra));
            Disk.syncTree(draft);
          });
      if (Files.exists(target)) {
        throw new FileAlreadyExistsException(
            target.toString(), null, "evidence is never written over");
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      open = false;
    } catch (IOException e) {
      close();
      throw named(e);
    }
    syncNames();
  }

  /** The rename stands from here on, so a failure no longer takes the result back. */
  private void syncNames() {
    try {
      Path trials = home.run(trial.runId()).resolve("trials");
      Disk.withoutInterrupts(
          () -> {
            Disk.sync(home.trial(trial.runId(), trial.id()));
            Disk.sync(trials);
          });
    } catch (IOException e) {
      LOG.warn("{} is in place, but may not outlive a power cut: {}", finalName(), e.toString());
    }
  }

  private IOException named(IOException e) {
    if (HomeFolders.isDiskFull(e)) {
      return new IOException("the disk is full, no space left for " + finalName(), e);
    }
    return e;
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    try {
      Disk.withoutInterrupts(() -> Disk.remove(draft));
    } catch (IOException | UncheckedIOException e) {
      // Resume removes it; until then its name keeps it from counting.
      LOG.warn("cannot remove {}: {}", home.relative(draft), e.toString());
    }
  }
}
