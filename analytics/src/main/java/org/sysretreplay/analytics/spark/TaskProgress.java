package org.sysretreplay.analytics.spark;

import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** A bar on standard error that follows Spark's tasks. */
final class TaskProgress {

  private static final int REFRESH_MILLIS = 200;

  private TaskProgress() {}

  /** What the work gives, with a bar of that name while it runs. */
  static <T> T during(SparkSession session, String name, Supplier<T> work) {
    Listener listener = new Listener(name);
    session.sparkContext().addSparkListener(listener);
    try {
      return work.get();
    } finally {
      session.sparkContext().removeSparkListener(listener);
      listener.bar.close();
    }
  }

  private static final class Listener extends SparkListener {

    private final ProgressBar bar;

    Listener(String name) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setUnit(" tasks", 1)
              .setInitialMax(0)
              .setUpdateIntervalMillis(REFRESH_MILLIS)
              .clearDisplayOnFinish()
              .build();
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
      bar.maxHint(bar.getMax() + submitted.stageInfo().numTasks());
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      bar.step();
    }
  }
}
