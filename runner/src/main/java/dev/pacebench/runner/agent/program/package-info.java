/**
 * Agents that are programs of others, run in the sandbox as their manifests say.
 *
 * <p>Their model calls go through the gateway by the sandbox's relay.
 */
@NullMarked
package dev.pacebench.runner.agent.program;

import org.jspecify.annotations.NullMarked;
