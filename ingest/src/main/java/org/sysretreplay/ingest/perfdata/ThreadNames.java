package org.sysretreplay.ingest.perfdata;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The names of threads at one moment, by perf's own rules. */
final class ThreadNames {

  private static final int IDLE_TID = 0;

  private final Map<Integer, String> names = new HashMap<>();

  ThreadNames() {
    names.put(IDLE_TID, "swapper");
  }

  void name(int tid, String comm) {
    names.put(tid, comm);
  }

  /** A new thread has its maker's name; of a maker that has none yet it learns nothing. */
  void fork(int tid, int parentTid) {
    String inherited = names.get(parentTid);
    if (inherited == null) {
      names.remove(tid);
    } else {
      names.put(tid, inherited);
    }
  }

  /** The thread's name, or {@code :tid} as perf prints it for a thread that was never named. */
  String of(OptionalLong tid) {
    int number = (int) tid.orElse(-1);
    String name = names.get(number);
    return name == null ? ":" + number : name;
  }
}
