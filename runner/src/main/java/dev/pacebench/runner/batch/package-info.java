/**
 * The Jakarta Batch job that runs a plan to its end, restartably.
 *
 * <p>Depends on trial, timeline, store, evidence, plan, lineup and home.
 *
 * <p>The trial table is the truth, so JBeret keeps its own executions in memory: a second record of
 * what is done could only disagree with the first. JBeret's command-line environment is not used;
 * {@code EvaluationEnvironment} hands each artifact what it works with through its constructor,
 * which leaves out a CDI container, saves its start-up time, and lets two evaluations live in one
 * process.
 */
@NullMarked
package dev.pacebench.runner.batch;

import org.jspecify.annotations.NullMarked;
