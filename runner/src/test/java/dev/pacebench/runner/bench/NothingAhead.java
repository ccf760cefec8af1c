package dev.pacebench.runner.bench;

import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.ProviderStatus;
import dev.pacebench.sandbox.Refusal;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.SandboxSpec;
import java.util.List;
import java.util.Optional;

/** A provider that prepares nothing for a next trial, so that one trial can be timed alone. */
record NothingAhead(SandboxProvider provider) implements SandboxProvider {

  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public ProviderStatus status() {
    return provider.status();
  }

  @Override
  public Optional<Refusal> check(ImageSource source) {
    return provider.check(source);
  }

  @Override
  public PreparedImage prepare(ImageSource source) {
    return provider.prepare(source);
  }

  @Override
  public void prepareNext() {
    // The benchmark prepares before the clock starts.
  }

  @Override
  public Sandbox open(SandboxSpec spec) {
    return provider.open(spec);
  }

  @Override
  public List<String> reap() {
    return provider.reap();
  }

  @Override
  public void close() {
    provider.close();
  }
}
