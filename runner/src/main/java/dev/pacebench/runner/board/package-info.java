/**
 * Makes the figures of tables and of the page from what the store holds.
 *
 * <p>Only reads, and knows neither commands nor servers.
 */
@NullMarked
package dev.pacebench.runner.board;

import org.jspecify.annotations.NullMarked;
