package org.sysretreplay.ingest.assembly;

/** What ptrace calls do to the threads that they are about (sheet 5.7, 5.8). */
final class Debugger {

  private final Threads threads;

  Debugger(Threads threads) {
    this.threads = threads;
  }

  /**
   * The call has begun: a thread that it lets run on may come to its next event before it returns.
   */
  void resume(PtraceCall call) {
    ThreadState thread = threads.ifSeen(call.tid());
    if (thread != null) {
      switch (call.effect()) {
        case RESUME -> resume(thread, false, false);
        case RESUME_TRACED -> resume(thread, true, false);
        case RESUME_STEPPED -> resume(thread, true, true);
        case NONE, EDIT -> {
          // It stays stopped.
        }
      }
    }
  }

  /** Where stepping begins or ends, TF of the stopped frame is written, if it still is this one. */
  private static void resume(ThreadState thread, boolean traced, boolean stepped) {
    OpenFrame open = thread.open();
    if (open != null
        && !thread.isResumed()
        && (stepped || thread.stepped())
        && open.isStepped() != stepped) {
      open.doubt();
    }
    thread.resumed(traced, stepped);
  }

  /** The call has succeeded: registers of a thread were written, which is stopped all the while. */
  void edit(PtraceCall call) {
    ThreadState thread = threads.ifSeen(call.tid());
    if (thread == null || call.effect() != PtraceCall.Effect.EDIT) {
      return;
    }
    OpenFrame open = thread.open();
    if (open != null && isStoppedAtExit(open, thread)) {
      call.written(open.registers()).ifPresentOrElse(open::edit, open::edit);
      return;
    }
    // The stop at a syscall's entry comes before its event, and may be the one that this is at.
    thread.editBeforeExit();
    if (open != null) {
      open.doubt();
    }
  }

  /** Whether the thread cannot have gone on since the exit that its debugger has it stop at. */
  private static boolean isStoppedAtExit(OpenFrame open, ThreadState thread) {
    return open.isOfSyscall() && thread.traced() && !thread.isResumed();
  }
}
