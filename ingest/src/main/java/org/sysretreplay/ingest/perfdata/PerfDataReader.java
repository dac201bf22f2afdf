package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.Losses;
import org.sysretreplay.ingest.Place;
import org.sysretreplay.ingest.Reading;
import org.sysretreplay.ingest.Reject;
import org.sysretreplay.ingest.RejectReason;
import org.sysretreplay.ingest.Sample;
import org.sysretreplay.ingest.SampleInterpreter;
import org.sysretreplay.ingest.SampleObserver;
import org.sysretreplay.ingest.SteppingReader;
import org.sysretreplay.ingest.TimeOrder;
import org.sysretreplay.ingest.TraceBytes;
import org.sysretreplay.ingest.TraceHeader;
import org.sysretreplay.ingest.TraceRecord;
import org.sysretreplay.ingest.TraceRecord.Rejected;
import org.sysretreplay.ingest.assembly.SampleSink;

/**
 * Reads the samples of a perf.data file in time order. FORMATS.md lays out the file.
 *
 * <p>A packed file is unpacked beside the other temporary files first: its header points into it.
 */
public final class PerfDataReader extends SteppingReader {

  private static final int RECORD_LOST = 2;
  private static final int RECORD_COMM = 3;
  private static final int RECORD_FORK = 7;
  private static final int RECORD_SAMPLE = 9;
  private static final int RECORD_LOST_SAMPLES = 13;
  private static final int RECORD_HEADER_ATTR = 64;
  private static final int RECORD_HEADER_TRACING_DATA = 66;
  private static final int RECORD_FINISHED_ROUND = 68;
  private static final int RECORD_AUXTRACE = 71;
  private static final int RECORD_HEADER_FEATURE = 80;

  /** In LOST_SAMPLES: a filter program dropped them on purpose. */
  private static final int MISC_LOST_SAMPLES_BPF = 1 << 15;

  private static final int EXCERPT_BYTES = 64;

  private final FileChannel file;
  private final PerfHeader header;
  private final RecordStream stored;
  private final InflatedRecords records;
  private final SampleInterpreter interpreter;
  private final SampleSink sink;
  private final TimeOrder<PerfDataEntry> order = new TimeOrder<>(TimeOrder.MAX_HELD);
  private final ThreadNames names = new ThreadNames();
  private final Losses losses = new Losses();

  /** Rejects found while reading ahead: they have no place in time. */
  private final ArrayDeque<TraceRecord> broken = new ArrayDeque<>();

  private SampleObserver observer = SampleObserver.NONE;
  private boolean ended;

  /** Opens the file and reads its header. */
  public PerfDataReader(Path path, Reading reading) {
    this(path, reading, RecordStream.WINDOW_BYTES);
  }

  PerfDataReader(Path path, Reading reading, int windowBytes) {
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
    records = new InflatedRecords(stored);
    interpreter = new SampleInterpreter(this::header);
    sink = SampleSink.of(reading, () -> header.events().names(), this::give);
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
    return losses.total();
  }

  @Override
  public void observe(SampleObserver by) {
    observer = by;
  }

  /** An entry that is due, or else one more record of the file. */
  @Override
  protected boolean step() {
    Optional<PerfDataEntry> due = order.poll();
    if (due.isPresent()) {
      apply(due.get());
      return true;
    }
    TraceRecord reject = broken.poll();
    if (reject != null) {
      sink.pass(reject);
      return true;
    }
    if (ended) {
      return false;
    }
    readRecord();
    return true;
  }

  private void readRecord() {
    try {
      if (records.advance()) {
        takeWhole();
      } else {
        end();
      }
    } catch (ShortReadException e) {
      reject(RejectReason.BROKEN_FRAMING, e);
      end();
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    }
  }

  private void end() {
    ended = true;
    order.end();
  }

  /** A record that ends before one of its own fields is a reject: the next one still stands. */
  private void takeWhole() throws IOException {
    try {
      take(records.body());
    } catch (ShortReadException e) {
      reject(RejectReason.SAMPLE_TRUNCATED, e);
    }
    passPayload();
  }

