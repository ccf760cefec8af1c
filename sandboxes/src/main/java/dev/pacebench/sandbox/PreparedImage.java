package dev.pacebench.sandbox;

import java.util.Map;
import java.util.Optional;

/**
 * An image that is ready to open sandboxes from.
 *
 * @param id resolved image id; for the local provider a digest of what stands in for the image
 * @param reference how the provider finds it again
 * @param workdir the image's working directory
 * @param env the image's environment
 * @param user the image's user; empty for root
 * @param source what it was prepared from
 * @param built whether this call built or pulled it, rather than finding it
 */
public record PreparedImage(
    String id,
    String reference,
    Optional<String> workdir,
    Map<String, String> env,
    Optional<String> user,
    ImageSource source,
    boolean built) {}
