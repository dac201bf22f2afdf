package org.sysretreplay.ingest;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.sysretreplay.ingest.assembly.SampleSink;

/**
 * What the readers of text share whose lines are samples: they are put into time order, and become
 * frames.
 */
public abstract class SampleTextReader extends TextTraceReader {

  /** Recorders print nearly in time order: as many lines as this are held back to be sorted. */
  private static final int WINDOW_LINES = 1 << 13;

  /** What a line holds: a sample and what it is, or a record that is no sample. */
  private record Line(Optional<Sample> sample, TraceRecord record) {}

  private final SampleInterpreter interpreter = new SampleInterpreter(this::header);
  private final SampleSink sink;
  private final TimeOrder<Line> order = new TimeOrder<>(WINDOW_LINES);
  private final Set<String> events = new HashSet<>();
  private SampleObserver observer = SampleObserver.NONE;
  private long timeNanos = Long.MIN_VALUE;

  /** Opens the text, decompressing it where it is packed. */
  protected SampleTextReader(Path path, Reading reading) {
    super(path);
    sink = SampleSink.of(reading, () -> events, this::give);
  }

  @Override
  public void observe(SampleObserver by) {
    observer = by;
  }

  /** Notes that the text says that an event of that name was recorded. */
  protected final void noteEvent(String name) {
    events.add(name);
  }

  /** Takes the sample of the current line. */
  protected final void take(Sample sample) {
    timeNanos = sample.timeNanos().orElse(timeNanos);
    add(new Line(Optional.of(sample), interpreter.interpret(sample, this::excerpt)));
  }

  /** A record that is no sample keeps its place behind the line before it. */
  @Override
  protected final void accept(TraceRecord record) {
    add(new Line(Optional.empty(), record));
  }

  private void add(Line line) {
    order.add(timeNanos, line);
    handOn();
  }

  private void handOn() {
    for (Line due = order.poll(); due != null; due = order.poll()) {
      TraceRecord record = due.record();
      due.sample().ifPresentOrElse(sample -> handOn(sample, record), () -> sink.pass(record));
    }
  }

  private void handOn(Sample sample, TraceRecord record) {
    observer.see(sample, record);
    sink.take(sample, record);
  }

  @Override
  protected final void finish() {
    order.end();
    handOn();
    sink.end();
  }
}
