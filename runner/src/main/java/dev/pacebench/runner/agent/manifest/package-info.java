/**
 * What is known of an agent's command-line program: how it comes, is started and is understood.
 *
 * <p>Data from YAML files; depends on lineup and gateway.call alone.
 */
@NullMarked
package dev.pacebench.runner.agent.manifest;

import org.jspecify.annotations.NullMarked;
