package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sysretreplay.ingest.assembly.SampleSink;
import org.sysretreplay.ingest.flow.InParallel;
import org.sysretreplay.ingest.flow.Pieces;
import org.sysretreplay.ingest.flow.Succession;
import org.sysretreplay.ingest.sample.SampleInterpreter;
import org.sysretreplay.ingest.sample.SampleObserver;
import org.sysretreplay.ingest.sample.SampledReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.SteppingReader;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/**
 * Reads the samples of a perf.data file in time order. FORMATS.md lays out the file.
 *
 * <p>A packed file is unpacked beside the other temporary files first: its header points into it.
 */
public final class PerfDataReader extends SteppingReader implements SampledReader {

  /** Of smaller files the entries are read as they are needed: threads would cost more. */
  private static final long LEAST_BYTES_AHEAD = 1 << 22;

  /** How many records one thread reads at a time. */
  private static final int RECORDS_AT_ONCE = 1 << 12;

  private final FileChannel file;
  private final PerfHeader header;
  private final int rangeBytes;
  private final long leastBytesAhead;
  private final SampleInterpreter interpreter;
  private final SampleSink sink;
  private final ThreadNames names = new ThreadNames();

  /** The entries, once the first was asked for. */
  private OrderedEntries entries;

  /** How many frames there were so far. */
  private long frames;

  /** Where the sample stands that is interpreted. */
  private long offset;

  private final Supplier<String> excerpt = this::excerpt;

  private SampleObserver observer = SampleObserver.NONE;

  /** Opens the file and reads its header. */
  public PerfDataReader(Path path, Reading reading) {
    this(path, reading, RecordRanges.RANGE_BYTES, LEAST_BYTES_AHEAD);
  }

  /**
   * Opens the file and reads its header.
   *
   * @param rangeBytes how much one thread reads at a time; at least 64 KiB
   * @param leastBytesAhead of how many bytes of records on all processors read them
   */
  PerfDataReader(Path path, Reading reading, int rangeBytes, long leastBytesAhead) {
    super(path.toString());
    this.rangeBytes = rangeBytes;
    this.leastBytesAhead = leastBytesAhead;
    try {
      file =
          TraceBytes.packingOf(path) == TraceBytes.Packing.PLAIN
              ? FileChannel.open(path, StandardOpenOption.READ)
              : unpack(path);
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    }
    try {
      header = PerfHeaderReader.read(file, source());
    } catch (IOException e) {
      closeFile();
      throw TraceBytes.unreadable(source(), e);
    } catch (RuntimeException e) {
      closeFile();
      throw e;
    }
    interpreter = new SampleInterpreter(this::header);
    sink = sink(reading);
  }

  /** A pipe may name more events with any record. */
  private SampleSink sink(Reading reading) {
    return header instanceof PipeHeader
        ? SampleSink.of(reading, () -> header.events().names(), this::give)
        : SampleSink.of(reading, header.events().names(), this::give);
  }

  /** What a pipe's header says comes with its records, which then are read one by one. */
  private Pieces<Entries> open() {
    long start = header.recordsStart();
    if (header instanceof PipeHeader) {
      return inOrder(start, 1);
    }
    int threads = InParallel.freeProcessors();
    if (threads == 0 || header.recordsEnd() - start < leastBytesAhead) {
      return inOrder(start, RECORDS_AT_ONCE);
    }
    RecordRanges ranges = new RecordRanges(source(), file, start, header.recordsEnd(), rangeBytes);
    return new Succession<>(
        new InParallel<>(source(), threads, ranges, () -> range -> take(range, ranges)),
        () -> ahead(ranges.position()));
  }

  private Entries take(RecordRange range, RecordRanges ranges) {
    try (RecordEntries entriesOf =
        new RecordEntries(source(), header, new RecordStream(file, range), Integer.MAX_VALUE)) {
      return entriesOf.next();
    } finally {
      ranges.recycle(range);
    }
  }

  /** What cannot be cut into ranges: one thread reads it, beside the one that asks. */
  private Pieces<Entries> ahead(long start) {
    Pieces<Entries> rest = inOrder(start, RECORDS_AT_ONCE);
    return start == header.recordsEnd()
        ? rest
        : new InParallel<>(source(), 1, rest, Function::identity);
  }

  private Pieces<Entries> inOrder(long start, int atOnce) {
    RecordStream stored =
        new RecordStream(file, start, header.recordsEnd(), RecordStream.WINDOW_BYTES);
    return new RecordEntries(source(), header, new InflatedRecords(stored), atOnce);
  }

  /** The unpacked copy is gone when it is closed. */
  private static FileChannel unpack(Path path) throws IOException {
    Path copy = TraceBytes.unpack(path, ".perf.data");
    return FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
  }

  @Override
  public TraceHeader header() {
    return header.header();
  }

  @Override
  public long lost() {
    return entries == null ? 0 : entries.lost();
  }

  @Override
  public void observe(SampleObserver by) {
    observer = by;
  }

  @Override
  protected boolean step() {
    if (entries == null) {
      entries = new OrderedEntries(open());
    }
    PerfDataEntry next = entries.next();
    if (next != null) {
      apply(next);
    }
    return next != null;
  }

  private void apply(PerfDataEntry entry) {
    if (entry instanceof PerfSample sample) {
      interpret(sample);
    } else if (entry instanceof PerfDataEntry.Named named) {
      names.name(named.tid(), named.comm());
    } else if (entry instanceof PerfDataEntry.Forked forked) {
      names.fork(forked.tid(), forked.parentTid());
    } else if (entry instanceof PerfDataEntry.Broken broken) {
      sink.pass(broken.reject());
    }
  }

  private void interpret(PerfSample sample) {
    offset = sample.position();
    sample.nameBy(names);
    TraceRecord record = interpreter.interpret(sample, frames, excerpt);
    if (record instanceof Accepted) {
      frames++;
    }
    observer.see(sample, record);
    sink.take(sample, record);
  }

  @Override
  protected void finish() {
    sink.end();
  }

  private String excerpt() {
    return RecordStream.excerpt(file, offset);
  }

  @Override
  public void close() {
    if (entries != null) {
      entries.close();
    }
    closeFile();
  }

  private void closeFile() {
    try {
      file.close();
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    }
  }
}
