package org.sysretreplay.ingest.sample;

import java.util.OptionalLong;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.trace.Place;

/** One sample of an event, in whichever format it was recorded. */
public class Sample {

  private final Place.Source source;
  private final long position;
  private final EventKind kind;
  private final boolean timed;
  private final long timeNanos;
  private final OptionalLong cpu;
  private Task task;
  private final EventFields fields;
  private final UserRegisters registers;

  /**
   * A sample at that position of its file.
   *
   * @param timed whether it has a time
   * @param timeNanos the time in nanoseconds on the recorder's clock; 0 if it has none
   */
  public Sample(
      Place.Source source,
      long position,
      EventKind kind,
      boolean timed,
      long timeNanos,
      OptionalLong cpu,
      Task task,
      EventFields fields,
      UserRegisters registers) {
    this.source = source;
    this.position = position;
    this.kind = kind;
    this.timed = timed;
    this.timeNanos = timeNanos;
    this.cpu = cpu;
    this.task = task;
    this.fields = fields;
    this.registers = registers;
  }

  /** A sample of the event of that name, as in {@code raw_syscalls:sys_exit}. */
  public Sample(
      Place place,
      String event,
      OptionalLong timeNanos,
      OptionalLong cpu,
      Task task,
      EventFields fields,
      UserRegisters registers) {
    this(
        new Place.Source(place.source(), place.unit()),
        place.position(),
        EventKind.of(event),
        timeNanos.isPresent(),
        timeNanos.orElse(0),
        cpu,
        task,
        fields,
        registers);
  }

  /** Sets the thread, if it becomes known later than the rest. */
  protected final void setTask(Task thread) {
    task = thread;
  }

  /** The position in the file, in the unit of its {@link #place}. */
  public final long position() {
    return position;
  }

  /** The place in the file. */
  public final Place place() {
    return source.at(position);
  }

  /** The event's name, as in {@code raw_syscalls:sys_exit}. */
  public final String event() {
    return kind.name();
  }

  /** The event, and the facts that follow from its name. */
  public final EventKind kind() {
    return kind;
  }

  /** When it was taken, in nanoseconds on the recorder's clock. */
  public final OptionalLong timeNanos() {
    return timed ? OptionalLong.of(timeNanos) : OptionalLong.empty();
  }

  /** The same time, or {@code other} if it has none. */
  public final long timeNanosOr(long other) {
    return timed ? timeNanos : other;
  }

  /** The CPU that it was taken on. */
  public final OptionalLong cpu() {
    return cpu;
  }

  /** The thread that it is of. */
  public final Task task() {
    return task;
  }

  /** The fields of the event. */
  public final EventFields fields() {
    return fields;
  }

  /** The registers of user space. */
  public final UserRegisters registers() {
    return registers;
  }

  /** The number of the syscall that returns. */
  public final OptionalLong syscall() {
    return fields instanceof EventFields.SyscallExit exit ? exit.number() : OptionalLong.empty();
  }

  /** The result of the syscall that returns. */
  public final OptionalLong result() {
    return fields instanceof EventFields.SyscallExit exit ? exit.result() : OptionalLong.empty();
  }
}
