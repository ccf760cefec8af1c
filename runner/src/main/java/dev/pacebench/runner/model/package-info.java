/** Speaks to a model through the gateway, in every protocol, for agents that run on the host. */
@NullMarked
package dev.pacebench.runner.model;

import org.jspecify.annotations.NullMarked;
