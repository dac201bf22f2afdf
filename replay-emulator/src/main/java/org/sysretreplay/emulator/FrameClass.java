package org.sysretreplay.emulator;

import java.util.Optional;

/**
 * All that verdicts and tallies depend on in a frame, and no verdict itself: frames of one class
 * count alike whatever is asked of them, so a class is judged once for all of its frames.
 *
 * @param entry how the kernel was entered
 * @param path the way back that the frame takes
 * @param stage how sure the registers are
 * @param cause what keeps the frame from SYSRET, if anything does
 */
public record FrameClass(
    EntryKind entry, EntryPath path, Stage stage, Optional<Cause> cause, RegisterFacts facts)
    implements Exit {

  private static final int ENTRY_SHIFT = RegisterFacts.BITS;
  private static final int PATH_SHIFT = ENTRY_SHIFT + 3;
  private static final int CAUSE_SHIFT = PATH_SHIFT + 5;
  private static final int STAGE_SHIFT = CAUSE_SHIFT + 5;

  private static final EntryKind[] ENTRIES = EntryKind.values();
  private static final EntryPath[] PATHS = EntryPath.values();

  /** By its number; none where no cause has it. */
  private static final Cause[] CAUSES = new Cause[1 << 5];

  static {
    for (Cause cause : Cause.values()) {
      CAUSES[cause.number()] = cause;
    }
  }

  private static final Stage[] STAGES = Stage.values();

  /** The class of a frame. */
  public static FrameClass of(ExitFrame frame) {
    return ofCode(code(frame));
  }

  /** The number of the frame's class, without building it. */
  public static long code(ExitFrame frame) {
    Registers regs = frame.registers();
    return code(
        frame.entry(),
        frame.path(),
        frame.assembly().stage(),
        frame.cause(),
        RegisterFacts.bits(
            regs.rip(), regs.rcx(), regs.r11(), regs.rflags(), regs.cs(), regs.ss()));
  }

  /**
   * The number of a class; equal for equal classes, never negative, below 2^34. FORMATS.md lays out
   * its bits.
   */
  public static long code(
      EntryKind entry, EntryPath path, Stage stage, Optional<Cause> cause, int facts) {
    int ofCause = cause.isPresent() ? cause.get().number() : 0;
    return facts
        | (long) entry.ordinal() << ENTRY_SHIFT
        | (long) path.ordinal() << PATH_SHIFT
        | (long) ofCause << CAUSE_SHIFT
        | (long) stage.ordinal() << STAGE_SHIFT;
  }

  /**
   * The class of that number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FrameClass ofCode(long code) {
    int cause = field(code, CAUSE_SHIFT, 5, CAUSES.length);
    if (cause != 0 && CAUSES[cause] == null) {
      throw none(code);
    }
    return new FrameClass(
        ENTRIES[field(code, ENTRY_SHIFT, 3, ENTRIES.length)],
        PATHS[field(code, PATH_SHIFT, 5, PATHS.length)],
        STAGES[field(code, STAGE_SHIFT, Long.SIZE - STAGE_SHIFT, STAGES.length)],
        cause == 0 ? Optional.empty() : CAUSES[cause].present(),
        new RegisterFacts(field(code, 0, RegisterFacts.BITS, 1 << RegisterFacts.BITS)));
  }

  private static int field(long code, int shift, int width, int values) {
    long field = code << Long.SIZE - shift - width >>> Long.SIZE - width;
    if (field >= values) {
      throw none(code);
    }
    return (int) field;
  }

  private static IllegalArgumentException none(long code) {
    return new IllegalArgumentException("no frame has the class " + Hex.of(code));
  }

  /** The number of this class. */
  public long code() {
    return code(entry, path, stage, cause, facts.bits());
  }

  /** Some registers that frames of this class may have. */
  @Override
  public Registers registers() {
    return facts.registers();
  }
}
