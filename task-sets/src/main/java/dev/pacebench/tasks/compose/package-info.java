/** Reads what a compose file says; depends on the model, files and YAML. */
@NullMarked
package dev.pacebench.tasks.compose;

import org.jspecify.annotations.NullMarked;
