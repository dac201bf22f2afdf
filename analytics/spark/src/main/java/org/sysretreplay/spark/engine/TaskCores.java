package org.sysretreplay.spark.engine;

import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.sysretreplay.ingest.flow.GivenProcessors;

/**
 * Limits the work of a task to the cores that Spark gave it, since the machine's other cores belong
 * to other tasks.
 */
public final class TaskCores {

  private TaskCores() {}

  /**
   * Does the work with as many cores as {@code spark.task.cpus} says; outside of a task, with one.
   */
  public static <T> T use(Supplier<T> work) {
    TaskContext task = TaskContext.get();
    return GivenProcessors.use(task == null ? 1 : task.cpus(), work);
  }
}
