package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Comparator;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;

/**
 * A trace file or store that holds no record at all.
 *
 * @param source as the user named it
 * @param isPrinted whether it is the text of perf script, which may have failed to print the
 *     records
 */
public record EmptyInput(String source, boolean isPrinted)
    implements Comparable<EmptyInput>, Serializable {

  private static final Comparator<EmptyInput> ORDER =
      Comparator.comparing(EmptyInput::source).thenComparing(EmptyInput::isPrinted);

  /** The trace file, of which nothing was read. */
  public static EmptyInput of(TraceInput trace) {
    return new EmptyInput(trace.file(), trace.format() == TraceFormat.PERF_SCRIPT);
  }

  @Override
  public int compareTo(EmptyInput other) {
    return ORDER.compare(this, other);
  }
}
