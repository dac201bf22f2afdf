package org.sysretreplay.ingest.assembly;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The states of the threads of a trace. If there are very many, those not seen for longest are
 * forgotten.
 */
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

  /**
   * The thread that was seen last, since events of a thread come in bursts; null if that is not
   * known.
   */
  private ThreadState last;

  private long lastTid;

  private static void forget(ThreadState thread) {
    OpenFrame open = thread.takeOpen();
    if (open != null) {
      open.close(false);
    }
  }

  /** The thread of that number, which is new if it was never seen. */
  ThreadState seen(long tid) {
    if (last == null || tid != lastTid) {
      last = states.computeIfAbsent(tid, it -> new ThreadState());
      lastTid = tid;
    }
    return last;
  }

  /** The thread of that number; null if it was never seen. */
  ThreadState ifSeen(long tid) {
    last = null;
    return states.get(tid);
  }
}
