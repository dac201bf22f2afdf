package org.sysretreplay.ingest.perfdata;

/**
 * A change of a process's address space. It is collected apart from the samples, because no frame
 * depends on it.
 */
sealed interface AddressSpaceEvent extends PerfDataEntry {

  /** When it happened; 0 for what was there before the recording. */
  long timeNanos();

  /** Code was mapped. */
  record Mapped(long timeNanos, int pid, long start, long length, long offset, String path)
      implements AddressSpaceEvent {}

  /** A process was made, with a copy of its parent's address space. */
  record Copied(long timeNanos, int pid, int parentPid) implements AddressSpaceEvent {}

  /** A process got a new address space, by execve. */
  record Emptied(long timeNanos, int pid) implements AddressSpaceEvent {}

  /** A mapping whose record is shorter than its fields, or whose path is too long. */
  record Unusable(long timeNanos) implements AddressSpaceEvent {}
}
