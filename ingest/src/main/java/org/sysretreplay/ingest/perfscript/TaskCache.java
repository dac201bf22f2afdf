package org.sysretreplay.ingest.perfscript;

import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.sample.OptionalLongCache;
import org.sysretreplay.ingest.text.WordCache;

/** A cache of threads, because many lines in a row are of the same thread. */
final class TaskCache {

  private static final int KNOWN = 1 << 8;

  private record Known(boolean withPid, long pid, long tid, Optional<String> comm, Task task) {}

  private final WordCache<Optional<String>> names =
      new WordCache<>(it -> Optional.of(it.stripLeading()));
  private final Known[] known = new Known[KNOWN];

  /** The thread of a line. */
  Task of(byte[] line, int lineStart, LineStart start) {
    Optional<String> comm = comm(line, lineStart, start.commEnd());
    int slot = (int) start.tid() & KNOWN - 1;
    Known last = known[slot];
    if (last == null || !isOf(last, start, comm)) {
      last = known(start, comm);
      known[slot] = last;
    }
    return last.task();
  }

  private Optional<String> comm(byte[] line, int start, int end) {
    return end == start ? Optional.empty() : names.get(line, nameStart(line, start, end), end);
  }

  /** The start of the name behind the blanks that align it. */
  private static int nameStart(byte[] line, int from, int end) {
    int start = from;
    while (start < end && line[start] == ' ') {
      start++;
    }
    return start;
  }

  private static boolean isOf(Known task, LineStart start, Optional<String> comm) {
    return task.withPid() == start.withPid()
        && task.pid() == start.pid()
        && task.tid() == start.tid()
        && task.comm().equals(comm);
  }

  private static Known known(LineStart start, Optional<String> comm) {
    OptionalLong pid = start.withPid() ? OptionalLongCache.of(start.pid()) : OptionalLongCache.NONE;
    Task task = new Task(pid, OptionalLongCache.of(start.tid()), comm);
    return new Known(start.withPid(), start.pid(), start.tid(), comm, task);
  }
}
