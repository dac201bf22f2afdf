package org.sysretreplay.ingest.text;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.ingest.assembly.SampleSink;
import org.sysretreplay.ingest.flow.TimeOrder;
import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.SampleInterpreter;
import org.sysretreplay.ingest.sample.SampleObserver;
import org.sysretreplay.ingest.sample.SampledReader;
import org.sysretreplay.ingest.sample.UserRegisters;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * The base of readers of texts whose records are samples. The samples are put into time order and
 * become frames.
 */
public abstract class SampleTextReader extends TextTraceReader implements SampledReader {

  /**
   * Recorders print nearly in time order, so that only so many lines are held back for sorting. As
   * with perf.data, the newer half of them always stays held back.
   */
  private static final int WINDOW_LINES = 2 * TimeOrder.KEPT;

  /** The excerpt of a sample that is surely no reject; nobody asks for it. */
  private static final Supplier<String> SURE = () -> "";

  private static final String CUT_OFF =
      "the text ends before the registers of this sample, whose call stack is of user code";

  /** The number of the idle thread of every processor. */
  private static final OptionalLong IDLE = OptionalLong.of(0);

  private final SampleInterpreter interpreter = new SampleInterpreter(() -> facts().headerOfPart());
  private final SampleSink sink;
  private final TimeOrder<TextEntry> order = new TimeOrder<>(WINDOW_LINES);
  private final ClockCheck clock = new ClockCheck(source());
  private SampleObserver observer = SampleObserver.NONE;

  /** Opens the text, decompressing it where it is packed. */
  protected SampleTextReader(
      NamedFile file, Reading reading, Function<String, LineParser> parsers) {
    this(file, reading, parsers, LineBlocks.BLOCK_BYTES, LEAST_BYTES_AHEAD);
  }

  /** Opens the text, to be read in blocks of that size. */
  SampleTextReader(
      NamedFile file,
      Reading reading,
      Function<String, LineParser> parsers,
      int blockBytes,
      long leastBytesAhead) {
    super(file, parsers, blockBytes, leastBytesAhead, TextPart.ALL);
    sink = SampleSink.of(reading, () -> facts().events(), () -> header().sampling(), this::give);
  }

  @Override
  public void observe(SampleObserver by) {
    observer = by;
  }

  @Override
  final void accept(TimedEntries<TextEntry> read) {
    for (int i = 0; clock.isOpen() && i < read.size(); i++) {
      check(read.entry(i));
    }
    order.addAll(read, this::acceptUntimed);
    handOn();
  }

  private void check(TextEntry entry) {
    if (entry instanceof TextEntry.Sampled sampled) {
      clock.see(sampled.sample());
    } else if (entry instanceof TextEntry.Doubtful doubtful) {
      clock.see(doubtful.sample());
    }
  }

  private void acceptUntimed(TextEntry entry) {
    if (entry instanceof TextEntry.Remark remark) {
      remark.addTo().accept(facts());
    } else if (entry instanceof TextEntry.Doubtful doubtful) {
      Sample sample = doubtful.sample();
      add(sample, new TextEntry.Interpreted(sample, recordOf(doubtful)));
    } else {
      order.addBehindLast(entry);
    }
  }

  private TraceRecord recordOf(TextEntry.Doubtful doubtful) {
    Sample sample = doubtful.sample();
    if (!isOfKernelThread(sample)) {
      return interpreter.interpret(sample, doubtful::excerpt);
    }
    return doubtful.cutOff() && facts().haveRegisters()
        ? new Rejected(
            new Reject(sample.place(), RejectReason.LINE_CUT_OFF, CUT_OFF, doubtful.excerpt()))
        : Ignored.IGNORED;
  }

  /**
   * Whether an interrupt lacks user registers because it hit a kernel thread, which has none. If
   * other samples have registers, they were recorded and printed, so that a sample without them is
   * of a kernel thread.
   */
  private boolean isOfKernelThread(Sample sample) {
    return sample.registers().abi() == UserRegisters.ABI_NONE
        && sample.kind().entry().equals(Optional.of(EntryKind.INTERRUPT))
        && (facts().haveRegisters() || sample.task().tid().equals(IDLE));
  }

  private void add(Sample sample, TextEntry entry) {
    sample
        .timeNanos()
        .ifPresentOrElse(it -> order.add(it, entry), () -> order.addBehindLast(entry));
  }

  private void handOn() {
    for (TextEntry entry = order.poll(); entry != null; entry = order.poll()) {
      if (entry instanceof TextEntry.Sampled sample) {
        handOn(sample.sample(), interpreter.interpret(sample.sample(), SURE));
      } else if (entry instanceof TextEntry.Interpreted done) {
        handOn(done.sample(), done.record());
      } else if (entry instanceof TextEntry.NonSample other) {
        sink.pass(other.record());
      }
    }
  }

  private void handOn(Sample sample, TraceRecord record) {
    observer.see(sample, record);
    sink.take(sample, record);
  }

  @Override
  protected final void finish() {
    clock.check();
    order.end();
    handOn();
    sink.end();
  }
}
