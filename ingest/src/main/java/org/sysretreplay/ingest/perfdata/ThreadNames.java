package org.sysretreplay.ingest.perfdata;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.ExitFrame.Task;

/** The names of threads at one moment of the recording, by the same rules as perf's. */
final class ThreadNames {

  private static final int IDLE_TID = 0;
  private static final int RECENT = 1 << 8;

  private final Map<Integer, String> names = new HashMap<>();

  /**
   * The last threads by the low bits of their numbers: a burst of samples of one thread shares one
   * object.
   */
  private final Known[] recent = new Known[RECENT];

  private record Known(int pid, int tid, Task task) {}

  ThreadNames() {
    names.put(IDLE_TID, "swapper");
  }

  void name(int tid, String comm) {
    names.put(tid, comm);
    forget(tid);
  }

  /** A new thread has its parent's name, or none if the parent has none. */
  void fork(int tid, int parentTid) {
    String inherited = names.get(parentTid);
    if (inherited == null) {
      names.remove(tid);
    } else {
      names.put(tid, inherited);
    }
    forget(tid);
  }

  private void forget(int tid) {
    recent[tid & RECENT - 1] = null;
  }

  /**
   * The thread with its name; one that was never named is called {@code :tid}, as perf prints it.
   */
  Task task(int pid, int tid) {
    Known known = recent[tid & RECENT - 1];
    if (known == null || known.tid() != tid || known.pid() != pid) {
      String name = names.get(tid);
      String comm = name == null ? ":" + tid : name;
      known =
          new Known(
              pid, tid, new Task(OptionalLong.of(pid), OptionalLong.of(tid), Optional.of(comm)));
      recent[tid & RECENT - 1] = known;
    }
    return known.task();
  }
}
