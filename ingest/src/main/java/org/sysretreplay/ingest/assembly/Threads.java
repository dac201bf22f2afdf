package org.sysretreplay.ingest.assembly;

import java.util.LinkedHashMap;
import java.util.Map;

/** The threads of a trace; of very many, those that were not seen for long are forgotten. */
final class Threads {

  private static final int MAX_THREADS = 1 << 16;

  private final Map<Long, ThreadState> states =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ThreadState> eldest) {
          boolean tooMany = size() > MAX_THREADS;
          if (tooMany) {
            forget(eldest.getValue());
          }
          return tooMany;
        }
      };

  /** The last thread, whose events mostly come in bursts; null before the first. */
  private ThreadState last;

  private long lastTid;

  private static void forget(ThreadState thread) {
    OpenFrame open = thread.takeOpen();
    if (open != null) {
      open.close(false);
    }
  }

  /** The thread of that number, which is now the last that was seen. */
  ThreadState seen(long tid) {
    if (last == null || tid != lastTid) {
      last = states.computeIfAbsent(tid, it -> new ThreadState());
      lastTid = tid;
    }
    return last;
  }

  /** The thread of that number, which is now the last that was seen; null where it was never. */
  ThreadState ifSeen(long tid) {
    last = null;
    return states.get(tid);
  }
}
