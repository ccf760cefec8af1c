package dev.pacebench.tasks.digest;

import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.files.TaskTree;
import java.util.function.Supplier;

/** Remembers the digests of task folders, so that unchanged ones need not be read again. */
public interface DigestMemory {

  /** Remembers nothing. */
  DigestMemory NONE = (by, tree, compute) -> compute.get();

  /**
   * The digests of a folder, computed only when anything about it differs from what is remembered.
   *
   * @param by the format that computes, and the version of its rules
   * @param tree the folder, free of errors; nothing outside it may matter to the digests
   * @param compute reads the files
   */
  TaskDigests digests(String by, TaskTree tree, Supplier<TaskDigests> compute);

  /** Keeps what is remembered for the next process. */
  default void save() {}
}
