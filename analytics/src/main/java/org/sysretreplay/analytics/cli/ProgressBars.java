package org.sysretreplay.analytics.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.ingest.trace.Printable;

/** A bar on standard error for each piece of work. */
final class ProgressBars implements Progress {

  private static final int REFRESH_MILLIS = 200;

  @Override
  public Bar begin(String name, int items) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(Printable.line(name))
            .setUnit(" parts", 1)
            .setInitialMax(items)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .clearDisplayOnFinish()
            .build();
    return new Bar() {
      @Override
      public void step() {
        bar.step();
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }
}
