package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxProvider;
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
    return name.equals(DOCKER) ? docker(settings) : local(settings);
  }

  /**
   * A provider that works here.
   *
   * @throws SandboxException with a remedy that names the other way, which is never taken silently
   */
  static SandboxProvider makeWorking(
      String name, Home home, Owner owner, Installation installation) {
    SandboxProvider provider = make(name, home, owner, installation);
    try {
      provider.status();
      return provider;
    } catch (SandboxException e) {
      provider.close();
      if (name.equals(DOCKER) && e.kind() == SandboxException.Kind.UNAVAILABLE) {
        throw new SandboxException(
            e.kind(),
            String.valueOf(e.getMessage()),
            e.remedy()
                + "; or choose `--sandbox local`, which isolates less and takes portable tasks only",
            e);
      }
      throw e;
    } catch (RuntimeException e) {
      provider.close();
      throw e;
    }
  }

  private static SandboxProvider docker(ProviderSettings settings) {
    return byName("dev.pacebench.sandbox.docker.DockerSandboxProvider", settings);
  }

  private static SandboxProvider local(ProviderSettings settings) {
    return new LocalSandboxProvider(settings);
  }

  private static SandboxProvider byName(String type, ProviderSettings settings) {
    try {
      return (SandboxProvider)
          Class.forName(type).getConstructor(ProviderSettings.class).newInstance(settings);
    } catch (java.lang.reflect.InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(type, e);
    } catch (ReflectiveOperationException e) {
      throw new SandboxException(
          SandboxException.Kind.UNAVAILABLE, "this build has no " + type, "use another sandbox");
    }
  }
}
