package org.sysretreplay.ingest;

import java.util.function.Consumer;

/** What one line of a text holds, of those that hold anything. */
sealed interface TextEntry {

  /**
   * A sample.
   *
   * @param excerpt the start of the line; null where the sample is surely no reject
   */
  record Sampled(Sample sample, String excerpt) implements TextEntry {}

  /** What is no sample, or none that can be read. */
  record Whole(TraceRecord record) implements TextEntry {}

  /** What is said of the trace. */
  record Remark(Consumer<TextFacts> addTo) implements TextEntry {}
}
