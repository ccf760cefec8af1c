/**
 * Tests of the page in a real browser, built only with the profile {@code browser}: what cannot be
 * seen from Java, such as requests, focus, contrast and pixels.
 */
@NullMarked
package dev.pacebench.runner.browser;

import org.jspecify.annotations.NullMarked;
