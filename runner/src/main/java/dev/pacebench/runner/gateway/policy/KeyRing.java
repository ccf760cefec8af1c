package dev.pacebench.runner.gateway.policy;

import dev.pacebench.runner.gateway.call.Protocol;
import java.util.List;
import java.util.Map;

/**
 * The headers that let a call in at a provider.
 *
 * <p>May read a file or run a program, so it is never called on a thread that forwards.
 */
public interface KeyRing {

  /** Headers to send, names in lower case; empty where a provider wants none. */
  Map<String, String> headers(Protocol protocol);

  /**
   * Reads the credential again because the provider refused it.
   *
   * @return whether it is another one now
   */
  boolean refresh();

  /** All secrets that were ever handed out, for redaction. */
  List<Key> secrets();
}
