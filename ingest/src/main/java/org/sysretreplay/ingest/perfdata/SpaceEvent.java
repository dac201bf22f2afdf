package org.sysretreplay.ingest.perfdata;

/**
 * What became of a process's address space. It has no part in the order of the samples: nothing
 * that a frame is depends on it.
 */
sealed interface SpaceEvent extends PerfDataEntry {

  /** When; 0 of what was there before the recording. */
  long timeNanos();

  /** Code was mapped. */
  record Mapped(long timeNanos, int pid, long start, long length, long offset, String path)
      implements SpaceEvent {}

  /** A process was made, with a copy of its maker's address space. */
  record Copied(long timeNanos, int pid, int parentPid) implements SpaceEvent {}

  /** A process got a new address space, by execve. */
  record Emptied(long timeNanos, int pid) implements SpaceEvent {}

  /** A record of a map that is shorter than its fields, or whose path is too long. */
  record Unusable(long timeNanos) implements SpaceEvent {}
}
