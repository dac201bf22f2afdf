package org.sysretreplay.ingest;

import java.util.List;
import java.util.Set;

/**
 * What some lines of a text hold, and what the text says up to the last of them.
 *
 * @param events the names of the recorded events, as far as the text says
 */
record TextChunk(List<Line> entries, TraceHeader header, long lost, Set<String> events)
    implements ChunkSource.Chunk {

  /** Of a text of which nothing was read. */
  static final TextChunk NOTHING = new TextChunk(List.of(), TraceHeader.EMPTY, 0, Set.of());

  /**
   * What a line holds.
   *
   * @param sample null where it is none
   * @param record what the sample is by itself, or else the line
   */
  record Line(Sample sample, TraceRecord record) {}
}
