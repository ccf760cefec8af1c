package dev.pacebench.runner.verify;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An artifact on the host.
 *
 * @param target where it goes inside a fresh sandbox: where it was in the agent's
 * @param content the file or folder on the host; absent when the agent's sandbox had none
 */
record CollectedArtifact(String target, Optional<Path> content) {}
