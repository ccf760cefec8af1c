/** Writes boards as tables: text, Markdown, CSV, JSON, LaTeX. Rounds, and computes nothing. */
@NullMarked
package dev.pacebench.leaderboard.table;

import org.jspecify.annotations.NullMarked;
