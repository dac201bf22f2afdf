package org.sysretreplay.ingest.parquet;

import static org.sysretreplay.ingest.frames.FrameColumn.*;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.frames.BatchRegisters;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameCodec;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** Converts rows of raw registers to frames, by the same rules as lines of JSON. */
final class RawRows {

  private static final Set<String> ENTRIES =
      Stream.of(EntryKind.values()).map(EntryKind::key).collect(Collectors.toUnmodifiableSet());

  private final FrameBatch batch;
  private final Reading reading;

  /** The rows of the batch, as often as it is filled anew. */
  RawRows(FrameBatch batch, Reading reading) {
    this.batch = batch;
    this.reading = reading;
  }

  /** The frame in a row, or why there is none. */
  TraceRecord record(int row, long seq, Place place) {
    String missing = missing(row);
    if (!missing.isEmpty()) {
      return reject(row, place, RejectReason.FIELD_MISSING, "no " + missing);
    }
    Optional<String> entry = batch.text(ENTRY, row);
    if (entry.isPresent() && !ENTRIES.contains(entry.get())) {
      String detail = "field entry is not one of %s (%s)".formatted(EntryKind.KEYS, entry.get());
      return reject(row, place, RejectReason.FIELD_INVALID, detail);
    }
    OptionalLong count = batch.number(COUNT, row);
    if (count.isPresent() && !ExitFrame.isCount(count.getAsLong())) {
      String detail =
          "field count is not a number of exits from 1 to 10^12 (%d)".formatted(count.getAsLong());
      return reject(row, place, RejectReason.FIELD_INVALID, detail);
    }
    return new Accepted(atStage(FrameCodec.fromRawRow(batch.row(row), seq)));
  }

  private ExitFrame atStage(ExitFrame frame) {
    return switch (reading) {
      case ASSEMBLED -> frame;
      case AS_RECORDED -> frame.early();
    };
  }

  private String missing(int row) {
    StringJoiner names = new StringJoiner(", ");
    for (FrameColumn register : BatchRegisters.COLUMNS) {
      if (batch.codes(register)[row] == ColumnCursor.NULL) {
        names.add(register.key());
      }
    }
    return names.toString();
  }

  private Rejected reject(int row, Place place, RejectReason reason, String detail) {
    return new Rejected(new Reject(place, reason, detail, excerpt(row)));
  }

  /** The row's fields, registers first, because the end of an excerpt may be cut off. */
  private String excerpt(int row) {
    StringJoiner fields = new StringJoiner(" ");
    for (FrameColumn register : BatchRegisters.COLUMNS) {
      batch
          .number(register, row)
          .ifPresent(it -> fields.add(register.key() + "=0x" + Long.toHexString(it)));
    }
    for (FrameColumn column : new FrameColumn[] {ENTRY, EVENT, NR, COMM, TID}) {
      Object value = batch.has(column) ? batch.value(column, batch.codes(column)[row]) : null;
      if (value != null) {
        fields.add(column.key() + "=" + value);
      }
    }
    return fields.toString();
  }
}
