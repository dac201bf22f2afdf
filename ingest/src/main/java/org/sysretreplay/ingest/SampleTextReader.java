package org.sysretreplay.ingest;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
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

  private final SampleInterpreter interpreter = new SampleInterpreter(this::header);
  private final SampleSink sink;
  private final TimeOrder<TextEntry> order = new TimeOrder<>(WINDOW_LINES);
  private SampleObserver observer = SampleObserver.NONE;

  /** The start of the line of the sample that is interpreted. */
  private String excerpt;

  private final Supplier<String> excerptOf = () -> excerpt;

  /** Opens the text, decompressing it where it is packed. */
  protected SampleTextReader(Path path, Reading reading, Function<String, LineParser> parsers) {
    super(path, parsers);
    sink = SampleSink.of(reading, () -> facts().events(), this::give);
  }

  @Override
  public void observe(SampleObserver by) {
    observer = by;
  }

  @Override
  final void accept(TimedEntries<TextEntry> read) {
    order.addAll(read, this::acceptUntimed);
    handOn();
  }

  private void acceptUntimed(TextEntry entry) {
    if (entry instanceof TextEntry.Remark remark) {
      remark.addTo().accept(facts());
    } else {
      order.addBehindLast(entry);
    }
  }

  private void handOn() {
    for (TextEntry entry = order.poll(); entry != null; entry = order.poll()) {
      if (entry instanceof TextEntry.Sampled sample) {
        interpret(sample);
      } else if (entry instanceof TextEntry.Whole whole) {
        sink.pass(whole.record());
      }
    }
  }

  private void interpret(TextEntry.Sampled entry) {
    excerpt = entry.excerpt();
    TraceRecord record = interpreter.interpret(entry.sample(), excerptOf);
    observer.see(entry.sample(), record);
    sink.take(entry.sample(), record);
  }

  @Override
  protected final void finish() {
    order.end();
    handOn();
    sink.end();
  }
}
