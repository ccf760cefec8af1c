package dev.pacebench.leaderboard.table;

/**
 * A remark below a table.
 *
 * @param about what it is about, a word or two
 * @param text one sentence or several, without a full stop at the end
 * @param warns whether a reader who misses it would be misled
 */
record Note(String about, String text, boolean warns) {}
