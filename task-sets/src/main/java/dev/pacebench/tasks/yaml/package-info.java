/** Reads YAML files that nobody vouches for; depends on the model, files and Jackson. */
@NullMarked
package dev.pacebench.tasks.yaml;

import org.jspecify.annotations.NullMarked;
