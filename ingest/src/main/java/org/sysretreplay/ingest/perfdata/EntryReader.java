package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.ingest.Losses;
import org.sysretreplay.ingest.Place;
import org.sysretreplay.ingest.Reject;
import org.sysretreplay.ingest.RejectReason;
import org.sysretreplay.ingest.TimeOrder;
import org.sysretreplay.ingest.TraceBytes;
import org.sysretreplay.ingest.TraceException;
import org.sysretreplay.ingest.TraceRecord.Rejected;

/** Reads the records of a file, and puts the entries that they hold into time order. */
final class EntryReader implements EntrySource {

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

  private final String source;
  private final PerfHeader header;
  private final RecordStream stored;
  private final InflatedRecords records;
  private final int chunkEntries;
  private final TimeOrder<PerfDataEntry> order = new TimeOrder<>(TimeOrder.MAX_HELD);
  private final Losses losses = new Losses();

  /** Rejects found while reading ahead: they have no place in time. */
  private final ArrayDeque<PerfDataEntry> broken = new ArrayDeque<>();

  private boolean ended;

  /** Why nothing more can be read; null as long as it can. */
  private TraceException failure;

  /**
   * The entries of these records.
   *
   * @param source the file as the user named it
   * @param chunkEntries how many entries to read at a time, where there are so many; with one, no
   *     record is read before it is needed
   */
  EntryReader(String source, PerfHeader header, RecordStream stored, int chunkEntries) {
    this.source = source;
    this.header = header;
    this.stored = stored;
    this.chunkEntries = chunkEntries;
    records = new InflatedRecords(stored);
  }

  @Override
  public EntryChunk next() {
    List<PerfDataEntry> due = new ArrayList<>(chunkEntries);
    takeDue(due);
    while (due.size() < chunkEntries && !ended && failure == null) {
      tryRecord();
      takeDue(due);
    }
    if (due.isEmpty() && failure != null) {
      throw failure;
    }
    return new EntryChunk(due, losses.total());
  }

  private void takeDue(List<PerfDataEntry> to) {
    while (to.size() < chunkEntries) {
      PerfDataEntry due = order.poll();
      PerfDataEntry next = due == null ? broken.poll() : due;
      if (next == null) {
        return;
      }
      to.add(next);
    }
  }

  /** What was read before a failure is handed on before it. */
  private void tryRecord() {
    try {
      readRecord();
    } catch (TraceException e) {
      failure = e;
    }
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
      throw TraceBytes.unreadable(source, e);
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
    if (sample.timed()) {
      order.add(sample.timeNanos(), sample);
    } else {
      order.addUntimed(sample);
    }
  }

  private void reject(RejectReason reason, ShortReadException e) {
    reject(reason, reason.sentence() + " (" + e.getMessage() + ")");
  }

  private void reject(RejectReason reason, String detail) {
    long offset = records.offset();
    Reject reject =
        new Reject(Place.ofByte(source, offset), reason, detail, stored.excerpt(offset));
    broken.add(new PerfDataEntry.Broken(new Rejected(reject)));
  }

  @Override
  public void close() {
    records.close();
  }
}
