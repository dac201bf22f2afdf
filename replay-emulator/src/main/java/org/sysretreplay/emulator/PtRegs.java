package org.sysretreplay.emulator;

/**
 * The saved registers that the exit code looks at, as unsigned 64-bit patterns.
 *
 * <p>Every slot of the kernel's {@code struct pt_regs} is 64 bits wide, the selectors too. {@link
 * Registers} is the immutable form; a reader over columns implements this view without an object
 * per frame.
 */
public interface PtRegs {

  /** The user instruction pointer to return to. */
  long rip();

  /** RCX, which SYSRET loads RIP from. */
  long rcx();

  /** R11, which SYSRET loads RFLAGS from. */
  long r11();

  /** The user flags to return with. */
  long rflags();

  /** The code segment slot; the selector is its low 16 bits. */
  long cs();

  /** The stack segment slot; the selector is its low 16 bits. */
  long ss();
}
