package org.sysretreplay.emulator;

/** What a trace cannot tell of a frame's way back, so that a verdict leaves it open. */
public enum Doubt {
  /** Sheet 3.4. The 64-bit SYSRET is not in question: 32-bit code never returns by it. */
  COMPAT_RETURN(
      "the trace does not tell a fast 32-bit entry (SYSENTER, SYSCALL) from int $0x80, nor where the"
          + " vDSO's landing pad is: it may have been SYSRETL (up to 4.0 also SYSEXIT) instead of IRET");

  private final String sentence;

  Doubt(String sentence) {
    this.sentence = sentence;
  }

  /** What is not known, as part of a sentence. */
  public String sentence() {
    return sentence;
  }
}
