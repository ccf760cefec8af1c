/**
 * Runs commands somewhere harmless: the {@code Sandbox} interface and what both providers share.
 *
 * <p>Knows nothing of tasks, models or results. {@code docker} and {@code local} implement it and
 * do not know each other; nothing of docker-java appears in a signature outside {@code docker}.
 */
@NullMarked
package dev.pacebench.sandbox;

import org.jspecify.annotations.NullMarked;
