package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Supplier;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.ChunkSource;
import org.sysretreplay.ingest.Place;
import org.sysretreplay.ingest.ReadAhead;
import org.sysretreplay.ingest.Reading;
import org.sysretreplay.ingest.Sample;
import org.sysretreplay.ingest.SampleInterpreter;
import org.sysretreplay.ingest.SampleObserver;
import org.sysretreplay.ingest.SteppingReader;
import org.sysretreplay.ingest.TraceBytes;
import org.sysretreplay.ingest.TraceHeader;
import org.sysretreplay.ingest.TraceRecord;
import org.sysretreplay.ingest.assembly.SampleSink;

/**
 * Reads the samples of a perf.data file in time order. FORMATS.md lays out the file.
 *
 * <p>A packed file is unpacked beside the other temporary files first: its header points into it.
 */
public final class PerfDataReader extends SteppingReader {

  private static final EntryChunk NOTHING = new EntryChunk(List.of(), 0);

  /** Of smaller files the entries are read as they are needed: a thread would cost more. */
  private static final long LEAST_BYTES_AHEAD = 1 << 22;

  /** How many entries are read ahead at a time. */
  private static final int CHUNK_ENTRIES = 1 << 12;

  private final FileChannel file;
  private final PerfHeader header;
  private final RecordStream stored;
  private final SampleInterpreter interpreter;
  private final SampleSink sink;
  private final ThreadNames names = new ThreadNames();
  private final Place.Source places = new Place.Source(source(), Place.Unit.BYTE);
  private final Supplier<ChunkSource<EntryChunk>> opener;

  /** The entries, once the first was asked for. */
  private ChunkSource<EntryChunk> entries;

  private EntryChunk chunk = NOTHING;
  private int taken;

  /** Where the sample stands that is interpreted. */
  private long offset;

  private final Supplier<String> excerpt = this::excerpt;

  private SampleObserver observer = SampleObserver.NONE;

  /** Opens the file and reads its header. */
  public PerfDataReader(Path path, Reading reading) {
    this(path, reading, RecordStream.WINDOW_BYTES, LEAST_BYTES_AHEAD, CHUNK_ENTRIES);
  }

  /**
   * Opens the file and reads its header.
   *
   * @param leastBytesAhead of how many bytes of records on entries are read ahead
   * @param chunkEntries how many entries are read ahead at a time
   */
  PerfDataReader(
      Path path, Reading reading, int windowBytes, long leastBytesAhead, int chunkEntries) {
    super(path.toString());
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
    stored = new RecordStream(file, header.recordsStart(), header.recordsEnd(), windowBytes);
    opener = () -> open(leastBytesAhead, chunkEntries);
    interpreter = new SampleInterpreter(this::header);
    sink = SampleSink.of(reading, () -> header.events().names(), this::give);
  }

  /** What a pipe's header says comes with its records, which then are read one by one. */
  private ChunkSource<EntryChunk> open(long leastBytesAhead, int chunkEntries) {
    boolean ahead =
        header instanceof FileHeader it && it.recordsEnd() - it.recordsStart() >= leastBytesAhead;
    return ahead
        ? new ReadAhead<>(source(), new EntryReader(source(), header, stored, chunkEntries))
        : new EntryReader(source(), header, stored, 1);
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
    return chunk.lost();
  }

  @Override
  public void observe(SampleObserver by) {
    observer = by;
  }

  @Override
  protected boolean step() {
    if (taken == chunk.entries().size()) {
      chunk = nextChunk();
      taken = 0;
    }
    if (chunk.entries().isEmpty()) {
      return false;
    }
    apply(chunk.entries().get(taken++));
    return true;
  }

  private EntryChunk nextChunk() {
    if (entries == null) {
      entries = opener.get();
    }
    return entries.next();
  }

  private void apply(PerfDataEntry entry) {
    if (entry instanceof PerfDataEntry.Sampled sample) {
      interpret(sample);
    } else if (entry instanceof PerfDataEntry.Named named) {
      names.name(named.tid(), named.comm());
    } else if (entry instanceof PerfDataEntry.Forked forked) {
      names.fork(forked.tid(), forked.parentTid());
    } else if (entry instanceof PerfDataEntry.Broken broken) {
      sink.pass(broken.reject());
    }
  }

  private void interpret(PerfDataEntry.Sampled entry) {
    offset = entry.offset();
    Sample sample =
        new Sample(
            places,
            offset,
            entry.event().kind(),
            entry.timed(),
            entry.timeNanos(),
            entry.cpu(),
            entry.ofTask() ? names.task(entry.pid(), entry.tid()) : Task.UNKNOWN,
            entry.fields(),
            entry.registers());
    TraceRecord record = interpreter.interpret(sample, excerpt);
    observer.see(sample, record);
    sink.take(sample, record);
  }

  @Override
  protected void finish() {
    sink.end();
  }

  private String excerpt() {
    return stored.excerpt(offset);
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
