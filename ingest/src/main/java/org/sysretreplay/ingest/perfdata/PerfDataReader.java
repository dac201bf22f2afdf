package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sysretreplay.ingest.assembly.SampleSink;
import org.sysretreplay.ingest.flow.InParallel;
import org.sysretreplay.ingest.flow.Pieces;
import org.sysretreplay.ingest.flow.Succession;
import org.sysretreplay.ingest.sample.SampleInterpreter;
import org.sysretreplay.ingest.sample.SampleObserver;
import org.sysretreplay.ingest.sample.SampledReader;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.SteppingReader;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;
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

  private final RecordingFiles files;
  private final PerfHeader header;
  private final Reading reading;
  private final int rangeBytes;
  private final long leastBytesAhead;
  private final SampleInterpreter interpreter;
  private final SampleSink sink;
  private final ThreadNames names = new ThreadNames();

  /** The entries, once the first was asked for. */
  private OrderedEntries entries;

  /** How many frames there were so far. */
  private long frames;

  /** The sample that is interpreted. */
  private PerfSample interpreted;

  private final Supplier<String> excerpt = this::excerpt;

  private SampleObserver observer = SampleObserver.NONE;

  /** Opens the file and reads its header. */
  public PerfDataReader(NamedFile named, Reading reading) {
    this(named, reading, RecordRanges.RANGE_BYTES, LEAST_BYTES_AHEAD);
  }

  /**
   * Opens the file and reads its header.
   *
   * @param rangeBytes how much one thread reads at a time; at least 64 KiB
   * @param leastBytesAhead of how many bytes of records on all processors read them
   */
  PerfDataReader(NamedFile named, Reading reading, int rangeBytes, long leastBytesAhead) {
    super(named.name());
    this.reading = reading;
    this.rangeBytes = rangeBytes;
    this.leastBytesAhead = leastBytesAhead;
    files = new RecordingFiles(named);
    try {
      header = PerfHeaderReader.read(files.main().file(), files.main().name());
      if (header.isOfFolder()) {
        files.openOthers();
      }
    } catch (IOException e) {
      files.close();
      throw TraceBytes.unreadable(files.main().name(), e);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
    interpreter = new SampleInterpreter(this::header);
    sink = sink(reading);
  }

  /** A pipe may name more events with any record. */
  private SampleSink sink(Reading reading) {
    return header instanceof PipeHeader
        ? SampleSink.of(
            reading, () -> header.events().names(), () -> header().sampling(), this::give)
        : SampleSink.of(reading, header.events().names(), header().sampling(), this::give);
  }

  private Pieces<Entries> open() {
    if (!files.others().isEmpty()) {
      return openFolder();
    }
    long start = header.recordsStart();
    if (header instanceof PipeHeader) {
      // What it says comes with its records, which then are read one by one.
      return inOrder(start, 1);
    }
    int threads = InParallel.freeProcessors();
    if (threads == 0 || header.recordsEnd() - start < leastBytesAhead) {
      return inOrder(start, RECORDS_AT_ONCE);
    }
    RecordRanges ranges =
        new RecordRanges(source(), files.main().file(), start, header.recordsEnd(), rangeBytes);
    return new Succession<>(
        new InParallel<>(source(), threads, ranges, () -> range -> take(range, ranges)),
        () -> ahead(ranges.position()));
  }

  private Entries take(RecordRange range, RecordRanges ranges) {
    RecordStream records = new RecordStream(files.main().file(), range);
    try (RecordEntries entriesOf = entries(files.main(), records, Integer.MAX_VALUE)) {
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
    return inOrder(files.main(), start, header.recordsEnd(), atOnce);
  }

  private Pieces<Entries> inOrder(RecordingFiles.Part part, long start, long end, int atOnce) {
    RecordStream stored = new RecordStream(part.file(), start, end, RecordStream.WINDOW_BYTES);
    return entries(part, new InflatedRecords(stored, files.bounds()), atOnce);
  }

  private RecordEntries entries(RecordingFiles.Part part, RecordSource records, int atOnce) {
    return new RecordEntries(part.name(), header, records, atOnce, files.others().isEmpty());
  }

  /** All files of a folder are read by one thread, a little of each at a time. */
  private Pieces<Entries> openFolder() {
    int atOnce = FolderEntries.recordsAtOnce(files.others().size());
    List<Pieces<Entries>> parts = new ArrayList<>();
    parts.add(inOrder(header.recordsStart(), atOnce));
    long bytes = 0;
    for (RecordingFiles.Part part : files.others()) {
      bytes += part.bytes();
      parts.add(inOrder(part, 0, part.bytes(), atOnce));
    }
    Pieces<Entries> merged = new FolderEntries(parts);
    return bytes < leastBytesAhead || InParallel.freeProcessors() == 0
        ? merged
        : new InParallel<>(source(), 1, merged, Function::identity);
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
  public ExecutableMaps maps() {
    return entries == null ? ExecutableMaps.NONE : entries.maps();
  }

  @Override
  public void observe(SampleObserver by) {
    observer = by;
  }

  @Override
  protected boolean step() {
    if (entries == null) {
      entries = new OrderedEntries(open(), this::refuseTimes);
    }
    PerfDataEntry next = entries.next();
    if (next != null) {
      apply(next);
    }
    return next != null;
  }

  /** Each event by itself is what it is, whatever came before it. */
  private void refuseTimes(String fault) {
    if (reading == Reading.ASSEMBLED) {
      throw TraceException.of(
          source(),
          fault + ", so that nobody knows what followed what",
          "record again with perf's own clock, or judge each event by itself (--as-recorded)");
    }
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
    interpreted = sample;
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
    FileChannel file = files.named(interpreted.place().source());
    return RecordStream.excerpt(file, interpreted.position());
  }

  @Override
  public void close() {
    if (entries != null) {
      entries.close();
    }
    files.close();
  }
}
