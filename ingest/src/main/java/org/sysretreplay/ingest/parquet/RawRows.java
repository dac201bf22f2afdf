package org.sysretreplay.ingest.parquet;

import static org.sysretreplay.ingest.frames.FrameColumn.*;

import java.util.Optional;
import java.util.StringJoiner;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.frames.BatchRegisters;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** Rows of raw registers as frames, field by field as a line of JSON is one. */
final class RawRows {

  private final FrameBatch batch;
  private final Reading reading;

  /** The rows that the batch stands on. */
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
    Optional<String> word = text(ENTRY, row);
    Optional<EntryKind> entry =
        word.isEmpty() ? Optional.of(EntryKind.SYSCALL) : EntryKind.ofKey(word.get());
    if (entry.isEmpty()) {
      String detail = "field entry is not one of %s (%s)".formatted(EntryKind.KEYS, word.get());
      return reject(row, place, RejectReason.FIELD_INVALID, detail);
    }
    return new Accepted(atStage(frame(row, seq, entry.get())));
  }

  private ExitFrame atStage(ExitFrame frame) {
    return switch (reading) {
      case ASSEMBLED -> frame;
      case AS_RECORDED -> frame.early();
    };
  }

  private ExitFrame frame(int row, long seq, EntryKind entry) {
    return new ExitFrame(
        seq,
        batch.number(TS_NS, row),
        batch.number(CPU, row),
        new Task(batch.number(PID, row), batch.number(TID, row), text(COMM, row)),
        entry,
        text(EVENT, row),
        batch.number(NR, row),
        batch.number(RET, row),
        new Registers(
            register(RIP, row),
            register(RCX, row),
            register(R11, row),
            register(RFLAGS, row),
            register(CS, row),
            register(SS, row)),
        batch.number(RSP, row),
        batch.number(RAX, row));
  }

  private long register(FrameColumn column, int row) {
    return batch.number(column, row).orElseThrow();
  }

  private Optional<String> text(FrameColumn column, int row) {
    int code = batch.has(column) ? batch.codes(column)[row] : ColumnCursor.NULL;
    return code == ColumnCursor.NULL
        ? Optional.empty()
        : Optional.of(batch.cursor(column).text(code));
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

  /** The row's fields, registers first: an excerpt is cut at its end. */
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
