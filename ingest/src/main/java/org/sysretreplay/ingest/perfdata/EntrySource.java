package org.sysretreplay.ingest.perfdata;

import java.util.List;

/** The entries of a recording in time order. */
interface EntrySource extends AutoCloseable {

  /** Some entries, and how many samples the recorder says it lost, in what was read for them. */
  record Chunk(List<PerfDataEntry> entries, long lost) {}

  /** The next entries; none at the end. */
  Chunk next();

  @Override
  void close();
}
