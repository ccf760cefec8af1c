/**
 * Reads what a compose file says of the one container that a task works in; depends on the model,
 * files and YAML.
 */
@NullMarked
package dev.pacebench.tasks.compose;

import org.jspecify.annotations.NullMarked;
