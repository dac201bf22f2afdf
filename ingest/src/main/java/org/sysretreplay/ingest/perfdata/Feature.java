package org.sysretreplay.ingest.perfdata;

import java.util.ArrayList;
import java.util.List;

/** The feature sections that are read, with their bit numbers (tools/perf/util/header.h). */
enum Feature {
  TRACING_DATA(1),
  HOSTNAME(3),
  OSRELEASE(4),
  VERSION(5),
  ARCH(6),
  NRCPUS(7),
  CPUDESC(8),
  CPUID(9),
  CMDLINE(11),
  EVENT_DESC(12),
  DIR_FORMAT(24),
  COMPRESSED(27),
  CLOCK_DATA(29);

  private final int bit;

  Feature(int bit) {
    this.bit = bit;
  }

  /** The feature's bit in the file header. */
  int bit() {
    return bit;
  }

  /** u32 count, then that many strings of perf's: the words of a command line. */
  static String readWords(ByteCursor in) {
    long count = in.u32("word count");
    List<String> words = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      words.add(in.perfString("word"));
    }
    return String.join(" ", words);
  }
}
