package org.sysretreplay.spark.engine;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.sysretreplay.analytics.Progress;

/** Steps a bar with every task that ends. */
final class TaskProgress implements AutoCloseable {

  private final JavaSparkContext context;
  private final Progress.Bar bar;
  private final SparkListener listener;

  private TaskProgress(JavaSparkContext context, Progress.Bar bar) {
    this.context = context;
    this.bar = bar;
    listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            bar.step();
          }
        };
  }

  static TaskProgress follow(JavaSparkContext context, Progress.Bar bar) {
    TaskProgress progress = new TaskProgress(context, bar);
    context.sc().addSparkListener(progress.listener);
    return progress;
  }

  /** What the work gives. */
  <T> T during(Supplier<T> work) {
    return work.get();
  }

  @Override
  public void close() {
    context.sc().removeSparkListener(listener);
    bar.close();
  }
}
