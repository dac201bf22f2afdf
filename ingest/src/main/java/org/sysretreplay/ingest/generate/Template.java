package org.sysretreplay.ingest.generate;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;

/**
 * A template for generated frames: a recorded frame without the values that are drawn anew for
 * every frame.
 *
 * @param frame the frame with number 0. Its time, CPU, process and thread are 0 if generated frames
 *     have them, and absent if they do not. Its addresses are those of a program at fixed places
 */
public record Template(ExitFrame frame) {

  private static final OptionalLong DRAWN = OptionalLong.of(0);

  /** The values that are drawn for every frame, named like the columns. */
  enum Drawn {
    TS_NS,
    CPU,
    PID,
    TID
  }

  public Template {
    if (!frame.equals(drawnAnew(frame))) {
      throw new IllegalArgumentException("a frame with a number, a time or a place of its own");
    }
  }

  /** The template of a recorded frame. */
  static Template of(ExitFrame frame) {
    return new Template(drawnAnew(frame));
  }

  private static ExitFrame drawnAnew(ExitFrame frame) {
    Task task = frame.task();
    return with(
        frame,
        zero(frame.timeNanos()),
        zero(frame.cpu()),
        new Task(zero(task.pid()), zero(task.tid()), task.comm()));
  }

  private static OptionalLong zero(OptionalLong value) {
    return value.isPresent() ? DRAWN : value;
  }

  private static ExitFrame with(ExitFrame of, OptionalLong time, OptionalLong cpu, Task task) {
    return new ExitFrame(
        0,
        time,
        cpu,
        task,
        of.entry(),
        of.event(),
        of.syscall(),
        of.result(),
        of.registers(),
        of.rsp(),
        of.rax(),
        of.assembly());
  }

  /** This template for frames without these values. */
  Template without(Set<Drawn> absent) {
    Task task = new Task(given(Drawn.PID, absent), given(Drawn.TID, absent), frame.task().comm());
    return new Template(with(frame, given(Drawn.TS_NS, absent), given(Drawn.CPU, absent), task));
  }

  private static OptionalLong given(Drawn drawn, Set<Drawn> absent) {
    return absent.contains(drawn) ? OptionalLong.empty() : DRAWN;
  }

  /** The values that frames of this template do not have. */
  Set<Drawn> absent() {
    EnumSet<Drawn> absent = EnumSet.noneOf(Drawn.class);
    addIfAbsent(frame.timeNanos(), Drawn.TS_NS, absent);
    addIfAbsent(frame.cpu(), Drawn.CPU, absent);
    addIfAbsent(frame.task().pid(), Drawn.PID, absent);
    addIfAbsent(frame.task().tid(), Drawn.TID, absent);
    return absent;
  }

  private static void addIfAbsent(OptionalLong value, Drawn drawn, Set<Drawn> to) {
    if (value.isEmpty()) {
      to.add(drawn);
    }
  }

  /** The frame as its event alone showed it, if its neighbours changed it. */
  Optional<Assembly.Recorded> recorded() {
    return frame.assembly().recorded();
  }
}
