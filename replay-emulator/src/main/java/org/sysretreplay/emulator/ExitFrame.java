package org.sysretreplay.emulator;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One recorded return to user space: the user-visible registers that the kernel is about to return
 * to, and where they were seen.
 *
 * @param seq the frame's number in its trace, counted from 0 in time order
 * @param timeNanos nanoseconds on the recorder's clock
 * @param cpu the CPU that it was seen on
 * @param event the recorder's name of the event, as in {@code raw_syscalls:sys_exit}
 * @param syscall the number of the syscall that returns, as far as its thread's events tell; -1 is
 *     how rt_sigreturn shows itself (sheet 6.2)
 * @param result what the syscall returned
 * @param registers what is returned to
 * @param rsp takes no part in any verdict (sheet 2.2, step 7); absent where an amendment changed it
 *     and the trace does not say how
 * @param rax takes no part in any verdict
 * @param assembly what happened to the frame between its event and the return
 * @param count how many exits the frame stands for, from 1 to {@link #MOST_EXITS}; more than 1
 *     where exits that are alike were counted together when they were recorded
 */
public record ExitFrame(
    long seq,
    OptionalLong timeNanos,
    OptionalLong cpu,
    Task task,
    EntryKind entry,
    Optional<String> event,
    OptionalLong syscall,
    OptionalLong result,
    Registers registers,
    OptionalLong rsp,
    OptionalLong rax,
    Assembly assembly,
    long count)
    implements Exit {

  /** The most exits that one frame may stand for, so that sums over frames do not overflow. */
  public static final long MOST_EXITS = 1_000_000_000_000L;

  private static final OptionalLong SIGRETURN = OptionalLong.of(Syscall.SIGRETURN);

  public ExitFrame {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(registers, "registers");
    Objects.requireNonNull(assembly, "assembly");
    if (!isCount(count)) {
      throw new IllegalArgumentException("a frame of " + count + " exits");
    }
  }

  /** Whether a frame may stand for so many exits. */
  public static boolean isCount(long exits) {
    return exits >= 1 && exits <= MOST_EXITS;
  }

  /** A frame of one exit. */
  public ExitFrame(
      long seq,
      OptionalLong timeNanos,
      OptionalLong cpu,
      Task task,
      EntryKind entry,
      Optional<String> event,
      OptionalLong syscall,
      OptionalLong result,
      Registers registers,
      OptionalLong rsp,
      OptionalLong rax,
      Assembly assembly) {
    this(
        seq, timeNanos, cpu, task, entry, event, syscall, result, registers, rsp, rax, assembly, 1);
  }

  /**
   * A frame of one exit that returned as it was recorded: nothing came between its event and the
   * return.
   */
  public ExitFrame(
      long seq,
      OptionalLong timeNanos,
      OptionalLong cpu,
      Task task,
      EntryKind entry,
      Optional<String> event,
      OptionalLong syscall,
      OptionalLong result,
      Registers registers,
      OptionalLong rsp,
      OptionalLong rax) {
    this(
        seq,
        timeNanos,
        cpu,
        task,
        entry,
        event,
        syscall,
        result,
        registers,
        rsp,
        rax,
        Assembly.alone(
            entry,
            EntryPath.of(entry, registers, syscall, result),
            registers,
            syscall,
            Stage.FINAL));
  }

  /** This frame as {@link Stage#EARLY}: nothing in the trace says what came after its event. */
  public ExitFrame early() {
    return with(seq, new Assembly(path(), Stage.EARLY, cause(), assembly.recorded()));
  }

  /** The number of the syscall as the event alone shows it. */
  public OptionalLong recordedSyscall() {
    return assembly.recorded().isPresent()
        ? recordedSyscall(assembly.recorded().get().path(), syscall)
        : syscall;
  }

  /**
   * The number of a syscall as its event alone shows it.
   *
   * @param recorded the way back that the event alone shows
   * @param syscall the number that is known by the thread's other events
   */
  public static OptionalLong recordedSyscall(EntryPath recorded, OptionalLong syscall) {
    return recorded == EntryPath.RT_SIGRETURN ? SIGRETURN : syscall;
  }

  /** This frame with another {@link #seq}. */
  public ExitFrame numbered(long number) {
    return with(number, assembly);
  }

  private ExitFrame with(long number, Assembly by) {
    return new ExitFrame(
        number, timeNanos, cpu, task, entry, event, syscall, result, registers, rsp, rax, by,
        count);
  }

  /** This frame as one that stands for so many exits. */
  public ExitFrame counted(long exits) {
    return new ExitFrame(
        seq, timeNanos, cpu, task, entry, event, syscall, result, registers, rsp, rax, assembly,
        exits);
  }

  @Override
  public EntryPath path() {
    return assembly.path();
  }

  @Override
  public Optional<Cause> cause() {
    return assembly.cause();
  }

  /** The thread that returns; each part is absent where the recording does not have it. */
  public record Task(OptionalLong pid, OptionalLong tid, Optional<String> comm) {

    /** A thread about which nothing is known. */
    public static final Task UNKNOWN =
        new Task(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

    /** How perf writes every thread that has ended, but still runs in the kernel. */
    private static final long ENDED = -1;

    /**
     * The thread's number, if it tells the thread from all others. Number 0 does not: it stands for
     * every thread outside of the PID namespace of the recorder. The idle threads have it, too, but
     * never return to user space. Nor does number -1, which all threads have that have ended.
     */
    public OptionalLong thread() {
      boolean ofMany = tid.isPresent() && (tid.getAsLong() == 0 || hasEnded());
      return ofMany ? OptionalLong.empty() : tid;
    }

    /** Whether the thread has ended, so that it does not return to user space any more. */
    public boolean hasEnded() {
      return tid.isPresent() && tid.getAsLong() == ENDED;
    }
  }
}
