package dev.pacebench.sandbox;

/** What a sandbox may reach in one phase. */
public enum NetworkMode {
  /** Its own loopback, on which the relay's port may be. */
  RELAY_ONLY,
  /** Whatever the host reaches. */
  PUBLIC
}
