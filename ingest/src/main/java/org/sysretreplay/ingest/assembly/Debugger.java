package org.sysretreplay.ingest.assembly;

import java.util.Optional;
import org.sysretreplay.ingest.assembly.ThreadState.Call;

/** Applies ptrace calls to the threads that they debug (sheet 5.7, 5.8). */
final class Debugger {

  private final Threads threads;

  Debugger(Threads threads) {
    this.threads = threads;
  }

  /**
   * Applies a ptrace call at its start if it resumes a thread, because that thread may come to its
   * next event before the call returns.
   */
  void takeStart(Call started) {
    // A lambda that captures would be made for every system call, and hardly any is a ptrace.
    Optional<PtraceCall> call = PtraceCall.of(started);
    if (call.isPresent()) {
      resume(call.get());
    }
  }

  private void resume(PtraceCall call) {
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

  /**
   * Starting or ending single steps writes TF of the stopped frame, which the open frame may be.
   */
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

  /**
   * Applies a ptrace call at its successful end if it wrote registers of a thread, which stays
   * stopped during the call.
   */
  void takeSuccess(Call ended) {
    Optional<PtraceCall> call = PtraceCall.of(ended);
    if (call.isPresent()) {
      edit(call.get());
    }
  }

  private void edit(PtraceCall call) {
    ThreadState thread = threads.ifSeen(call.tid());
    if (thread == null || call.effect() != PtraceCall.Effect.EDIT) {
      return;
    }
    OpenFrame open = thread.open();
    if (open != null && isStoppedAtExit(open, thread)) {
      call.written(open.registers()).ifPresentOrElse(open::edit, open::edit);
      return;
    }
    // The thread may be stopped at the entry of a syscall whose event is not recorded yet.
    thread.editBeforeExit();
    if (open != null) {
      open.doubt();
    }
  }

  /** Whether the thread is still stopped at the syscall exit of its open frame. */
  private static boolean isStoppedAtExit(OpenFrame open, ThreadState thread) {
    return open.isOfSyscall() && thread.traced() && !thread.isResumed();
  }
}
