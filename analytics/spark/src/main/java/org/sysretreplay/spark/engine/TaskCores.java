package org.sysretreplay.spark.engine;

import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.sysretreplay.ingest.flow.GivenProcessors;

/** The cores that Spark gave a task: others of the machine belong to other tasks. */
public final class TaskCores {

  private TaskCores() {}

  /** Does work of a task with its {@code spark.task.cpus}; outside of a task, with one. */
  public static <T> T use(Supplier<T> work) {
    TaskContext task = TaskContext.get();
    return GivenProcessors.use(task == null ? 1 : task.cpus(), work);
  }
}
