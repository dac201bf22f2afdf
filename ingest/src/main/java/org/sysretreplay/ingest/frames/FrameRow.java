package org.sysretreplay.ingest.frames;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One row with the columns of frames, whatever holds it: a batch, a row of Spark, a map, a frame.
 * Who has a row for {@link FrameCodec} to read implements these two methods.
 */
public interface FrameRow {

  /** The number in a column of numbers; empty where the row has none. */
  OptionalLong number(FrameColumn column);

  /** The text in a column of texts; empty where the row has none. */
  Optional<String> text(FrameColumn column);
}
