package org.sysretreplay.emulator;

/** User segment selectors of 64-bit Linux (sheet, constants; kernel file asm/segment.h). */
public final class Selector {

  /** {@code __USER32_CS}: 32-bit user code. */
  public static final int USER32_CS = 0x23;

  /** {@code __USER_DS}: user data and stack. */
  public static final int USER_DS = 0x2b;

  /** {@code __USER_CS}: 64-bit user code. */
  public static final int USER_CS = 0x33;

  /** The selector that Xen itself gives to 64-bit user code of its PV guests (sheet 3.3). */
  public static final int XEN_USER_CS = 0xe033;

  private static final int RPL = 3;
  static final int TABLE_INDICATOR = 4;
  private static final int ENTRY_SHIFT = 3;
  private static final int FIRST_THREAD_LOCAL = 12;
  private static final int LAST_THREAD_LOCAL = 14;

  private Selector() {}

  /** The selector in a 64-bit slot: its low 16 bits. */
  public static int in(long slot) {
    return (int) slot & 0xffff;
  }

  /** The privilege level that the selector asks for, 0 to 3. */
  public static int privilege(int selector) {
    return selector & RPL;
  }

  /** Whether the selector is one of the four null selectors. */
  public static boolean isNull(int selector) {
    return (selector & ~RPL) == 0;
  }

  /**
   * Whether the selector names a GDT entry that each thread can fill for itself by set_thread_area:
   * 0x63, 0x6b or 0x73.
   */
  public static boolean isThreadLocal(int selector) {
    int entry = selector >>> ENTRY_SHIFT;
    return privilege(selector) == RPL
        && !isLocal(selector)
        && entry >= FIRST_THREAD_LOCAL
        && entry <= LAST_THREAD_LOCAL;
  }

  /** Whether the selector points into the process's own table, the LDT. */
  public static boolean isLocal(int selector) {
    return (selector & TABLE_INDICATOR) != 0;
  }
}
