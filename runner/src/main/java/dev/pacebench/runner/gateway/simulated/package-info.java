/** Stands in for a model server: stated speeds, scripted work, made-up faults. */
@NullMarked
package dev.pacebench.runner.gateway.simulated;

import org.jspecify.annotations.NullMarked;
