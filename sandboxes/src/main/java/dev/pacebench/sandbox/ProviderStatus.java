package dev.pacebench.sandbox;

import java.util.List;

/**
 * What a provider can do here.
 *
 * @param provider docker or local
 * @param engine its version, for people
 * @param seesHostFiles whether folders of this host can be given to it (false: remote engines)
 * @param limitsEnforced whether cpu, memory and process limits hold
 * @param capabilities left to root inside, sorted
 * @param notIsolated what it does not isolate, a sentence each
 * @param notes anything else worth a line in {@code doctor}
 */
public record ProviderStatus(
    String provider,
    String engine,
    boolean seesHostFiles,
    boolean limitsEnforced,
    List<String> capabilities,
    List<String> notIsolated,
    List<String> notes) {}
