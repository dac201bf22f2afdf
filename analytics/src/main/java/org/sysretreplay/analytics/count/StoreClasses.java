package org.sysretreplay.analytics.count;

import static org.sysretreplay.ingest.frames.FrameColumn.*;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.frames.BatchRegisters;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Computes the classes of a store's frames from other columns: for stores written before there were
 * classes, and for the reading {@link Reading#AS_RECORDED}.
 */
final class StoreClasses extends ComputedClasses {

  private static final List<FrameColumn> RECORDED_REGISTERS =
      List.of(RECORDED_RIP, RECORDED_RCX, RECORDED_R11, RECORDED_RFLAGS, RECORDED_CS, RECORDED_SS);

  private final FrameBatch batch;
  private final Reading reading;
  private final BatchRegisters registers;
  private final KeyColumn<EntryKind> entries;
  private final KeyColumn<EntryPath> paths;
  private final KeyColumn<Stage> stages;
  private final KeyColumn<Cause> causes;
  private final KeyColumn<EntryKind> recordedEntries;
  private final KeyColumn<EntryPath> recordedPaths;

  StoreClasses(FrameBatch batch, Reading reading) {
    this.batch = batch;
    this.reading = reading;
    registers = BatchRegisters.of(batch);
    entries = new KeyColumn<>(batch, ENTRY, EntryKind::ofKey);
    paths = new KeyColumn<>(batch, PATH, EntryPath::ofKey);
    stages = new KeyColumn<>(batch, STAGE, Stage::ofKey);
    causes = new KeyColumn<>(batch, CAUSE, Cause::ofKey);
    recordedEntries = new KeyColumn<>(batch, RECORDED_ENTRY, EntryKind::ofKey);
    recordedPaths = new KeyColumn<>(batch, RECORDED_PATH, EntryPath::ofKey);
  }

  /** The columns to read, if the file has them. */
  static List<FrameColumn> needed(Reading reading) {
    List<FrameColumn> needed = new ArrayList<>(BatchRegisters.COLUMNS);
    needed.addAll(List.of(ENTRY, PATH));
    switch (reading) {
      case ASSEMBLED -> needed.addAll(List.of(STAGE, CAUSE));
      case AS_RECORDED -> {
        needed.addAll(RECORDED_REGISTERS);
        needed.addAll(List.of(RECORDED_ENTRY, RECORDED_PATH, NR));
      }
    }
    return needed;
  }

  @Override
  public void codes(int[] into, int count) {
    for (int row = 0; row < count; row++) {
      into[row] = classes.of(classOf(row));
    }
  }

  private long classOf(int row) {
    return switch (reading) {
      case ASSEMBLED -> assembled(row);
      case AS_RECORDED -> asRecorded(row);
    };
  }

  private long assembled(int row) {
    return FrameClass.code(
        entry(row), paths.given(row), stages.given(row), causes.at(row), registers.facts(row));
  }

  private EntryKind entry(int row) {
    return entries.at(row).orElse(EntryKind.SYSCALL);
  }

  private long asRecorded(int row) {
    return recordedPaths.at(row).isPresent()
        ? alone(row, recordedEntries.given(row), recordedPaths.given(row), recorded(row))
        : alone(row, entry(row), paths.given(row), registers.at(row));
  }

  private long alone(int row, EntryKind entry, EntryPath path, Registers regs) {
    OptionalLong syscall = ExitFrame.recordedSyscall(path, batch.number(NR, row));
    return LoneFrameClasses.classOf(entry, path, regs, syscall, Stage.EARLY);
  }

  private Registers recorded(int row) {
    long[] regs =
        RECORDED_REGISTERS.stream()
            .mapToLong(it -> batch.number(it, row).orElseThrow(() -> KeyColumn.missing(it)))
            .toArray();
    return new Registers(regs[0], regs[1], regs[2], regs[3], regs[4], regs[5]);
  }
}
