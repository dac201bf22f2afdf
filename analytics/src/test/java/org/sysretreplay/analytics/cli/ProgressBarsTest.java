package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.Amount;
import org.sysretreplay.analytics.Amount.Unit;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Odometer;
import org.sysretreplay.ingest.trace.Reading;

/** Progress on standard error while work goes on. */
class ProgressBarsTest {

  private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();

  private static final int WIDTH = 120;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private Progress bars(Duration patience) {
    PrintStream to = new PrintStream(shown, true, StandardCharsets.UTF_8);
    return new ProgressBars(
        patience, it -> it.setConsumer(new ConsoleProgressBarConsumer(to, WIDTH)));
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  private void awaitShown(String pattern) throws InterruptedException {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!shown().matches("(?s).*" + pattern + ".*")) {
      assertThat(System.nanoTime()).as("%s in %s", pattern, shown()).isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void workThatEndsSoonShowsNothing() throws InterruptedException {
    Progress bars = bars(Duration.ofMillis(300));
    try (Progress.Bar bar = bars.begin("report", 3)) {
      bar.step();
    }
    Thread.sleep(600);
    assertThat(shown()).isEmpty();
  }

  @Test
  void workThatTakesLongerShowsHowFarAndHowFastItIsAndGoesWithIt() throws InterruptedException {
    Progress bars = bars(Duration.ZERO);
    try (Progress.Bar bar = bars.begin("ingest", 2, Amount.bytes(200_000_000))) {
      awaitShown("ingest .* 0/200 MB");
      bar.step(Amount.bytes(50_000_000));
      awaitShown("ingest +25% .* 50/200 MB \\(0:00:0\\d / [\\d:]+\\) [\\d,.]+ MB/s");
    }
    String before = shown();
    assertThat(before.substring(before.lastIndexOf("MB/s") + 4)).isBlank();
    Thread.sleep(500);
    assertThat(shown()).as("after the end").isEqualTo(before);
  }

  @Test
  void framesAndPartsHaveTheirNames() throws InterruptedException {
    Progress bars = bars(Duration.ZERO);
    try (Progress.Bar bar = bars.begin("verify", 1, Amount.frames(4000))) {
      bar.step(Amount.frames(1000));
      awaitShown("verify +25% .* 1000/4000 frames .* frames/s");
    }
    try (Progress.Bar bar = bars.begin("other", 8)) {
      bar.step(new Amount(Unit.PARTS, 1));
      bar.step();
      awaitShown("other +25% .* 2/8 parts .* parts/s");
    }
  }

  /**
   * A file moves its bar while it is read, whatever its format, and about as far as it is large.
   */
  @Test
  void whatIsReadOfAFileIsAboutItsSize() throws IOException {
    for (TraceInput trace : SampleTraces.recordingsAndOldKernels()) {
      long before = Odometer.BYTES_READ.soFar();
      try (CountingReader reader = trace.open(Reading.ASSEMBLED)) {
        while (reader.hasNext()) {
          reader.next();
        }
      }
      assertThat(Odometer.BYTES_READ.soFar() - before)
          .as(trace.file())
          .isBetween(trace.bytes() / 2, trace.bytes() * 3 / 2);
    }
  }
}
