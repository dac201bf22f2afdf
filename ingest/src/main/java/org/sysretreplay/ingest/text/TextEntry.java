package org.sysretreplay.ingest.text;

import java.util.function.Consumer;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.trace.TraceRecord;

/** What one record of a text gives, for records that give anything. */
sealed interface TextEntry {

  /** A sample that is certainly no reject. */
  record Sampled(Sample sample) implements TextEntry {}

  /**
   * A sample that may be a reject, which depends on the lines before it.
   *
   * @param excerpt the start of the line
   * @param cutOff whether the text ends where its registers should stand
   */
  record Doubtful(Sample sample, String excerpt, boolean cutOff) implements TextEntry {}

  /** A sample, and the record that it was interpreted as. */
  record Interpreted(Sample sample, TraceRecord record) implements TextEntry {}

  /** A record that is no sample: a frame, an ignored line or a reject. */
  record NonSample(TraceRecord record) implements TextEntry {}

  /** A fact about the trace, to be added to what is known of it. */
  record Remark(Consumer<TextFacts> addTo) implements TextEntry {}
}
