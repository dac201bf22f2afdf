package org.sysretreplay.analytics.count;

import static org.sysretreplay.ingest.frames.FrameColumn.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.CauseFacts;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.RegisterFacts;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Syscall;
import org.sysretreplay.ingest.columnar.LongDictionary;
import org.sysretreplay.ingest.frames.BatchRegisters;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;

/**
 * Computes the classes of frames whose neighbours are not known, as in JSON lines and in files of
 * other programs, which have registers and perhaps entry, number and result.
 *
 * <p>The class is computed once for all rows that are alike in everything that path and cause
 * depend on (benchmark replay/foreign-file).
 */
final class LoneFrameClasses extends ComputedClasses {

  private static final OptionalLong ZERO = OptionalLong.of(0);

  /** Stands for a path that depends on the syscall's result. */
  private static final int BY_RESULT = -1;

  /** A flag beside a path's ordinal: the syscall is uretprobe or uprobe. */
  private static final int UPROBE = 1 << 7;

  private static final int KNOWN = 1 << 10;

  private final FrameBatch batch;
  private final Stage stage;
  private final BatchRegisters registers;
  private final KeyColumn<EntryKind> entries;
  private final CodeTable entryKinds;
  private final CodeTable syscallPaths;

  /** For each row, everything that its class depends on. */
  private long[] kinds = {};

  /** A cache by a hash of the kind: the last kind with this hash plus one, and its class. */
  private final long[] known = new long[KNOWN];

  private final int[] classOfKnown = new int[KNOWN];

  /**
   * @param stage the stage of all frames of the batch
   */
  LoneFrameClasses(FrameBatch batch, Stage stage) {
    this.batch = batch;
    this.stage = stage;
    registers = BatchRegisters.of(batch);
    entries = new KeyColumn<>(batch, ENTRY, EntryKind::ofKey);
    entryKinds = new CodeTable(batch, ENTRY, this::entryKind);
    syscallPaths = new CodeTable(batch, NR, LoneFrameClasses::syscallPath);
  }

  /** The columns to read, if the file has them. */
  static List<FrameColumn> needed() {
    List<FrameColumn> needed = new ArrayList<>(BatchRegisters.COLUMNS);
    needed.addAll(List.of(ENTRY, NR, RET));
    return needed;
  }

  private int entryKind(Object key) {
    EntryKind kind = key == null ? EntryKind.SYSCALL : entries.constant((String) key);
    return kind.ordinal();
  }

  /**
   * The ordinal of the path, with the flag of uprobes; {@link #BY_RESULT} if the path depends on
   * the result.
   */
  private static int syscallPath(Object number) {
    OptionalLong known = number == null ? OptionalLong.empty() : OptionalLong.of((Long) number);
    EntryPath succeeded = EntryPath.ofSyscall(known, ZERO);
    EntryPath other = EntryPath.ofSyscall(known, OptionalLong.empty());
    boolean uprobe = known.isPresent() && Syscall.isUprobe(known.getAsLong());
    return succeeded == other ? other.ordinal() | (uprobe ? UPROBE : 0) : BY_RESULT;
  }

  @Override
  public void codes(int[] into, int count) {
    if (kinds.length < count) {
      kinds = new long[count];
    }
    // Separate loops, so that the processor can work on several rows at a time.
    facts(count);
    causeFacts(count);
    ways(count);
    for (int row = 0; row < count; row++) {
      into[row] = ofKind(row);
    }
  }

  private void facts(int count) {
    for (int row = 0; row < count; row++) {
      kinds[row] = registers.facts(row);
    }
  }

  private void causeFacts(int count) {
    for (int row = 0; row < count; row++) {
      kinds[row] |= (long) registers.causeFacts(row) << RegisterFacts.BITS;
    }
  }

  private void ways(int count) {
    for (int row = 0; row < count; row++) {
      kinds[row] |= (long) way(row) << RegisterFacts.BITS + CauseFacts.BITS;
    }
  }

  /**
   * The entry, and the path of a syscall. For other entries the path depends on CS alone, and the
   * number does not matter.
   */
  private int way(int row) {
    int path = syscallPaths.at(row);
    return entryKinds.at(row) << Byte.SIZE | (path == BY_RESULT ? pathByResult(row) : path);
  }

  private int pathByResult(int row) {
    return EntryPath.ofSyscall(batch.number(NR, row), batch.number(RET, row)).ordinal();
  }

  private int ofKind(int row) {
    int slot = LongDictionary.slot(kinds[row], KNOWN);
    if (known[slot] != kinds[row] + 1) {
      known[slot] = kinds[row] + 1;
      classOfKnown[slot] = classes.of(classOf(row));
    }
    return classOfKnown[slot];
  }

  private long classOf(int row) {
    Registers regs = registers.at(row);
    EntryKind entry = entries.at(row).orElse(EntryKind.SYSCALL);
    OptionalLong syscall = batch.number(NR, row);
    EntryPath path = EntryPath.of(entry, regs, syscall, batch.number(RET, row));
    return classOf(entry, path, regs, syscall, stage);
  }

  /** The number of the class of a frame whose neighbours are not known. */
  static long classOf(
      EntryKind entry, EntryPath path, Registers regs, OptionalLong syscall, Stage stage) {
    Optional<Cause> cause = Cause.alone(entry, path, regs, syscall);
    return FrameClass.code(entry, path, stage, cause, RegisterFacts.of(regs).bits());
  }
}
