package org.sysretreplay.analytics.cli;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.sysretreplay.analytics.Amount;
import org.sysretreplay.analytics.Amount.Unit;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.ingest.trace.Odometer;
import org.sysretreplay.ingest.trace.Printable;

/**
 * Draws a progress bar on standard error for each piece of work that takes longer than two seconds,
 * with its speed and the time left. The library that draws it is not loaded before that.
 */
final class ProgressBars implements Progress {

  /** How long work may take before its bar is shown. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int REFRESH_MILLIS = 200;

  private final Duration patience;
  private final UnaryOperator<ProgressBarBuilder> place;

  /** Refreshes all bars. */
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(ProgressBars::thread);

  ProgressBars() {
    this(PATIENCE, UnaryOperator.identity());
  }

  /**
   * @param patience how long work may take before its bar is shown
   * @param place sets where bars are drawn
   */
  ProgressBars(Duration patience, UnaryOperator<ProgressBarBuilder> place) {
    this.patience = patience;
    this.place = place;
  }

  /** Bars if standard error is a terminal, else no progress. */
  static Progress on(Terminal terminal) {
    return terminal.interactive() ? new ProgressBars() : Progress.NONE;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "progress");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Bar begin(String name, int items) {
    return begin(name, items, new Amount(Unit.PARTS, items));
  }

  @Override
  public Bar begin(String name, int items, Amount all) {
    LateBar bar = new LateBar(name, all, place);
    bar.future =
        clock.scheduleAtFixedRate(
            bar::look, patience.toMillis(), REFRESH_MILLIS, TimeUnit.MILLISECONDS);
    return bar;
  }

  /** The bar of one piece of work; drawn once the work has taken long enough. */
  private static final class LateBar implements Bar {

    private final UnaryOperator<ProgressBarBuilder> place;
    private final String name;
    private final Amount all;
    private final long begun = System.nanoTime();
    private final long before;
    private final AtomicLong done = new AtomicLong();
    private ScheduledFuture<?> future;
    private ProgressBar shown;
    private boolean closed;

    LateBar(String name, Amount all, UnaryOperator<ProgressBarBuilder> place) {
      this.place = place;
      this.name = name;
      this.all = all;
      before = soFar();
    }

    @Override
    public void step() {
      done.incrementAndGet();
    }

    @Override
    public void step(Amount amount) {
      done.addAndGet(all.unit() == Unit.PARTS ? 1 : amount.size());
    }

    /**
     * The work done so far: finished items, or what was read of unfinished ones if that is more.
     */
    private long current() {
      return Math.min(all.size(), Math.max(done.get(), soFar() - before));
    }

    private long soFar() {
      return switch (all.unit()) {
        case PARTS -> 0;
        case BYTES -> Odometer.BYTES_READ.soFar();
        case FRAMES -> Odometer.FRAMES_MADE.soFar();
      };
    }

    private synchronized void look() {
      if (closed) {
        return;
      }
      if (shown == null) {
        shown = draw();
      }
      shown.stepTo(current());
    }

    private ProgressBar draw() {
      boolean bytes = all.unit() == Unit.BYTES;
      return place
          .apply(new ProgressBarBuilder())
          .setTaskName(Printable.line(name))
          .setUnit(
              " " + (bytes ? "MB" : all.unit().name().toLowerCase(Locale.ROOT)),
              bytes ? 1_000_000 : 1)
          .setInitialMax(all.size())
          .startsFrom(current(), Duration.ofNanos(System.nanoTime() - begun))
          .showSpeed(new DecimalFormat("#,##0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
          .setUpdateIntervalMillis(REFRESH_MILLIS)
          .continuousUpdate()
          .clearDisplayOnFinish()
          .build();
    }

    @Override
    public synchronized void close() {
      closed = true;
      future.cancel(false);
      if (shown != null) {
        shown.close();
      }
    }
  }
}
