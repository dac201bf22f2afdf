package org.sysretreplay.ingest.frames;

import static org.sysretreplay.ingest.frames.FrameColumn.*;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Circumstances;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;

/**
 * Converts frames to rows and back. {@link FrameColumn} defines what each column holds.
 *
 * <p>Units: registers are 64-bit patterns in signed numbers, times nanoseconds. Errors: {@link
 * IllegalArgumentException} if a row lacks a value that every frame has, or holds an unknown word;
 * the message is the reason.
 */
public final class FrameCodec {

  /**
   * The columns of the frame that is returned to; {@link #RECORDED} has those of the event alone.
   */
  private static final State RETURNED_TO =
      new State(ENTRY, PATH, RIP, RCX, R11, RFLAGS, CS, SS, RSP, RAX);

  private static final State RECORDED =
      new State(
          RECORDED_ENTRY,
          RECORDED_PATH,
          RECORDED_RIP,
          RECORDED_RCX,
          RECORDED_R11,
          RECORDED_RFLAGS,
          RECORDED_CS,
          RECORDED_SS,
          RECORDED_RSP,
          RECORDED_RAX);

  private FrameCodec() {}

  /** The columns that hold one state of a frame: how it was entered, its path and its registers. */
  private record State(
      FrameColumn entry,
      FrameColumn path,
      FrameColumn rip,
      FrameColumn rcx,
      FrameColumn r11,
      FrameColumn rflags,
      FrameColumn cs,
      FrameColumn ss,
      FrameColumn rsp,
      FrameColumn rax) {

    Recorded in(FrameRow row) {
      return new Recorded(
          entryIn(row), pathIn(row), registersIn(row), row.number(rsp), row.number(rax));
    }

    List<FrameColumn> ofExit() {
      return List.of(entry, path, rip, rcx, r11, rflags, cs, ss);
    }

    EntryKind entryIn(FrameRow row) {
      return key(row, entry, EntryKind::ofKey);
    }

    EntryPath pathIn(FrameRow row) {
      return key(row, path, EntryPath::ofKey);
    }

    Registers registersIn(FrameRow row) {
      return new Registers(
          given(row, rip),
          given(row, rcx),
          given(row, r11),
          given(row, rflags),
          given(row, cs),
          given(row, ss));
    }
  }

  /** The row of a frame. */
  public static FrameRow row(ExitFrame frame) {
    return new FrameRow() {
      @Override
      public OptionalLong number(FrameColumn column) {
        return column.value().number(frame);
      }

      @Override
      public Optional<String> text(FrameColumn column) {
        return column.value().text(frame);
      }
    };
  }

  /** The frame in a row of a store, with the registers that were returned to. */
  public static ExitFrame assembled(FrameRow row) {
    Recorded returnedTo = RETURNED_TO.in(row);
    Stage stage = key(row, STAGE, Stage::ofKey);
    Assembly assembly = new Assembly(returnedTo.path(), stage, cause(row), recorded(row));
    return frame(row, given(row, SEQ), row.number(NR), returnedTo, assembly);
  }

  private static Optional<Cause> cause(FrameRow row) {
    return row.text(CAUSE).map(it -> known(CAUSE, it, Cause::ofKey));
  }

  /** The frame as its event alone showed it, if its neighbours in the trace changed it. */
  private static Optional<Recorded> recorded(FrameRow row) {
    return isChanged(row) ? Optional.of(RECORDED.in(row)) : Optional.empty();
  }

  private static boolean isChanged(FrameRow row) {
    return row.text(RECORDED_PATH).isPresent();
  }

  /** The frame in a row of a store, as its event alone shows it. */
  public static ExitFrame asRecorded(FrameRow row) {
    Recorded seen = seenBy(row).in(row);
    OptionalLong syscall = ExitFrame.recordedSyscall(seen.path(), row.number(NR));
    Assembly assembly =
        Assembly.alone(seen.entry(), seen.path(), seen.registers(), syscall, Stage.EARLY);
    return frame(row, given(row, SEQ), syscall, seen, assembly);
  }

  private static State seenBy(FrameRow row) {
    return isChanged(row) ? RECORDED : RETURNED_TO;
  }

  /**
   * The frame in a row of raw registers that any program wrote. Only the columns of {@link
   * FrameOrigin#TRACE} are read, and only the registers are required. The frame counts as returned
   * to as it stands there.
   *
   * @param seq its number in its trace
   */
  public static ExitFrame fromRawRow(FrameRow row, long seq) {
    EntryKind entry =
        row.text(ENTRY).map(it -> known(ENTRY, it, EntryKind::ofKey)).orElse(EntryKind.SYSCALL);
    Registers regs = RETURNED_TO.registersIn(row);
    OptionalLong syscall = row.number(NR);
    EntryPath path = EntryPath.of(entry, regs, syscall, row.number(RET));
    Recorded state = new Recorded(entry, path, regs, row.number(RSP), row.number(RAX));
    Assembly assembly = Assembly.alone(entry, path, regs, syscall, Stage.FINAL);
    return frame(row, seq, syscall, state, assembly);
  }

  private static ExitFrame frame(
      FrameRow row, long seq, OptionalLong syscall, Recorded state, Assembly assembly) {
    return new ExitFrame(
        seq,
        row.number(TS_NS),
        row.number(CPU),
        new Task(row.number(PID), row.number(TID), row.text(COMM)),
        state.entry(),
        row.text(EVENT),
        syscall,
        row.number(RET),
        state.registers(),
        state.rsp(),
        state.rax(),
        assembly,
        row.number(COUNT).orElse(1));
  }

  /** The columns that {@link #assembledExit} and {@link #recordedExit} look at. */
  public static List<FrameColumn> exitColumns() {
    return Stream.of(List.of(NR, STAGE, CAUSE), RETURNED_TO.ofExit(), RECORDED.ofExit())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * The part of {@link #assembled} that models need; empty if the row is of an interrupted kernel,
   * which is no return.
   */
  public static Optional<Exit> assembledExit(FrameRow row) {
    return key(row, STAGE, Stage::ofKey) == Stage.IN_KERNEL
        ? Optional.empty()
        : Optional.of(Exit.of(RETURNED_TO.pathIn(row), cause(row), RETURNED_TO.registersIn(row)));
  }

  /** The part of {@link #asRecorded} that models need. */
  public static Exit recordedExit(FrameRow row) {
    State seen = seenBy(row);
    EntryPath path = seen.pathIn(row);
    Registers regs = seen.registersIn(row);
    OptionalLong syscall = ExitFrame.recordedSyscall(path, row.number(NR));
    Circumstances alone = Circumstances.alone(seen.entryIn(row), path, regs, syscall);
    return Exit.of(path, Cause.of(alone), regs);
  }

  private static long given(FrameRow row, FrameColumn column) {
    return row.number(column).orElseThrow(() -> missing(column));
  }

  private static <E> E key(FrameRow row, FrameColumn column, Function<String, Optional<E>> ofKey) {
    return known(column, row.text(column).orElseThrow(() -> missing(column)), ofKey);
  }

  private static <E> E known(FrameColumn column, String word, Function<String, Optional<E>> ofKey) {
    return ofKey
        .apply(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "column %s holds \"%s\", which is unknown".formatted(column.key(), word)));
  }

  private static IllegalArgumentException missing(FrameColumn column) {
    return new IllegalArgumentException("column " + column.key() + " has rows without a value");
  }
}
