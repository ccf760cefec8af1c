/** What is known of one model call, for every protocol alike; pure data. */
@NullMarked
package dev.pacebench.runner.gateway.call;

import org.jspecify.annotations.NullMarked;
