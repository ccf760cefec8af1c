package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.docker.DockerSandboxProvider;
import dev.pacebench.sandbox.local.LocalSandboxProvider;
import java.util.List;

/** Makes sandbox providers by name. */
final class Providers {

  static final String DOCKER = "docker";
  static final String LOCAL = "local";
  static final List<String> NAMES = List.of(DOCKER, LOCAL);

  private Providers() {}

  static void checkName(String name) {
    if (!NAMES.contains(name)) {
      throw new UserError(
          "--sandbox " + name, "there is no such sandbox", Nearest.hint(name, NAMES));
    }
  }

  static SandboxProvider make(String name, Home home, Owner owner, Installation installation) {
    ProviderSettings settings =
        new ProviderSettings(
            owner, home.scratch(), installation.images(), ProviderSettings.DEFAULT_DROPPED);
    return name.equals(DOCKER)
        ? new DockerSandboxProvider(settings)
        : new LocalSandboxProvider(settings);
  }

  /**
   * A provider that works here.
   *
   * @throws SandboxException with a remedy that names the other way, which is never taken silently
   */
  static SandboxProvider makeWorking(
      String name, Home home, Owner owner, Installation installation) {
    try {
      SandboxProvider provider = make(name, home, owner, installation);
      try {
        provider.status();
        return provider;
      } catch (RuntimeException e) {
        provider.close();
        throw e;
      }
    } catch (SandboxException e) {
      if (name.equals(DOCKER) && e.kind() == SandboxException.Kind.UNAVAILABLE) {
        throw new SandboxException(
            e.kind(), String.valueOf(e.getMessage()), withOtherWay(e.remedy()), e);
      }
      throw e;
    }
  }

  private static String withOtherWay(String remedy) {
    return remedy.contains("--sandbox local") ? remedy : remedy + ", or use --sandbox local";
  }
}
