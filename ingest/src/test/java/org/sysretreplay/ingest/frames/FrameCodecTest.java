package org.sysretreplay.ingest.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.frames.FrameColumn.Kind;
import org.sysretreplay.ingest.frames.FrameColumn.Presence;

class FrameCodecTest {

  private static final Recorded SEEN =
      new Recorded(
          EntryKind.SYSCALL,
          EntryPath.SYSCALL_NO_WORK,
          Registers.ofSyscall(0x401000, 0x246),
          OptionalLong.of(1),
          OptionalLong.of(2));

  /** A frame that has a value in every column. */
  private static final ExitFrame WHOLE =
      new ExitFrame(
          7,
          OptionalLong.of(1_000),
          OptionalLong.of(3),
          new Task(OptionalLong.of(10), OptionalLong.of(11), Optional.of("app")),
          EntryKind.SYSCALL,
          Optional.of("raw_syscalls:sys_exit"),
          OptionalLong.of(0),
          OptionalLong.of(-4),
          Registers.ofSyscall(0x402000, 0x246).with(Register.RCX, 0),
          OptionalLong.of(0x7ffe_0000_0000L),
          OptionalLong.of(-4),
          new Assembly(
              EntryPath.SYSCALL_EXIT_WORK,
              Stage.AMENDED,
              Optional.of(Cause.SIGNAL_DELIVERY),
              Optional.of(SEEN)));

  @Property
  void aFrameComesBackFromItsRow(@ForAll("frames") ExitFrame frame) {
    assertThat(FrameCodec.assembled(stored(frame))).isEqualTo(frame);
  }

  @Property
  void aFrameComesBackFromTheColumnsThatAreWritten(@ForAll("frames") ExitFrame frame) {
    ColumnarFrames rows = new ColumnarFrames();
    rows.add(frame);

    assertThat(FrameCodec.assembled(written(rows))).isEqualTo(frame);
  }

  @Property
  void whatIsWrittenIsWhatEachColumnTells(@ForAll("frames") ExitFrame frame) {
    ColumnarFrames rows = new ColumnarFrames();
    rows.add(frame);

    FrameRow row = FrameCodec.row(frame);
    for (FrameColumn column : FrameColumn.values()) {
      assertThat(value(written(rows), column)).as(column.key()).isEqualTo(value(row, column));
    }
  }

  @Property
  void columnsOfEveryFrameHaveAValueInEveryRow(@ForAll("frames") ExitFrame frame) {
    FrameRow row = FrameCodec.row(frame);
    for (FrameColumn column : FrameColumn.values()) {
      boolean rare = column.presence() == Presence.RARE;
      if (column.presence() == Presence.ALWAYS) {
        assertThat(value(row, column)).as(column.key()).isPresent();
      } else if (rare && frame.assembly().recorded().isEmpty()) {
        assertThat(value(row, column)).as(column.key()).isEmpty();
      }
    }
  }

  @Property
  void theRecordedFrameIsThatOfItsEventAlone(@ForAll("frames") ExitFrame frame) {
    Recorded seen =
        frame
            .assembly()
            .recorded()
            .orElse(
                new Recorded(
                    frame.entry(), frame.path(), frame.registers(), frame.rsp(), frame.rax()));

    ExitFrame recorded = FrameCodec.asRecorded(stored(frame));

    assertThat(recorded.assembly())
        .isEqualTo(
            Assembly.alone(
                seen.entry(), seen.path(), seen.registers(), recorded.syscall(), Stage.EARLY));
    assertThat(recorded.syscall())
        .isEqualTo(seen.path() == EntryPath.RT_SIGRETURN ? OptionalLong.of(-1) : frame.syscall());
    assertThat(
            new Recorded(
                recorded.entry(),
                recorded.path(),
                recorded.registers(),
                recorded.rsp(),
                recorded.rax()))
        .isEqualTo(seen);
    assertThat(recorded.task()).isEqualTo(frame.task());
  }

  @Property
  void aModelIsGivenWhatTheFrameHas(@ForAll("frames") ExitFrame frame) {
    FrameRow row = stored(frame);

    assertThat(FrameCodec.assembledExit(row))
        .isEqualTo(
            Optional.of(plain(frame)).filter(it -> frame.assembly().stage() != Stage.IN_KERNEL));
    assertThat(FrameCodec.recordedExit(row)).isEqualTo(plain(FrameCodec.asRecorded(row)));
  }

  private static Exit plain(ExitFrame frame) {
    return Exit.of(frame.path(), frame.cause(), frame.registers());
  }

  @Test
  void everyColumnButTheClassIsReadBack() {
    Set<FrameColumn> read = EnumSet.noneOf(FrameColumn.class);

    FrameCodec.assembled(watched(WHOLE, read));

    assertThat(read).isEqualTo(EnumSet.complementOf(EnumSet.of(FrameColumn.FRAME_CLASS)));
  }

  @Test
  void aModelNeedsTheColumnsOfExits() {
    Set<FrameColumn> read = EnumSet.noneOf(FrameColumn.class);

    FrameCodec.assembledExit(watched(WHOLE, read));
    FrameCodec.recordedExit(watched(WHOLE, read));

    // Without recorded columns, the entry of the event is that of the returned frame.
    read.add(FrameColumn.ENTRY);
    assertThat(FrameCodec.exitColumns()).containsExactlyInAnyOrderElementsOf(read);
  }

