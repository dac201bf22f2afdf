package org.sysretreplay.ingest.frames;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One row with the columns of frames, wherever it comes from: a batch, a row of Spark, a map, a
 * frame. {@link FrameCodec} reads rows by these two methods.
 */
public interface FrameRow {

  /** The number in a column of numbers; empty if the row has none. */
  OptionalLong number(FrameColumn column);

  /** The text in a column of texts; empty if the row has none. */
  Optional<String> text(FrameColumn column);
}
