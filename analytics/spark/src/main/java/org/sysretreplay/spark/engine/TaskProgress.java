package org.sysretreplay.spark.engine;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.sysretreplay.analytics.Progress;

/** Steps a bar with every task that is done, however often it was tried. */
final class TaskProgress implements AutoCloseable {

  /** A task that is tried again, or by two executors, is the same of its stage. */
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
      // The application was stopped: whoever gives it work is told so.
    }
    return progress;
  }

  private synchronized void step(Task task) {
    // Steps that were told of already may still be under way to the listener.
    if (done.add(task) && done.size() > steps) {
      steps++;
      bar.step();
    }
  }

  /** So many tasks are done in all: Spark tells its listeners some time later. */
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
