package org.sysretreplay.ingest.assembly;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.trace.TraceRecord;

/**
 * A sink of a trace that tells on the way what it is: which one it is, is chosen with the first
 * sample. What comes before is handed on at once.
 */
final class ChosenSink implements SampleSink {

  private final Supplier<SampleSink> choice;
  private final Consumer<TraceRecord> to;

  /** What was chosen; null before the first sample. */
  private SampleSink chosen;

  ChosenSink(Supplier<SampleSink> choice, Consumer<TraceRecord> to) {
    this.choice = choice;
    this.to = to;
  }

  @Override
  public void take(Sample sample, TraceRecord record) {
    if (chosen == null) {
      chosen = choice.get();
    }
    chosen.take(sample, record);
  }

  @Override
  public Stage likelyStage() {
    return chosen == null ? Stage.EARLY : chosen.likelyStage();
  }

  @Override
  public void pass(TraceRecord record) {
    if (chosen == null) {
      to.accept(record);
    } else {
      chosen.pass(record);
    }
  }

  @Override
  public void end() {
    if (chosen != null) {
      chosen.end();
    }
  }
}
