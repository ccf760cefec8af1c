package dev.pacebench.runner.batch;

import dev.pacebench.runner.plan.PlannedTrial;

/** A trial that a slot took up. */
record Claim(int slot, PlannedTrial trial) {}
