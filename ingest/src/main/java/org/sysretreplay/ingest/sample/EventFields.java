package org.sysretreplay.ingest.sample;

import java.util.OptionalLong;

/** The fields of an event that matter for a thread's way back to user space. */
public sealed interface EventFields {

  /** No fields. */
  EventFields NONE = new None();

  /** An event whose fields do not matter. */
  record None() implements EventFields {}

  /**
   * The fields of {@code raw_syscalls:sys_enter}.
   *
   * @param number the syscall's number
   * @param first its first argument; the others follow
   */
  record SyscallEnter(long number, long first, long second, long third, long fourth)
      implements EventFields {

    /**
     * Of a syscall whose number and arguments the trace does not have; no syscall has its number.
     */
    public static final SyscallEnter UNREADABLE = new SyscallEnter(Long.MIN_VALUE, 0, 0, 0, 0);
  }

  /**
   * The fields of {@code raw_syscalls:sys_exit}.
   *
   * @param number the syscall's number; -1 for rt_sigreturn
   * @param result its result
   */
  record SyscallExit(OptionalLong number, OptionalLong result) implements EventFields {}

  /**
   * The fields of {@code signal:signal_deliver}.
   *
   * @param signal the signal's number
   * @param handler the address of the handler, or 0 (default action) or 1 (ignored)
   * @param flags {@code sa_flags} of the handler's installation; 0 if not recorded
   */
  record SignalDelivered(long signal, long handler, long flags) implements EventFields {

    private static final long SIG_IGN = 1;

    /** It ends every thread of a process, and no thread can catch it. */
    private static final long SIGKILL = 9;

    /**
     * {@code SA_IA32_ABI}, which the kernel itself sets where 32-bit code installed the handler;
     * kernels up to 4.8 do not have it (kernel file arch/x86/include/asm/signal.h).
     */
    private static final long BY_32_BIT_CODE = 0x0200_0000;

    /** The first address that 32-bit code cannot reach. */
    private static final long END_OF_32_BIT = 1L << 32;

    /** Whether the program runs a handler. */
    public boolean hasHandler() {
      return Long.compareUnsigned(handler, SIG_IGN) > 0;
    }

    /** Whether the signal ends the thread for certain. */
    public boolean endsThread() {
      return signal == SIGKILL;
    }

    /** Whether the handler certainly runs as 32-bit code. */
    public boolean isFor32BitCode() {
      return (flags & BY_32_BIT_CODE) != 0;
    }

    /** Whether the handler lies where only 64-bit code can. */
    public boolean isAbove32Bit() {
      return Long.compareUnsigned(handler, END_OF_32_BIT) >= 0;
    }
  }

  /**
   * The fields of {@code rseq:rseq_ip_fixup}.
   *
   * @param ip the address where the thread was interrupted
   * @param abortIp the address where it goes on
   */
  record RseqAborted(long ip, long abortIp) implements EventFields {}
}
