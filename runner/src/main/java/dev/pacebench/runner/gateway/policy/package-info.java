/** Keys, limits, retries, rewriting and prices: what the gateway does besides forwarding. */
@NullMarked
package dev.pacebench.runner.gateway.policy;

import org.jspecify.annotations.NullMarked;
