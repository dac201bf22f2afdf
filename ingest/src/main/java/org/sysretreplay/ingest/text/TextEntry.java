package org.sysretreplay.ingest.text;

import java.util.function.Consumer;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.trace.TraceRecord;

/** What one line of a text holds, of those that hold anything. */
sealed interface TextEntry {

  /** A sample that is surely no reject. */
  record Sampled(Sample sample) implements TextEntry {}

  /**
   * A sample that may be a reject, as the lines before it say.
   *
   * @param excerpt the start of the line
   */
  record Doubtful(Sample sample, String excerpt) implements TextEntry {}

  /** A sample, and what it is by itself. */
  record Judged(Sample sample, TraceRecord record) implements TextEntry {}

  /** What is no sample, or none that can be read. */
  record Whole(TraceRecord record) implements TextEntry {}

  /** What is said of the trace. */
  record Remark(Consumer<TextFacts> addTo) implements TextEntry {}
}
