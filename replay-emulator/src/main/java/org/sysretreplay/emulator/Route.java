package org.sysretreplay.emulator;

import java.util.List;

/** What the kernel's code does on one {@link EntryPath}, before any register is looked at. */
public enum Route {
  /** SYSRET without a look at the registers, as long as no work flag is set (sheet 0). */
  FAST("SYSRET, unchecked"),
  /** The register check decides between SYSRET and IRET. */
  CHECK("checked"),
  /** Always IRET. */
  IRET("IRET"),
  /** Always ERETU, the FRED return. */
  ERETU("ERETU"),
  /**
   * The unchecked return to 32-bit code, as long as no work flag is set but audit's: SYSRETL, or
   * SYSEXIT after SYSENTER up to 4.0; int $0x80 never takes it, and alone can have a CS other than
   * 0x23 (sheet 3.4, COMPAT-1, and 12.1).
   */
  COMPAT_FAST("SYSEXIT/SYSRETL, or as int $0x80"),
  /** A check of its own decides between SYSRETL and IRET (sheet 3.4, COMPAT-2 and COMPAT-3). */
  COMPAT_CHECK("SYSRETL or IRET");

  private final String sentence;

  Route(String sentence) {
    this.sentence = sentence;
  }

  /** This route for those paths, as a part of a kernel's {@link Routes}. */
  Routes.Share on(EntryPath... paths) {
    return new Routes.Share(this, List.of(paths));
  }

  /** How the frame leaves the kernel, as a cell of a table. */
  public String sentence() {
    return sentence;
  }
}