  @Test
  void aRawRowOfRegistersAloneIsASyscall() {
    Registers regs = Registers.ofSyscall(0x401000, 0x246);
    Map<FrameColumn, Object> values = new EnumMap<>(FrameColumn.class);
    FrameRow whole = stored(WHOLE);
    BatchRegisters.COLUMNS.forEach(it -> values.put(it, value(whole, it).orElseThrow()));
    values.put(FrameColumn.RIP, regs.rip());
    values.put(FrameColumn.RCX, regs.rcx());

    assertThat(FrameCodec.fromRawRow(new Values(values), 5))
        .isEqualTo(
            new ExitFrame(
                5,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Task.UNKNOWN,
                EntryKind.SYSCALL,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                regs,
                OptionalLong.empty(),
                OptionalLong.empty()));
  }

  @ParameterizedTest
  @EnumSource(
      value = FrameColumn.class,
      names = {"SEQ", "ENTRY", "PATH", "STAGE", "RIP", "RCX", "R11", "RFLAGS", "CS", "SS"})
  void aRowWithoutAValueThatEveryFrameHasIsRefused(FrameColumn column) {
    Values row = stored(WHOLE);
    row.of().remove(column);

    assertThatThrownBy(() -> FrameCodec.assembled(row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column " + column.key() + " has rows without a value");
  }

  @ParameterizedTest
  @EnumSource(
      value = FrameColumn.class,
      names = {"ENTRY", "PATH", "STAGE", "CAUSE", "RECORDED_ENTRY", "RECORDED_PATH"})
  void aWordThatIsUnknownIsRefused(FrameColumn column) {
    Values row = stored(WHOLE);
    row.of().put(column, "elsewhere");

    assertThatThrownBy(() -> FrameCodec.assembled(row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column " + column.key() + " holds \"elsewhere\", which is unknown");
  }

  /** A row that is a map. */
  private record Values(Map<FrameColumn, Object> of) implements FrameRow {

    @Override
    public OptionalLong number(FrameColumn column) {
      return of.get(column) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    @Override
    public Optional<String> text(FrameColumn column) {
      return Optional.ofNullable((String) of.get(column));
    }
  }

  private static Values stored(ExitFrame frame) {
    Map<FrameColumn, Object> values = new EnumMap<>(FrameColumn.class);
    FrameRow row = FrameCodec.row(frame);
    for (FrameColumn column : FrameColumn.values()) {
      value(row, column).ifPresent(it -> values.put(column, it));
    }
    return new Values(values);
  }

  private static Optional<Object> value(FrameRow row, FrameColumn column) {
    if (column.kind() == Kind.TEXT) {
      return row.text(column).map(Object.class::cast);
    }
    OptionalLong number = row.number(column);
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  /** The first row as it is written. */
  private static FrameRow written(ColumnarFrames rows) {
    return new FrameRow() {
      @Override
      public OptionalLong number(FrameColumn column) {
        boolean rare = column.presence() == Presence.RARE;
        return rows.unusual(column).get(0) == rare
            ? OptionalLong.of(rows.block(column, 0)[0])
            : OptionalLong.empty();
      }

      @Override
      public Optional<String> text(FrameColumn column) {
        OptionalLong number = number(column);
        return number.isPresent() ? Optional.of(rows.text(number.getAsLong())) : Optional.empty();
      }
    };
  }

  private static FrameRow watched(ExitFrame frame, Set<FrameColumn> read) {
    FrameRow row = FrameCodec.row(frame);
    return new FrameRow() {
      @Override
      public OptionalLong number(FrameColumn column) {
        read.add(column);
        return row.number(column);
      }

      @Override
      public Optional<String> text(FrameColumn column) {
        read.add(column);
        return row.text(column);
      }
    };
  }

  @Provide
  Arbitrary<ExitFrame> frames() {
    return Combinators.combine(
            states(), tasks(), numbers(), numbers(), numbers(), numbers(), texts(), assemblies())
        .as(
            (state, task, time, cpu, syscall, result, event, assembly) ->
                new ExitFrame(
                    result.orElse(0),
                    time,
                    cpu,
                    task,
                    state.entry(),
                    event,
                    syscall,
                    result,
                    state.registers(),
                    state.rsp(),
                    state.rax(),
                    assembly));
  }

  private static Arbitrary<Assembly> assemblies() {
    return Combinators.combine(
            Arbitraries.of(EntryPath.class),
            Arbitraries.of(Stage.class),
            Arbitraries.of(Cause.class).optional(),
            states().optional(0.3))
        .as(
            (path, stage, cause, recorded) ->
                new Assembly(
                    path,
                    stage == Stage.AMENDED && recorded.isEmpty() ? Stage.FINAL : stage,
                    cause,
                    recorded));
  }

  private static Arbitrary<Recorded> states() {
    return Combinators.combine(
            Arbitraries.of(EntryKind.class),
            Arbitraries.of(EntryPath.class),
            registers(),
            numbers(),
            numbers())
        .as(Recorded::new);
  }

  private static Arbitrary<Registers> registers() {
    Arbitrary<Long> any = Arbitraries.longs();
    return Combinators.combine(any, any, any, any, any, any).as(Registers::new);
  }

  private static Arbitrary<Task> tasks() {
    return Combinators.combine(numbers(), numbers(), texts()).as(Task::new);
  }

  private static Arbitrary<OptionalLong> numbers() {
    return Arbitraries.longs()
        .optional(0.8)
        .map(it -> it.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }

  private static Arbitrary<Optional<String>> texts() {
    return Arbitraries.strings().ofMaxLength(16).optional(0.8);
  }
}
