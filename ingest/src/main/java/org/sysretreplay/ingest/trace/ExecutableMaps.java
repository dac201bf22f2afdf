package org.sysretreplay.ingest.trace;

import java.util.List;

/**
 * The mappings of executable code in the processes of a trace, in the order of time.
 *
 * @param maps no more than {@link #MOST}
 * @param leftOut how many were recorded but are missing here, because there were too many, the path
 *     was too long, or the record was damaged
 */
public record ExecutableMaps(List<ExecutableMap> maps, long leftOut) {

  /** For a trace without mappings. */
  public static final ExecutableMaps NONE = new ExecutableMaps(List.of(), 0);

  /**
   * How many mappings of one trace are kept, as many as a build has that starts ten thousand
   * compilers.
   */
  public static final int MOST = 1 << 17;

  /** The longest path of a file in the kernel, in characters. */
  public static final int LONGEST_PATH = 4096;

  public ExecutableMaps {
    maps = List.copyOf(maps);
  }

  /** Whether the trace has no mappings at all. */
  public boolean isEmpty() {
    return maps.isEmpty() && leftOut == 0;
  }
}
