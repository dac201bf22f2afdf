package org.sysretreplay.ingest.perfdata;

import java.util.List;
import org.sysretreplay.ingest.ChunkSource;

/** Some entries, and how many samples the recorder says it lost, in what was read for them. */
record EntryChunk(List<PerfDataEntry> entries, long lost) implements ChunkSource.Chunk {}
