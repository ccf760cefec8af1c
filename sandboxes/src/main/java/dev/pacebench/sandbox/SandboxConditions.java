package dev.pacebench.sandbox;

import java.util.List;
import java.util.Map;

/**
 * What surrounded a sandbox's commands.
 *
 * @param provider docker or local
 * @param engine its version, for people
 * @param imageId resolved image id
 * @param limits in force
 * @param capabilities left to root inside, sorted
 * @param noNewPrivileges whether setuid programs lose their power
 * @param dispatcher how commands are run: {@code dispatcher} or {@code exec}
 * @param notIsolated what this kind of sandbox does not isolate, a sentence each
 * @param details whatever else could change time or result
 */
public record SandboxConditions(
    String provider,
    String engine,
    String imageId,
    Limits limits,
    List<String> capabilities,
    boolean noNewPrivileges,
    String dispatcher,
    List<String> notIsolated,
    Map<String, String> details) {}
