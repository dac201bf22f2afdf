package org.sysretreplay.ingest.store;

import static org.sysretreplay.ingest.store.FrameColumn.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Circumstances;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.RegisterFacts;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;

/**
 * Classes made from the registers, for files that have none or where what the events carried is
 * asked for. A file of another program has registers and perhaps entry, number and result; its
 * frames are taken as those of JSON lines are.
 */
final class ComputedClasses implements FrameClasses {

  static final List<FrameColumn> REGISTERS = List.of(RIP, RCX, R11, RFLAGS, CS, SS);
  private static final List<FrameColumn> RECORDED_REGISTERS =
      List.of(RECORDED_RIP, RECORDED_RCX, RECORDED_R11, RECORDED_RFLAGS, RECORDED_CS, RECORDED_SS);

  private final FrameBatch batch;
  private final boolean asRecorded;
  private final long[][] registers = new long[REGISTERS.size()][];
  private final Keys<EntryKind> entries;
  private final Keys<EntryPath> paths;
  private final Keys<Stage> stages;
  private final Keys<Cause> causes;
  private final Keys<EntryKind> recordedEntries;
  private final Keys<EntryPath> recordedPaths;
  private final Codes classes = new Codes();

  ComputedClasses(FrameBatch batch, boolean asRecorded) {
    this.batch = batch;
    this.asRecorded = asRecorded;
    entries = new Keys<>(ENTRY, EntryKind::ofKey);
    paths = new Keys<>(PATH, EntryPath::ofKey);
    stages = new Keys<>(STAGE, Stage::ofKey);
    causes = new Keys<>(CAUSE, Cause::ofKey);
    recordedEntries = new Keys<>(RECORDED_ENTRY, EntryKind::ofKey);
    recordedPaths = new Keys<>(RECORDED_PATH, EntryPath::ofKey);
  }

  /** The columns that are read where the file has them. */
  static List<FrameColumn> needed(boolean asRecorded) {
    List<FrameColumn> needed = new ArrayList<>(REGISTERS);
    needed.addAll(List.of(ENTRY, PATH, STAGE, CAUSE, NR, RET));
    if (asRecorded) {
      needed.addAll(RECORDED_REGISTERS);
      needed.addAll(List.of(RECORDED_ENTRY, RECORDED_PATH));
    }
    return needed;
  }

  /** A column of an enum's keys; what is found for a code is kept. */
  private final class Keys<E> {

    private final FrameColumn column;
    private final Function<String, Optional<E>> ofKey;
    private final List<Optional<E>> byCode = new ArrayList<>();

    Keys(FrameColumn column, Function<String, Optional<E>> ofKey) {
      this.column = column;
      this.ofKey = ofKey;
    }

    boolean isThere() {
      return batch.has(column);
    }

    /** The constant in a row; empty where it has none. */
    Optional<E> get(int row) {
      int code = isThere() ? batch.codes(column)[row] : ColumnCursor.NULL;
      if (code == ColumnCursor.NULL) {
        return Optional.empty();
      }
      while (byCode.size() <= code) {
        byCode.add(Optional.of(constant(batch.cursor(column).text(byCode.size()))));
      }
      return byCode.get(code);
    }

    private E constant(String key) {
      return ofKey
          .apply(key)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "column %s holds \"%s\", which is unknown".formatted(column.key(), key)));
    }
  }

  @Override
  public void codes(int[] into, int count) {
    for (int i = 0; i < registers.length; i++) {
      if (registers[i] == null || registers[i].length < count) {
        registers[i] = new long[into.length];
      }
      FrameColumn register = REGISTERS.get(i);
      batch.cursor(register).numbers(batch.codes(register), registers[i], count);
    }
    for (int row = 0; row < count; row++) {
      into[row] = classes.of(classOf(row));
    }
  }

  private long classOf(int row) {
    if (asRecorded) {
      boolean changed = recordedPaths.get(row).isPresent();
      return changed ? recorded(row) : alone(row, Stage.EARLY);
    }
    return paths.isThere() ? stored(row) : alone(row, Stage.FINAL);
  }

  private long stored(int row) {
    return FrameClass.code(
        entry(row),
        paths.get(row).orElseThrow(() -> missing(PATH)),
        stages.get(row).orElseThrow(() -> missing(STAGE)),
        causes.get(row),
        RegisterFacts.bits(
            register(row, 0),
            register(row, 1),
            register(row, 2),
            register(row, 3),
            register(row, 4),
            register(row, 5)));
  }

  private static IllegalArgumentException missing(FrameColumn column) {
    return new IllegalArgumentException("column " + column.key() + " has rows without a value");
  }

  private EntryKind entry(int row) {
    return entries.get(row).orElse(EntryKind.SYSCALL);
  }

  private long register(int row, int index) {
    return registers[index][row];
  }

  private long alone(int row, Stage stage) {
    Registers regs =
        new Registers(
            register(row, 0),
            register(row, 1),
            register(row, 2),
            register(row, 3),
            register(row, 4),
            register(row, 5));
    EntryKind entry = entry(row);
    EntryPath path =
        paths.isThere()
            ? paths.get(row).orElseThrow(() -> missing(PATH))
            : EntryPath.of(entry, regs, batch.number(NR, row), batch.number(RET, row));
    return alone(entry, path, regs, stage);
  }

  private long recorded(int row) {
    long[] regs =
        RECORDED_REGISTERS.stream()
            .mapToLong(it -> batch.number(it, row).orElseThrow(() -> missing(it)))
            .toArray();
    return alone(
        recordedEntries.get(row).orElseThrow(() -> missing(RECORDED_ENTRY)),
        recordedPaths.get(row).orElseThrow(() -> missing(RECORDED_PATH)),
        new Registers(regs[0], regs[1], regs[2], regs[3], regs[4], regs[5]),
        Stage.EARLY);
  }

  private static long alone(EntryKind entry, EntryPath path, Registers regs, Stage stage) {
    int facts =
        RegisterFacts.bits(regs.rip(), regs.rcx(), regs.r11(), regs.rflags(), regs.cs(), regs.ss());
    Optional<Cause> cause = Cause.of(Circumstances.alone(entry, path, regs));
    return FrameClass.code(entry, path, stage, cause, facts);
  }

  @Override
  public long number(int code) {
    return classes.value(code);
  }
}