  /** Some records announce bytes behind them; where these end only the record says. */
  private void passPayload() throws IOException {
    if (records.type() == RECORD_AUXTRACE) {
      records.skip(records.body().u64("auxtrace size"));
    } else if (records.type() == RECORD_HEADER_TRACING_DATA) {
      ByteCursor blob = records.payload(records.body().u32("tracing data size"));
      if (header instanceof PipeHeader pipe) {
        pipe.takeTracingData(blob);
      }
    }
  }

  private void take(ByteCursor body) {
    switch (records.type()) {
      case RECORD_SAMPLE -> takeSample(body);
      case RECORD_COMM -> takeSideband(body, RecordTrailer::comm);
      case RECORD_FORK -> takeSideband(body, RecordTrailer::fork);
      case RECORD_LOST -> {
        body.u64("lost event id");
        losses.addRecords(body.u64("lost count"));
      }
      case RECORD_LOST_SAMPLES -> {
        if ((records.misc() & MISC_LOST_SAMPLES_BPF) == 0) {
          losses.addSamples(body.u64("lost sample count"));
        }
      }
      case RECORD_FINISHED_ROUND -> order.endRound();
      case RECORD_HEADER_ATTR, RECORD_HEADER_FEATURE -> takeHeader(body);
      default -> {
        // Maps, build ids and the like: nothing that a frame needs.
      }
    }
  }

  private void takeHeader(ByteCursor body) {
    if (header instanceof PipeHeader pipe) {
      if (records.type() == RECORD_HEADER_ATTR) {
        pipe.takeAttribute(body);
      } else {
        pipe.takeFeature(body);
      }
    }
  }

  private interface Sideband {
    PerfDataEntry read(ByteCursor body, int bodyBytes);
  }

  private void takeSideband(ByteCursor body, Sideband sideband) {
    RecordTrailer trailer = new RecordTrailer(header.events());
    OptionalLong time = trailer.time(body);
    PerfDataEntry entry = sideband.read(body, body.left() - trailer.bytes(body));
    // Threads that were there before the recording are written down with time 0.
    if (time.orElse(0) == 0) {
      order.addUntimed(entry);
    } else {
      order.add(time.getAsLong(), entry);
    }
  }

  private void takeSample(ByteCursor body) {
    Optional<PerfEvent> event = header.events().ofSample(body);
    if (event.isEmpty()) {
      reject(RejectReason.EVENT_UNKNOWN, RejectReason.EVENT_UNKNOWN.sentence());
      return;
    }
    PerfDataEntry.Sampled sample = SampleParser.parse(event.get(), body, records.offset());
    if (sample.timeNanos().isPresent()) {
      order.add(sample.timeNanos().getAsLong(), sample);
    } else {
      order.addUntimed(sample);
    }
  }

  private void apply(PerfDataEntry entry) {
    if (entry instanceof PerfDataEntry.Named named) {
      names.name(named.tid(), named.comm());
    } else if (entry instanceof PerfDataEntry.Forked forked) {
      names.fork(forked.tid(), forked.parentTid());
    } else if (entry instanceof PerfDataEntry.Sampled sample) {
      interpret(sample);
    }
  }

  private void interpret(PerfDataEntry.Sampled entry) {
    Optional<String> comm =
        entry.tid().isPresent() ? Optional.of(names.of(entry.tid())) : Optional.empty();
    Sample sample =
        new Sample(
            Place.ofByte(source(), entry.offset()),
            entry.event().name(),
            entry.timeNanos(),
            entry.cpu(),
            new Task(entry.pid(), entry.tid(), comm),
            entry.fields(),
            entry.registers());
    TraceRecord record = interpreter.interpret(sample, () -> excerpt(entry.offset()));
    observer.see(sample, record);
    sink.take(sample, record);
  }

  @Override
  protected void finish() {
    sink.end();
  }

  private void reject(RejectReason reason, ShortReadException e) {
    reject(reason, reason.sentence() + " (" + e.getMessage() + ")");
  }

  private void reject(RejectReason reason, String detail) {
    long offset = records.offset();
    broken.add(
        new Rejected(new Reject(Place.ofByte(source(), offset), reason, detail, excerpt(offset))));
  }

  private String excerpt(long offset) {
    return stored.excerpt(offset, EXCERPT_BYTES).orElse("");
  }

  @Override
  public void close() {
    records.close();
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
