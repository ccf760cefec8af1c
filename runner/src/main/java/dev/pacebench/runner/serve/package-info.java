/**
 * Shows the page and the pages of trials over HTTP, live while runs go on.
 *
 * <p>Only reads: nothing that comes over the network changes anything.
 */
@NullMarked
package dev.pacebench.runner.serve;

import org.jspecify.annotations.NullMarked;
