package org.sysretreplay.ingest.trace;

import java.util.List;

/**
 * The code that the processes of a trace had mapped, in the order of time.
 *
 * @param maps no more than {@link #MOST}
 * @param leftOut how many were recorded and are not among them: there were too many, the path was
 *     too long, or the record was damaged
 */
public record ExecutableMaps(List<ExecutableMap> maps, long leftOut) {

  /** Of a trace that tells of none. */
  public static final ExecutableMaps NONE = new ExecutableMaps(List.of(), 0);

  /** How many of one trace are kept; a build that starts ten thousand compilers has as many. */
  public static final int MOST = 1 << 17;

  /** A kernel names no file by more characters. */
  public static final int LONGEST_PATH = 4096;

  public ExecutableMaps {
    maps = List.copyOf(maps);
  }

  /** Whether the trace told of none. */
  public boolean isEmpty() {
    return maps.isEmpty() && leftOut == 0;
  }
}
