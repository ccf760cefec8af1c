package dev.pacebench.tasks.authoring;

import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.authoring.Dockerfiles.Instruction;
import dev.pacebench.tasks.files.TreeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what an agent can see and should not: tests, solution, expected answers, later commits. */
final class LeakRule {

  private static final Pattern HIDDEN_PLACE =
      Pattern.compile("(?<![\\w.-])/(?:tests|solution|logs/verifier)(?:/[\\w.-]+)*(?![\\w-])");
  private static final Pattern TELLING_NAME =
      Pattern.compile(
          "(.*/)?((solution|answer|expected|oracle|reference|reward)s?([-_.].*)?|solve\\.(sh|py))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CODE =
      Pattern.compile(".*\\.(sh|bash|py|js|mjs|ts|java|c|rb|go|rs|pl|bats)");
  private static final int SMALLEST_BYTES = 24;
  private static final int TELLING_LINE = 28;
  private static final int TELLING_LINES = 2;

  private final TaskText text;
  private final Findings out;
  private final List<TreeEntry> shared = new ArrayList<>();

  private LeakRule(TaskText text, Findings out) {
    this.text = text;
    this.out = out;
  }

  static void examine(TaskText text, Findings out) {
    LeakRule rule = new LeakRule(text, out);
    rule.copies();
    rule.names();
    rule.dockerfile();
    rule.instruction();
    rule.history();
  }

  /** Whether an agent can read a file, as far as its place says. */
  private List<TreeEntry> visible() {
    return text.files("environment", "repo");
  }

  private void copies() {
    Map<Long, List<TreeEntry>> bySize = new HashMap<>();
    for (TreeEntry file : text.files("tests", "solution")) {
      if (file.stamp().size() >= SMALLEST_BYTES) {
        bySize.computeIfAbsent(file.stamp().size(), size -> new ArrayList<>()).add(file);
      }
    }
    Set<TreeEntry> restored = new LinkedHashSet<>();
    for (TreeEntry seen : visible()) {
      for (TreeEntry hidden : bySize.getOrDefault(seen.stamp().size(), List.of())) {
        if (!equal(seen, hidden)) {
          continue;
        }
        if (seen.path().equals("repo" + hidden.path().substring("tests".length()))) {
          restored.add(hidden);
        } else {
          copy(seen, hidden);
        }
      }
    }
    restored(restored);
    if (!shared.isEmpty()) {
      out.hint(
          TaskText.where(shared.get(0)),
          shared.size() == 1
              ? "is the same as a file in tests/"
              : "and " + (shared.size() - 1) + " more are the same as files in tests/",
          "fine for data that both need; remove them if they are expected answers");
    }
  }

  /** Tests of the repository may be laid over it again, so that nobody gains by changing them. */
  private void restored(Set<TreeEntry> restored) {
    List<TreeEntry> hidden =
        text.files("tests").stream().filter(file -> file.stamp().size() > 0).toList();
    if (!hidden.isEmpty() && restored.containsAll(hidden)) {
      out.error(
          TaskText.where(hidden.get(0)).replaceFirst("/tests/.*", "/tests"),
          "every test in it is in the repository, too, so nothing is hidden",
          "remove from repo/ the tests that only the fix lets pass");
    }
  }

  private void copy(TreeEntry seen, TreeEntry hidden) {
    boolean solution = hidden.isIn("solution");
    String what = "is the same as " + hidden.path() + ", which agents must not see";
    if (solution || CODE.matcher(hidden.path()).matches() && !supports(seen, hidden)) {
      out.error(
          TaskText.where(seen),
          what,
          "remove it: " + (solution ? "the solution" : "what judges") + " enters after the agent");
    } else {
      shared.add(seen);
    }
  }

  /** A test that keeps its own copy of the program it is to drive hides nothing. */
  private boolean supports(TreeEntry seen, TreeEntry hidden) {
    boolean test =
        hidden
            .path()
            .matches("(.*/)?(test[^/]*|[^/]*[-_.]?[tT]est\\.[a-z]+|[^/]*\\.test\\.[a-z]+)");
    return !test && seen.isIn("environment");
  }

  private static boolean equal(TreeEntry one, TreeEntry other) {
    try {
      return Files.mismatch(one.file(), other.file()) < 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void names() {
    for (TreeEntry file : text.files("environment")) {
      String inside = file.path().substring("environment/".length());
      if (TELLING_NAME.matcher(inside).matches()) {
        out.warning(
            TaskText.where(file),
            "has the name of something that agents must not see",
            "rename it if it is not, else move it to tests/ or solution/");
      }
    }
  }

  private void dockerfile() {
    for (TreeEntry file : text.files("environment")) {
      if (!file.path().endsWith("Dockerfile")) {
        continue;
      }
      for (Instruction each : Dockerfiles.parse(text.text(file).orElse(""))) {
        String[] words = each.rest().split("\\s+");
        boolean copies = each.word().equals("COPY") || each.word().equals("ADD");
        String target = words[words.length - 1];
        if (copies && HIDDEN_PLACE.matcher(target).lookingAt()) {
          out.error(
              TaskText.where(file, each.line()),
              "puts files where tests and solution will be, for every agent to read",
              "leave " + target + " to the verifier");
        }
      }
    }
  }

  private void instruction() {
    TreeEntry file =
        text.tree().find("instruction.md").or(() -> text.tree().find("issue.md")).orElse(null);
    if (file == null) {
      return;
    }
    List<String> lines = text.text(file).map(it -> it.lines().toList()).orElse(List.of());
    for (int i = 0; i < lines.size(); i++) {
      var match = HIDDEN_PLACE.matcher(lines.get(i));
      if (match.find()) {
        out.warning(
            TaskText.where(file, i + 1),
            "names " + match.group() + ", where the verifier works",
            "say what is wanted, not where it is judged");
      }
    }
    solutionTold(file, lines);
  }

  private void solutionTold(TreeEntry file, List<String> lines) {
    Set<String> told = new LinkedHashSet<>();
    lines.forEach(line -> told.add(line.strip()));
    List<String> given = solutionLines().stream().filter(told::contains).toList();
    if (given.size() >= TELLING_LINES) {
      out.warning(
          TaskText.where(file),
          given.size() + " lines of the solution stand in it, such as: " + given.get(0),
          "describe what is wanted, and leave the way to the agent");
    }
  }

  private Set<String> solutionLines() {
    Set<String> telling = new LinkedHashSet<>();
    for (TreeEntry file : text.files("solution")) {
      boolean patch = file.path().endsWith(".patch") || file.path().endsWith(".diff");
      text.text(file)
          .orElse("")
          .lines()
          .filter(line -> !patch || line.startsWith("+") && !line.startsWith("+++"))
          .map(line -> (patch ? line.substring(1) : line).strip())
          .filter(line -> line.length() >= TELLING_LINE && !line.startsWith("#"))
          .forEach(telling::add);
    }
    return telling;
  }

  /** A repository with what came later; one whose later commits nobody can reach is fine. */
  private void history() {
    for (TreeEntry entry : text.tree().entries()) {
      Optional<String> git = gitPart(entry.path());
      if (git.isEmpty() || entry.kind() != TreeEntry.Kind.FILE) {
        continue;
      }
      String where = TaskText.where(entry);
      if (git.get().matches("ORIG_HEAD|FETCH_HEAD")) {
        out.warning(where, "remembers a commit that is not part of the task", "remove it");
      } else if (git.get().matches("logs/.*") && entry.path().contains("/logs/refs/remotes/")) {
        out.warning(where, "tells of commits of a remote", "remove .git/logs");
      } else if (git.get().startsWith("refs/remotes/")
          || git.get().equals("packed-refs")
              && text.text(entry).orElse("").contains("refs/remotes/")) {
        out.warning(
            where,
            "leads to commits of a remote, which may hold the fix",
            "remove the remote, then expire and collect what nothing leads to");
      }
    }
    if (text.task().change().map(CodeChange::repository).isPresent()
        && text.tree().hasFolder("repo/.git")) {
      out.error(
          TaskText.where(text.tree().find("repo/.git").orElseThrow()),
          "is a repository of its own, with whatever came later",
          "remove it: the folder becomes a repository with one commit; for history use repo.bundle");
    }
  }

  private static Optional<String> gitPart(String path) {
    int at = path.indexOf("/.git/");
    boolean visible = path.startsWith("environment/") || path.startsWith("repo/");
    return visible && at >= 0
        ? Optional.of(path.substring(at + "/.git/".length()))
        : Optional.empty();
  }
}
