package org.sysretreplay.ingest.sample;

import java.util.OptionalLong;

/** What an event carries beside the registers, as far as it tells of a thread's way back. */
public sealed interface EventFields {

  /** Nothing that is needed. */
  EventFields NONE = new None();

  /** Of an event whose own fields are not needed. */
  record None() implements EventFields {}

  /**
   * Of {@code raw_syscalls:sys_enter}.
   *
   * @param number the syscall's number
   * @param first its first argument, and so on
   */
  record SyscallEnter(long number, long first, long second, long third, long fourth)
      implements EventFields {}

  /**
   * Of {@code raw_syscalls:sys_exit}.
   *
   * @param number the syscall's number, or -1 as rt_sigreturn shows itself
   * @param result what it returns
   */
  record SyscallExit(OptionalLong number, OptionalLong result) implements EventFields {}

  /**
   * Of {@code signal:signal_deliver}.
   *
   * @param signal the signal's number
   * @param handler the address of the handler, or 0 (default action) or 1 (ignored)
   * @param flags how it was installed, {@code sa_flags}; 0 where that was not recorded
   */
  record SignalDelivered(long signal, long handler, long flags) implements EventFields {

    private static final long SIG_IGN = 1;

    /**
     * {@code SA_IA32_ABI}, which the kernel itself sets where 32-bit code installed the handler;
     * kernels up to 4.8 do not have it (kernel file arch/x86/include/asm/signal.h).
     */
    private static final long BY_32_BIT_CODE = 0x0200_0000;

    /** The first address that 32-bit code does not have. */
    private static final long END_OF_32_BIT = 1L << 32;

    /** Whether the program runs a handler. */
    public boolean hasHandler() {
      return Long.compareUnsigned(handler, SIG_IGN) > 0;
    }

    /** Whether it is sure that the handler runs as 32-bit code. */
    public boolean isFor32BitCode() {
      return (flags & BY_32_BIT_CODE) != 0;
    }

    /** Whether the handler lies where only 64-bit code can. */
    public boolean isAbove32Bit() {
      return Long.compareUnsigned(handler, END_OF_32_BIT) >= 0;
    }
  }

  /**
   * Of {@code rseq:rseq_ip_fixup}.
   *
   * @param ip where the thread was
   * @param abortIp where it goes on
   */
  record RseqAborted(long ip, long abortIp) implements EventFields {}
}
