package org.sysretreplay.analytics.count;

import static org.sysretreplay.ingest.frames.FrameColumn.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.sysretreplay.ingest.trace.Told;

/**
 * Computes the classes of frames of which a file of another program tells the way back, the stage
 * or the cause.
 */
final class ToldClasses extends ComputedClasses {

  private static final List<FrameColumn> TOLD = List.of(PATH, STAGE, CAUSE);

  private final FrameBatch batch;
  private final Reading reading;
  private final BatchRegisters registers;
  private final KeyColumn<EntryKind> entries;
  private final KeyColumn<EntryPath> paths;
  private final KeyColumn<Stage> stages;
  private final KeyColumn<Cause> causes;

  ToldClasses(FrameBatch batch, Reading reading) {
    this.batch = batch;
    this.reading = reading;
    registers = BatchRegisters.of(batch);
    entries = new KeyColumn<>(batch, ENTRY, EntryKind::ofKey);
    paths = new KeyColumn<>(batch, PATH, EntryPath::ofKey);
    stages = new KeyColumn<>(batch, STAGE, Stage::ofKey);
    causes = new KeyColumn<>(batch, CAUSE, Cause::ofKey);
  }

  /** Whether the file tells any of it. */
  static boolean areTold(FrameBatch batch) {
    return TOLD.stream().anyMatch(batch::has);
  }

  /** The columns to read, if the file has them. */
  static List<FrameColumn> needed() {
    List<FrameColumn> needed = new ArrayList<>(LoneFrameClasses.needed());
    needed.addAll(TOLD);
    return needed;
  }

  /**
   * @throws IllegalArgumentException if a row is no frame: it contradicts itself, or is no return
   */
  @Override
  public void codes(int[] into, int count) {
    for (int row = 0; row < count; row++) {
      into[row] = classes.of(classOf(row));
    }
  }

  private long classOf(int row) {
    EntryKind entry = entries.at(row).orElse(EntryKind.SYSCALL);
    Told told = new Told(entry, paths.at(row), stages.at(row), causes.at(row));
    Registers regs = registers.at(row);
    OptionalLong syscall = batch.number(NR, row);
    OptionalLong result = batch.number(RET, row);
    if (told.isInKernel() || told.contradiction(regs, syscall, result).isPresent()) {
      throw new IllegalArgumentException("a row is no frame");
    }
    EntryPath path = told.path(regs, syscall, result);
    return switch (reading) {
      case ASSEMBLED -> {
        Optional<Cause> cause = told.cause(path, regs, syscall);
        Stage stage = told.stage().orElse(Stage.FINAL);
        yield FrameClass.code(entry, path, stage, cause, registers.facts(row));
      }
      case AS_RECORDED -> {
        OptionalLong seen = ExitFrame.recordedSyscall(path, syscall);
        yield LoneFrameClasses.classOf(entry, path, regs, seen, Stage.EARLY);
      }
    };
  }
}
