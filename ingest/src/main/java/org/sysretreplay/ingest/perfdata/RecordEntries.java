package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.util.Optional;
import org.sysretreplay.ingest.flow.ClockSteps;
import org.sysretreplay.ingest.flow.PullSource;
import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * Parses records into entries, a batch at a time. A record that is shorter than its fields becomes
 * a reject here.
 */
final class RecordEntries implements PullSource<EntryBatch> {

  private static final int RECORD_LOST = 2;
  private static final int RECORD_COMM = 3;
  private static final int RECORD_FORK = 7;
  private static final int RECORD_SAMPLE = 9;
  private static final int RECORD_LOST_SAMPLES = 13;
  private static final int RECORD_HEADER_ATTR = 64;
  static final int RECORD_HEADER_TRACING_DATA = 66;
  private static final int RECORD_FINISHED_ROUND = 68;
  static final int RECORD_AUXTRACE = 71;
  private static final int RECORD_HEADER_FEATURE = 80;

  /** In LOST_SAMPLES: a filter program dropped them on purpose. */
  private static final int MISC_LOST_SAMPLES_BPF = 1 << 15;

  /** An option of perf that makes several files of one recording. */
  private static final String IN_PIECES = " --switch-output";

  /** In COMM: the name is that of a program that was just started. */
  private static final int MISC_COMM_EXEC = 1 << 13;

  private final Place.Source places;
  private final String source;
  private final PerfHeader header;
  private final RecordSource records;
  private final int atOnce;
  private final boolean alone;
  private final ClockSteps steps = new ClockSteps(ClockSteps.Source.BUFFER);
  private TimedEntries<PerfDataEntry> entries;
  private boolean ended;

  /** Why nothing more can be read; null while it can. */
  private TraceException failure;

  /**
   * The entries of these records.
   *
   * @param source the file as the user named it
   * @param atOnce how many records make a batch; with 1, no record is read before it is needed
   * @param alone whether these are all records of the recording, so that their marks are valid
   */
  RecordEntries(String source, PerfHeader header, RecordSource records, int atOnce, boolean alone) {
    this.source = source;
    places = new Place.Source(source, Place.Unit.BYTE);
    this.header = header;
    this.records = records;
    this.atOnce = atOnce;
    this.alone = alone;
  }

  @Override
  public EntryBatch next() {
    if (ended) {
      return null;
    }
    entries = new TimedEntries<>(atOnce);
    for (int i = 0; i < atOnce && !ended; i++) {
      tryRecord();
    }
    return new EntryBatch(entries, steps.takeCount(), failure);
  }

  private void tryRecord() {
    try {
      if (records.advance()) {
        takeWhole();
      } else {
        ended = true;
      }
    } catch (ShortReadException e) {
      mark(PerfDataEntry.Mark.END);
      reject(RejectReason.BROKEN_FRAMING, e);
      ended = true;
    } catch (IOException e) {
      fail(TraceBytes.unreadable(source, e));
    } catch (TraceException e) {
      fail(e);
    }
  }

