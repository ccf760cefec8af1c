package dev.pacebench.runner.batch;

import jakarta.batch.api.partition.PartitionMapper;
import jakarta.batch.api.partition.PartitionPlan;
import jakarta.batch.api.partition.PartitionPlanImpl;
import java.util.Arrays;
import java.util.Properties;

/** Makes one partition of each worker slot. */
final class SlotMapper implements PartitionMapper {

  private final int slots;

  SlotMapper(int slots) {
    this.slots = slots;
  }

  @Override
  public PartitionPlan mapPartitions() {
    PartitionPlanImpl plan = new PartitionPlanImpl();
    plan.setPartitions(slots);
    plan.setThreads(slots);
    // JBeret asks for the properties of every partition, also when there are none.
    Properties[] none = new Properties[slots];
    Arrays.setAll(none, slot -> new Properties());
    plan.setPartitionProperties(none);
    return plan;
  }
}
