package org.sysretreplay.ingest.perfdata;

import java.util.Optional;
import org.sysretreplay.ingest.trace.ExecutableMaps;

/**
 * PERF_RECORD_MMAP: u32 pid, tid, u64 address, length, offset, the path padded with zeros, the
 * trailer; in PERF_RECORD_MMAP2 24 bytes of which file it is, u32 protection and u32 flags stand
 * before the path.
 */
final class MapRecord {

  static final int MMAP = 1;
  static final int MMAP2 = 10;

  private static final int MISC_CPUMODE = 7;
  private static final int MISC_USER = 2;

  /** In MMAP: the mapping is no code. */
  private static final int MISC_DATA = 1 << 13;

  private static final int BYTES_OF_FILE_ID = 24;
  private static final int PROT_EXEC = 4;

  private MapRecord() {}

  /**
   * The event of the record; empty for the kernel's own code and for mappings that are no code. A
   * record that is shorter than its fields is unusable but no reject, since it loses no frame.
   *
   * @param bodyBytes the length of the body without its trailer
   */
  static Optional<AddressSpaceEvent> read(
      int type, int misc, ByteCursor body, int bodyBytes, long time) {
    if ((misc & MISC_CPUMODE) != MISC_USER || type == MMAP && (misc & MISC_DATA) != 0) {
      return Optional.empty();
    }
    try {
      return read(type, body, bodyBytes, time);
    } catch (ShortReadException e) {
      return Optional.of(new AddressSpaceEvent.Unusable(time));
    }
  }

  private static Optional<AddressSpaceEvent> read(
      int type, ByteCursor body, int bodyBytes, long time) {
    int pid = body.s32("map pid");
    body.s32("map tid");
    long start = body.u64("map address");
    long length = body.u64("map length");
    long offset = body.u64("map offset");
    if (type == MMAP2) {
      body.skip("map file id", BYTES_OF_FILE_ID);
      long protection = body.u32("map protection");
      body.u32("map flags");
      if ((protection & PROT_EXEC) == 0) {
        return Optional.empty();
      }
    }
    String path = body.text("map path", (long) bodyBytes - body.position());
    return Optional.of(
        path.length() > ExecutableMaps.LONGEST_PATH
            ? new AddressSpaceEvent.Unusable(time)
            : new AddressSpaceEvent.Mapped(time, pid, start, length, offset, path));
  }
}