  private void fail(TraceException e) {
    failure = e;
    ended = true;
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

  /** Skips the bytes that some records announce behind them; only the record says how many. */
  private void passPayload() throws IOException {
    if (records.type() == RECORD_AUXTRACE) {
      records.skip(records.body().u64("auxtrace size"));
    } else if (records.type() == RECORD_HEADER_TRACING_DATA) {
      takeTracingData(header, records);
    }
  }

  private static void takeTracingData(PerfHeader header, RecordSource records) throws IOException {
    ByteCursor blob = records.payload(records.body().u32("tracing data size"));
    if (header instanceof PipeHeader pipe) {
      pipe.takeTracingData(blob);
    }
  }

  /** Whether a record of that type describes the recording and no event in it. */
  static boolean isOfHeader(int type) {
    return switch (type) {
      case RECORD_FINISHED_ROUND,
          RECORD_AUXTRACE,
          InflatedRecords.RECORD_COMPRESSED,
          InflatedRecords.RECORD_COMPRESSED2 ->
          false;
      default -> type >= RECORD_HEADER_ATTR;
    };
  }

  /** Gives a record that describes the recording to the header of a pipe. */
  static void takeHeader(PipeHeader pipe, RecordSource records) throws IOException {
    switch (records.type()) {
      case RECORD_HEADER_ATTR -> pipe.takeAttribute(records.body());
      case RECORD_HEADER_FEATURE -> pipe.takeFeature(records.body());
      case RECORD_HEADER_TRACING_DATA -> takeTracingData(pipe, records);
      default -> {
        // Build ids, thread maps and the like are not needed.
      }
    }
  }

  private void take(ByteCursor body) throws IOException {
    switch (records.type()) {
      case RECORD_SAMPLE -> takeSample(body);
      case MapRecord.MMAP, MapRecord.MMAP2 -> takeMap(body);
      case RECORD_COMM -> takeNewSpace(body, takeSideband(body, RecordTrailer::comm));
      case RECORD_FORK -> takeCopiedSpace(body, takeSideband(body, RecordTrailer::fork));
      case RECORD_LOST -> {
        body.u64("lost event id");
        take(new PerfDataEntry.LostRecords(body.u64("lost count")));
      }
      case RECORD_LOST_SAMPLES -> takeLostSamples(body);
      case RECORD_FINISHED_ROUND -> mark(PerfDataEntry.Mark.ROUND_END);
      case RECORD_HEADER_ATTR, RECORD_HEADER_FEATURE -> {
        if (header instanceof PipeHeader pipe) {
          takeHeader(pipe, records);
        }
      }
      default -> {
        // Build ids and the like are not needed.
      }
    }
  }

  /**
   * Takes an event's total, which perf writes into the last file that it ends. Of pieces it tells
   * nothing: it is that of all of them.
   */
  private void takeLostSamples(ByteCursor body) {
    boolean onPurpose = (records.misc() & MISC_LOST_SAMPLES_BPF) != 0;
    if (!onPurpose && !header.header().commandLine().contains(IN_PIECES)) {
      take(new PerfDataEntry.LostSamples(body.u64("lost sample count")));
    }
  }

  private void mark(PerfDataEntry.Mark mark) {
    if (alone) {
      take(mark);
    }
  }

  private void take(PerfDataEntry entry) {
    entries.add(TimedEntries.NO_TIME, entry);
  }

  private interface Sideband {
    PerfDataEntry read(ByteCursor body, int bodyBytes);
  }

  /**
   * Takes a record about a thread. Those of threads from before the recording have time 0.
   *
   * @return the time
   */
  private long takeSideband(ByteCursor body, Sideband sideband) {
    RecordTrailer trailer = new RecordTrailer(header.events());
    long time = trailer.time(body).orElse(0);
    PerfDataEntry entry = sideband.read(body, body.left() - trailer.bytes(body));
    entries.add(time == 0 ? TimedEntries.NO_TIME : time, entry);
    return time;
  }

  private void takeMap(ByteCursor body) {
    RecordTrailer trailer = new RecordTrailer(header.events());
    long time = trailer.time(body).orElse(0);
    int bodyBytes = body.left() - trailer.bytes(body);
    MapRecord.read(records.type(), records.misc(), body, bodyBytes, time).ifPresent(this::take);
  }

  private void takeNewSpace(ByteCursor comm, long time) {
    if ((records.misc() & MISC_COMM_EXEC) != 0) {
      take(new AddressSpaceEvent.Emptied(time, (int) comm.at(0)));
    }
  }

  /**
   * Takes a fork as a copy of the address space. For processes from before the recording perf
   * writes their mappings out, so that those count and not the fork.
   */
  private void takeCopiedSpace(ByteCursor fork, long time) {
    int pid = (int) fork.at(0);
    int parentPid = (int) (fork.at(0) >>> Integer.SIZE);
    if (pid != parentPid && time != 0) {
      take(new AddressSpaceEvent.Copied(time, pid, parentPid));
    }
  }

  private void takeSample(ByteCursor body) {
    Optional<PerfEvent> event = header.events().ofSample(body);
    if (event.isEmpty()) {
      reject(
          RejectReason.EVENT_UNKNOWN,
          header.events().samplesHaveIds()
              ? RejectReason.EVENT_UNKNOWN.sentence()
              : "the sample does not say which of the events it is of");
    } else if (event.get().isNamelessTracepoint()) {
      reject(
          RejectReason.EVENT_NAMELESS,
          "%s (its number is %d)"
              .formatted(RejectReason.EVENT_NAMELESS.sentence(), event.get().attr().config()));
    } else {
      PerfSample sample = SampleParser.parse(event.get(), body, places, records.offset());
      takeStep(sample);
      entries.add(sample.timeNanosOr(TimedEntries.NO_TIME), sample);
    }
  }

  /**
   * Counts the step to this sample's time, if that and its processor are known and the kernel
   * writes the buffer forwards.
   */
  private void takeStep(PerfSample sample) {
    long time = sample.timeNanosOr(TimedEntries.NO_TIME);
    if (sample.isInFileOrder() && sample.cpu().isPresent() && time != TimedEntries.NO_TIME) {
      steps.take(sample.cpu().getAsLong(), sample.tid(), time);
    }
  }

  private void reject(RejectReason reason, ShortReadException e) {
    reject(reason, reason.sentence() + " (" + e.getMessage() + ")");
  }

  private void reject(RejectReason reason, String detail) {
    long offset = records.offset();
    Reject reject = new Reject(places.at(offset), reason, detail, records.excerpt(offset));
    take(new PerfDataEntry.Broken(new Rejected(reject)));
  }

  @Override
  public void close() {
    records.close();
  }
}
