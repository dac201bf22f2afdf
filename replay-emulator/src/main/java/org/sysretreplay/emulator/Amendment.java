package org.sysretreplay.emulator;

/** What changed a frame between its event and the return to user space (sheet 6.1, step 6). */
public enum Amendment {
  /** A signal was delivered: the frame starts the handler (sheet 5.2). */
  SIGNAL_DELIVERY,
  /** The syscall is made again: RIP went back to its instruction (sheet 5.3). */
  RESTART,
  /** A restartable sequence was cut off: RIP went to its abort handler (sheet 5.12). */
  RSEQ_ABORT,
  /** A debugger wrote a register (sheet 5.7). */
  PTRACE_EDIT
}
