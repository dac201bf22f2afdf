package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sysretreplay.ingest.assembly.SampleSink;
import org.sysretreplay.ingest.flow.ChainedSource;
import org.sysretreplay.ingest.flow.ParallelMapper;
import org.sysretreplay.ingest.flow.PullSource;
import org.sysretreplay.ingest.sample.SampleInterpreter;
import org.sysretreplay.ingest.sample.SampleObserver;
import org.sysretreplay.ingest.sample.SampledReader;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.SteppingReader;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * Reads the samples of a perf.data file in time order. FORMATS.md lays out the file.
 *
 * <p>A compressed file is first decompressed to a temporary one, because its header points to any
 * place in it.
 */
public final class PerfDataReader extends SteppingReader implements SampledReader {

  /** Smaller files are read on demand by the reading thread: starting threads would cost more. */
  private static final long LEAST_BYTES_AHEAD = 1 << 22;

  /** How many records one thread reads at a time. */
  private static final int RECORDS_AT_ONCE = 1 << 12;

  private static final String BEHIND =
      "something else stands behind the recording, and was not read";

  private final RecordingFiles files;
  private final PerfHeader header;
  private final Reading reading;
  private final int rangeBytes;
  private final long leastBytesAhead;
  private final SampleInterpreter interpreter;
  private final SampleSink sink;
  private final ThreadNames names = new ThreadNames();

  /** The entries; null until the first record is asked for. */
  private OrderedEntries entries;

  /** The number of frames so far. */
  private long frames;

  /** The sample that is being interpreted, for its {@link #excerpt}. */
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
   * @param leastBytesAhead from how many bytes of records on all processors read
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

  /** The events of a pipe are not known before its records: any record may name more. */
  private SampleSink sink(Reading reading) {
    return header instanceof PipeHeader
        ? SampleSink.of(
            reading, () -> header.events().names(), () -> header().sampling(), this::give)
        : SampleSink.of(reading, header.events().names(), header().sampling(), this::give);
  }

  private PullSource<EntryBatch> open() {
    if (!files.others().isEmpty()) {
      return openFolder();
    }
    long start = header.recordsStart();
    if (header instanceof PipeHeader) {
      // Its header comes with its records, which have to be read one by one.
      return inOrder(start, 1);
    }
    int threads = ParallelMapper.freeProcessors();
    if (threads == 0 || header.recordsEnd() - start < leastBytesAhead) {
      return inOrder(start, RECORDS_AT_ONCE);
    }
    RecordRanges ranges =
        new RecordRanges(source(), files.main().file(), start, header.recordsEnd(), rangeBytes);
    return new ChainedSource<>(
        new ParallelMapper<>(source(), threads, ranges, () -> range -> take(range, ranges)),
        () -> ahead(ranges.position()));
  }

  private EntryBatch take(RecordRange range, RecordRanges ranges) {
    RecordStream records = new RecordStream(files.main().file(), range);
    try (RecordEntries parser = entries(files.main(), records, range.records())) {
      return parser.next();
    } finally {
      ranges.recycle(range);
    }
  }

  /** Reads the rest, which cannot be cut into ranges, on one thread beside the calling one. */
  private PullSource<EntryBatch> ahead(long start) {
    PullSource<EntryBatch> rest = inOrder(start, RECORDS_AT_ONCE);
    return start == header.recordsEnd()
        ? rest
        : new ParallelMapper<>(source(), 1, rest, Function::identity);
  }

  private PullSource<EntryBatch> inOrder(long start, int atOnce) {
    return inOrder(files.main(), start, header.recordsEnd(), atOnce);
  }

  private PullSource<EntryBatch> inOrder(
      RecordingFiles.Part part, long start, long end, int atOnce) {
    RecordStream stored = new RecordStream(part.file(), start, end, RecordStream.WINDOW_BYTES);
    return entries(part, new InflatedRecords(stored, files.bounds()), atOnce);
  }

  private RecordEntries entries(RecordingFiles.Part part, RecordSource records, int atOnce) {
    return new RecordEntries(part.name(), header, records, atOnce, files.others().isEmpty());
  }

  /** Reads all files of a folder on one thread, a little of each at a time. */
  private PullSource<EntryBatch> openFolder() {
    int atOnce = FolderEntries.recordsAtOnce(files.others().size());
    List<PullSource<EntryBatch>> parts = new ArrayList<>();
    parts.add(inOrder(header.recordsStart(), atOnce));
    long bytes = 0;
    for (RecordingFiles.Part part : files.others()) {
      bytes += part.bytes();
      parts.add(inOrder(part, 0, part.bytes(), atOnce));
    }
    PullSource<EntryBatch> merged = new FolderEntries(parts);
    return bytes < leastBytesAhead || ParallelMapper.freeProcessors() == 0
        ? merged
        : new ParallelMapper<>(source(), 1, merged, Function::identity);
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

  /**
   * Refuses times that are no timestamps, unless events are read by themselves, whatever their
   * order.
   */
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
    TraceRecord record = interpreter.interpret(sample, frames, sink.likelyStage(), excerpt);
    if (record instanceof Accepted) {
      frames++;
    }
    observer.see(sample, record);
    sink.take(sample, record);
  }

  @Override
  protected void finish() {
    if (header instanceof FileHeader file) {
      rejectRest(file.end());
    }
    sink.end();
  }

  /** Rejects what stands behind the last section, such as a second recording. */
  private void rejectRest(long end) {
    Place.Source places = new Place.Source(source(), Place.Unit.BYTE);
    FileChannel main = files.main().file();
    try {
      if (main.size() > end) {
        String excerpt = RecordStream.excerpt(main, end);
        sink.pass(
            new Rejected(new Reject(places.at(end), RejectReason.BROKEN_FRAMING, BEHIND, excerpt)));
      }
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    }
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
