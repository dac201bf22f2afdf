package org.sysretreplay.ingest;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.sysretreplay.ingest.TextChunk.Line;
import org.sysretreplay.ingest.assembly.SampleSink;

/**
 * What the readers of text share whose lines are samples: they are put into time order, and become
 * frames.
 */
public abstract class SampleTextReader extends TextTraceReader {

  /**
   * Recorders print nearly in time order: as many lines as this are held back to be sorted, and the
   * newer half of them always, as of perf.data.
   */
  private static final int WINDOW_LINES = 2 * TimeOrder.KEPT;

  private final SampleInterpreter interpreter = new SampleInterpreter(this::headerRead);
  private final Supplier<String> excerpt = this::excerpt;
  private final SampleSink sink;
  private final TimeOrder<Line> order = new TimeOrder<>(WINDOW_LINES);
  private SampleObserver observer = SampleObserver.NONE;
  private long timeNanos = Long.MIN_VALUE;

  /** Opens the text, decompressing it where it is packed. */
  protected SampleTextReader(Path path, Reading reading) {
    super(path);
    sink = SampleSink.of(reading, this::events, this::give);
  }

  @Override
  public void observe(SampleObserver by) {
    observer = by;
  }

  /** Takes the sample of the current line. */
  protected final void take(Sample sample) {
    timeNanos = sample.timeNanos().orElse(timeNanos);
    add(new Line(sample, interpreter.interpret(sample, excerpt)));
  }

  /** A record that is no sample keeps its place behind the line before it. */
  @Override
  final void accept(TraceRecord record) {
    add(new Line(null, record));
  }

  private void add(Line line) {
    order.add(timeNanos, line);
    takeDue();
  }

  private void takeDue() {
    for (Line line = order.poll(); line != null; line = order.poll()) {
      due(line);
    }
  }

  @Override
  final void endLines() {
    order.end();
    takeDue();
  }

  @Override
  final void handOn(Line line) {
    if (line.sample() == null) {
      sink.pass(line.record());
    } else {
      observer.see(line.sample(), line.record());
      sink.take(line.sample(), line.record());
    }
  }

  @Override
  protected final void finish() {
    sink.end();
  }
}
