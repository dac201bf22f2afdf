package org.sysretreplay.ingest;

import java.util.List;

/**
 * The entries of a trace, some at a time.
 *
 * @param <C> what is read at a time
 */
public interface ChunkSource<C extends ChunkSource.Chunk> extends AutoCloseable {

  /** What is read at a time. */
  interface Chunk {

    /** What stands in it, in order. */
    List<?> entries();
  }

  /** The next chunk; one without entries at the end. */
  C next();

  @Override
  void close();
}
