/** Any program as an agent: in the sandbox, or on the host with a way into the sandbox. */
@NullMarked
package dev.pacebench.runner.agent.command;

import org.jspecify.annotations.NullMarked;
