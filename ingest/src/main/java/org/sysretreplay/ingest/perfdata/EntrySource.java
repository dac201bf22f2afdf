package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.ChunkSource;

/** The entries of a recording in time order. */
interface EntrySource extends ChunkSource<EntryChunk> {}
