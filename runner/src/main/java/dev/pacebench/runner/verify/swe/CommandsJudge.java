package dev.pacebench.runner.verify.swe;

import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.tasks.Judge;
import dev.pacebench.tasks.Patch;
import dev.pacebench.tasks.swe.Grade;
import dev.pacebench.tasks.swe.Grader;
import dev.pacebench.tasks.swe.PatchPaths;
import dev.pacebench.tasks.swe.SteeringFiles;
import dev.pacebench.tasks.swe.TestParser;
import dev.pacebench.tasks.swe.TestParsers;
import dev.pacebench.tasks.swe.TestReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges by the commands of our own format.
 *
 * <p>The change is applied to the untouched repository, files that steer the tests are taken back
 * to the base, the hidden tests are laid over, and what the command prints is parsed on the host.
 */
final class CommandsJudge {

  private static final long MAX_LIST = 16L << 20;

  private final JudgedSandbox place;
  private final Judge.Commands judge;

  CommandsJudge(JudgedSandbox place, Judge.Commands judge) {
    this.place = place;
    this.judge = judge;
  }

  ChangeResult judge(byte[] patch) throws InterruptedException, IOException {
    List<String> restored = List.of();
    Set<String> hidden = hidden();
    if (patch.length > 0) {
      String file = place.put(patch);
      CommandResult applied = place.script("apply-change", Map.of("PB_PATCH", file));
      if (!applied.succeeded()) {
        return ChangeResult.untested(
            false, "the change does not apply to the base: " + Scripts.said(applied), List.of());
      }
      restored = steering(hidden).among(list(file + ".touched"), list(file + ".added"));
    }
    steady(restored, hidden);
    layTests();
    handOver();
    for (String command : judge.before()) {
      TestRun run =
          TestRun.run(
              place.sandbox(),
              place.command(command, place.limit()),
              place.folder().resolve("before.txt"));
      if (run.result().end() != CommandResult.End.EXITED) {
        return ChangeResult.ended(run, command).withRestored(restored);
      }
      if (run.result().exitCode() != 0) {
        return ChangeResult.untested(
            true, "`" + command + "` ended with exit code " + run.result().exitCode(), restored);
      }
    }
    return tests().withRestored(restored);
  }

  /** What was put there as root belongs to whoever runs the tests. */
  private void handOver() throws InterruptedException {
    String owner = RepositoryPlace.owner(place.sandbox());
    if (!owner.startsWith("0:")) {
      place
          .sandbox()
          .run(
              place.command("chown -R " + owner + " .", JudgedSandbox.STEP_LIMIT).withUser("root"));
    }
  }

  private ChangeResult tests() throws InterruptedException, IOException {
    TestRun run = place.tests(judge.command(), "test-stdout.txt");
    if (run.result().end() != CommandResult.End.EXITED) {
      return ChangeResult.ended(run, "the tests");
    }
    int exitCode = run.result().exitCode();
    TestParser parser = TestParsers.named(judge.parser());
    TestReport report = parser.parse(run.output());
    Optional<String> doubt =
        run.tooLong()
            ? Optional.of("the tests printed more than " + (TestRun.MAX_BYTES >> 20) + " MB")
            : Grader.doubt(report, exitCode);
    Optional<Grade> grade =
        place
            .change()
            .tests()
            .map(lists -> Grader.grade(lists, parser, report, exitCode))
            .map(graded -> doubt.map(graded::rejected).orElse(graded));
    return new ChangeResult(
        true, report.tests(), grade, doubt.orElse(""), false, exitCode, List.of(), run.seconds());
  }

  private SteeringFiles steering(Set<String> hidden) throws IOException {
    Optional<Patch> reference = place.change().reference();
    Set<String> paths = reference.isPresent() ? PatchPaths.of(reference.get().bytes()) : Set.of();
    return new SteeringFiles(judge, hidden, paths);
  }

  /** Paths of the hidden tests in the repository. */
  private Set<String> hidden() throws IOException {
    if (judge.patch().isPresent()) {
      return PatchPaths.of(Files.readAllBytes(judge.patch().get()));
    }
    Path folder = judge.folder().orElseThrow();
    Set<String> paths = new TreeSet<>();
    try (var files = Files.walk(folder)) {
      files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .forEach(file -> paths.add(folder.relativize(file).toString()));
    }
    return paths;
  }

  private List<String> list(String file) throws IOException {
    Path copy = Files.createTempDirectory(place.scratch(), "list-");
    try {
      place.sandbox().get(file, copy, MAX_LIST);
      String text =
          Files.readString(
              copy.resolve(file.substring(file.lastIndexOf('/') + 1)), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\0")).filter(path -> !path.isEmpty()).toList();
    } finally {
      FileTrees.delete(copy);
    }
  }

  private void steady(Collection<String> restored, Set<String> hidden)
      throws InterruptedException, IOException {
    Set<String> ways = new LinkedHashSet<>();
    for (String test : hidden) {
      for (int slash = test.indexOf('/'); slash >= 0; slash = test.indexOf('/', slash + 1)) {
        ways.add(test.substring(0, slash));
      }
    }
    Path lists = Files.createTempDirectory(place.scratch(), "lists-");
    String target = Scripts.freshPath();
    try {
      Files.setPosixFilePermissions(lists, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.writeString(lists.resolve("ways"), String.join("\n", ways) + "\n");
      Files.writeString(lists.resolve("restore"), joined(restored));
      Files.writeString(
          lists.resolve("hidden"), joined(judge.folder().isPresent() ? hidden : List.of()));
      place.sandbox().put(lists, target, false);
    } finally {
      FileTrees.delete(lists);
    }
    CommandResult result = place.script("steady", Map.of("PB_LISTS", target));
    if (!result.succeeded()) {
      throw new SandboxException(
          Kind.FAILED,
          "the hidden tests could not be made room for: " + Scripts.said(result),
          "see whether the image has git, xargs and rm");
    }
  }

  private static String joined(Collection<String> paths) {
    return paths.isEmpty() ? "" : String.join("\0", paths) + "\0";
  }

  private void layTests() throws InterruptedException, IOException {
    if (judge.folder().isPresent()) {
      place.sandbox().put(judge.folder().get(), place.change().workdir(), false);
      return;
    }
    String file = place.put(Files.readAllBytes(judge.patch().orElseThrow()));
    CommandResult applied = place.script("apply-change", Map.of("PB_PATCH", file));
    if (!applied.succeeded()) {
      throw new SandboxException(
          Kind.BAD_REQUEST,
          "tests.patch does not apply to the base: " + Scripts.said(applied),
          "make it against the repository before the fix");
    }
  }
}
