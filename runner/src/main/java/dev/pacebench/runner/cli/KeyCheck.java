package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.gateway.policy.CredentialKeyRing;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Credential;
import dev.pacebench.runner.lineup.Credential.Source;
import dev.pacebench.runner.lineup.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks whether the keys of a provider are where its lineup says.
 *
 * <p>They are read as a run would read them; findings name the place and never what was found.
 */
final class KeyCheck {

  /** A run reads a key again when it is refused, and trials wait for that. */
  private static final Duration SLOW = Duration.ofSeconds(10);

  private static final String CHECK = "key";

  private final Map<String, String> environment;

  KeyCheck(Map<String, String> environment) {
    this.environment = environment;
  }

  List<Finding> examine(Provider provider) {
    List<Finding> findings = new ArrayList<>();
    provider.credential().ifPresent(found -> findings.addAll(one(provider, "", found)));
    provider
        .secretHeaders()
        .forEach((name, found) -> findings.addAll(one(provider, ", header " + name + ": ", found)));
    return findings;
  }

  private List<Finding> one(Provider provider, String part, Credential credential) {
    Provider alone =
        new Provider(
            provider.name(),
            provider.protocol(),
            provider.baseUrl(),
            Optional.of(credential),
            Map.of(),
            Map.of());
    String what = "provider " + provider.name() + part + (part.isEmpty() ? ": " : "");
    long start = Ticker.SYSTEM.nanos();
    try {
      new CredentialKeyRing(alone, environment, Ticker.SYSTEM).check();
    } catch (UserError e) {
      return List.of(
          Finding.fail(CHECK, part.replaceFirst("^, ", "") + e.getMessage(), e.remedy()));
    }
    Duration took = Duration.ofNanos(Ticker.SYSTEM.nanos() - start);
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok(CHECK, what + "found in " + credential.place()));
    if (took.compareTo(SLOW) > 0) {
      findings.add(
          Finding.warn(
              CHECK,
              what + credential.place() + " takes " + took.toSeconds() + " s to print it",
              "let it print a key that it keeps; trials wait for it when a key is refused"));
    }
    if (credential.source() == Source.FILE && othersMayRead(credential.value().get(0))) {
      findings.add(
          Finding.warn(
              CHECK,
              what + credential.place() + " can be read by everybody on this machine",
              "chmod 600 it"));
    }
    return findings;
  }

  private boolean othersMayRead(String written) {
    try {
      Path path =
          written.startsWith("~/")
              ? Path.of(
                  environment.getOrDefault("HOME", System.getProperty("user.home", ".")),
                  written.substring(2))
              : Path.of(written);
      return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
      return false;
    }
  }
}
