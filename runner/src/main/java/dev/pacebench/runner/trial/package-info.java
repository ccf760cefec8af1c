/**
 * One try of one trial: sandbox, agent phase, deadline, verification, timeline.
 *
 * <p>Depends on agent, verify, evidence, plan, lineup and home.
 */
@NullMarked
package dev.pacebench.runner.trial;

import org.jspecify.annotations.NullMarked;
