package org.sysretreplay.spark.engine;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.sysretreplay.analytics.Progress;

/** Advances a bar once for every finished task, however often the task was tried. */
final class TaskProgress implements AutoCloseable {

  /** Identifies a task within its stage, also if it is tried again or on two executors. */
  private record Task(int stage, int number) {}

  private final JavaSparkContext context;
  private final Progress.Bar bar;
  private final SparkListener listener;
  private final Set<Task> done = new HashSet<>();
  private int steps;

  private TaskProgress(JavaSparkContext context, Progress.Bar bar) {
    this.context = context;
    this.bar = bar;
    listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            if (end.taskInfo().successful()) {
              step(new Task(end.stageId(), end.taskInfo().index()));
            }
          }
        };
  }

  static TaskProgress follow(JavaSparkContext context, Progress.Bar bar) {
    TaskProgress progress = new TaskProgress(context, bar);
    try {
      context.sc().addSparkListener(progress.listener);
    } catch (IllegalStateException e) {
      // The application was stopped; whoever gives it work will be told.
    }
    return progress;
  }

  private synchronized void step(Task task) {
    // Events of tasks that {@link #complete} has counted already may arrive late.
    if (done.add(task) && done.size() > steps) {
      steps++;
      bar.step();
    }
  }

  /** Advances the bar to this many tasks, since Spark notifies listeners with a delay. */
  synchronized void complete(int tasks) {
    while (steps < tasks) {
      steps++;
      bar.step();
    }
  }

  @Override
  public void close() {
    context.sc().removeSparkListener(listener);
    bar.close();
  }
}
