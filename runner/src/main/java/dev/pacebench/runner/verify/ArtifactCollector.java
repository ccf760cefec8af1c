package dev.pacebench.runner.verify;

import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.tasks.Artifact;
import dev.pacebench.tasks.Verifier;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries declared artifacts from the agent's sandbox to a fresh one, by way of the evidence.
 *
 * <p>Where a task declares none, its whole working directory is the artifact. What the agent
 * removed is removed in the fresh sandbox too.
 */
final class ArtifactCollector {

  private static final long MAX_BYTES = 512L << 20;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private ArtifactCollector() {}

  static List<CollectedArtifact> collect(VerificationJob job)
      throws InterruptedException, IOException {
    for (Verifier.Collect collect : job.task().verifier().collect()) {
      Command command = Command.of(collect.command(), collect.timeout()).withWorkdir(job.workdir());
      // A collect command that fails leaves its artifact out; the verifier then says so.
      job.agentSandbox().run(collect.user().map(command::withUser).orElse(command));
    }
    List<Artifact> declared = job.task().artifacts();
    if (declared.isEmpty()) {
      declared = List.of(new Artifact(job.workdir(), Optional.of("workdir"), List.of()));
    }
    List<CollectedArtifact> collected = new ArrayList<>();
    for (Artifact artifact : declared) {
      collected.add(collectOne(job, artifact));
    }
    return collected;
  }

  private static CollectedArtifact collectOne(VerificationJob job, Artifact artifact)
      throws InterruptedException, IOException {
    String source = absolute(artifact.source(), job.workdir());
    String baseName = source.substring(source.lastIndexOf('/') + 1);
    Path folder =
        job.folder()
            .resolve("artifacts")
            .resolve(artifact.destination().orElse(baseName))
            .normalize();
    if (!folder.startsWith(job.folder().resolve("artifacts"))) {
      throw new IllegalArgumentException("artifact destination climbs out: " + artifact);
    }
    boolean directory =
        job.agentSandbox().run(Command.of("test -d " + quoted(source), LIMIT)).exitCode() == 0;
    Files.createDirectories(folder);
    try {
      if (!job.agentSandbox().get(source, folder, MAX_BYTES)) {
        FileTrees.delete(folder);
        return new CollectedArtifact(source, Optional.empty());
      }
    } catch (SandboxException e) {
      if (e.kind() != SandboxException.Kind.BAD_REQUEST) {
        throw e;
      }
      FileTrees.delete(folder);
      return new CollectedArtifact(source, Optional.empty());
    }
    exclude(folder, artifact.exclude());
    if (directory) {
      return new CollectedArtifact(source, Optional.of(folder));
    }
    Path file = folder.resolve(baseName);
    return new CollectedArtifact(
        source,
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            ? Optional.of(file)
            : Optional.empty());
  }

  static void deliver(List<CollectedArtifact> artifacts, Sandbox fresh)
      throws InterruptedException {
    for (CollectedArtifact artifact : artifacts) {
      String target = quoted(artifact.target());
      // A mount point or working directory cannot itself be removed, its content can.
      CommandResult removed =
          fresh.run(
              Command.of(
                      "if [ -d "
                          + target
                          + " ] && [ ! -L "
                          + target
                          + " ]; then find "
                          + target
                          + " -mindepth 1 -delete; else rm -f "
                          + target
                          + "; fi",
                      LIMIT)
                  .withUser("root"));
      if (!removed.succeeded()) {
        throw new SandboxException(
            SandboxException.Kind.FAILED,
            "cannot clear " + artifact.target() + " in the verifier's sandbox",
            "see whether the verifier's image has find and rm");
      }
      artifact.content().ifPresent(content -> fresh.put(content, artifact.target(), false));
    }
  }

  private static void exclude(Path folder, List<String> patterns) throws IOException {
    for (String pattern : patterns) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      List<Path> matching;
      try (var files = Files.walk(folder)) {
        matching =
            files
                .filter(f -> !f.equals(folder))
                .filter(
                    f -> matcher.matches(folder.relativize(f)) || matcher.matches(f.getFileName()))
                .toList();
      }
      for (Path path : matching) {
        FileTrees.delete(path);
      }
    }
  }

  private static String absolute(String source, String workdir) {
    String path = source.startsWith("/") ? source : workdir + "/" + source;
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String quoted(String path) {
    return "'" + path.replace("'", "'\\''") + "'";
  }
}
