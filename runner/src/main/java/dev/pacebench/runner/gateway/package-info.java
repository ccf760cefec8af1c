/**
 * The one door between any agent and any model: it forwards, measures, keeps the keys, and can
 * stand in for models.
 */
@NullMarked
package dev.pacebench.runner.gateway;

import org.jspecify.annotations.NullMarked;
