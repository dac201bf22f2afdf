package org.sysretreplay.ingest.perfdata;

import java.util.OptionalLong;
import org.sysretreplay.ingest.sample.OptionalLongCache;

/**
 * The layout of the words that every sample of an event begins with, worked out once for all
 * samples (benchmark process/check-exits-only).
 */
final class SampleHead {

  private static final int NOWHERE = -1;

  private static final long BEFORE_TASK = SampleType.IDENTIFIER | SampleType.IP;
  private static final long BEFORE_TIME = BEFORE_TASK | SampleType.TID;
  private static final long BEFORE_CPU =
      BEFORE_TIME | SampleType.TIME | SampleType.ADDR | SampleType.ID | SampleType.STREAM_ID;
  private static final long ALL = BEFORE_CPU | SampleType.CPU | SampleType.PERIOD;

  private final long type;
  private final int task;
  private final int time;
  private final int cpu;
  private final int bytes;

  /** The head by {@code sample_type}. */
  SampleHead(long type) {
    this.type = type;
    task = position(SampleType.TID, BEFORE_TASK);
    time = position(SampleType.TIME, BEFORE_TIME);
    cpu = position(SampleType.CPU, BEFORE_CPU);
    bytes = bytes(ALL);
  }

  private int position(long field, long before) {
    return SampleType.has(type, field) ? bytes(before) : NOWHERE;
  }

  private int bytes(long fields) {
    return Long.BYTES * Long.bitCount(type & fields);
  }

  /**
   * Skips the head of a sample, whose words can be asked for then.
   *
   * @param in the sample's body, unread
   * @throws ShortReadException if the body ends before a word that its type announces
   */
  void pass(ByteCursor in) {
    if (in.left() >= bytes) {
      in.skip("sample", bytes);
    } else {
      passWords(in);
    }
  }

  /** Skips word by word, so that the exception names the one that is missing. */
  private void passWords(ByteCursor in) {
    passWord(in, SampleType.IDENTIFIER, "sample identifier");
    passWord(in, SampleType.IP, "sample ip");
    if (hasTask()) {
      in.s32("sample pid");
      in.s32("sample tid");
    }
    passWord(in, SampleType.TIME, "sample time");
    passWord(in, SampleType.ADDR, "sample addr");
    passWord(in, SampleType.ID, "sample id");
    passWord(in, SampleType.STREAM_ID, "sample stream id");
    if (cpu != NOWHERE) {
      in.s32("sample cpu");
      in.u32("sample cpu reserved");
    }
    passWord(in, SampleType.PERIOD, "sample period");
  }

  private void passWord(ByteCursor in, long bit, String field) {
    if (SampleType.has(type, bit)) {
      in.u64(field);
    }
  }

  /** Whether samples have a process and a thread. */
  boolean hasTask() {
    return task != NOWHERE;
  }

  /** The process in the lower half, the thread in the upper; 0 if samples have none. */
  long task(ByteCursor in) {
    return hasTask() ? in.at(task) : 0;
  }

  /** Whether samples have a time. */
  boolean hasTime() {
    return time != NOWHERE;
  }

  /** The time; 0 if samples have none. */
  long time(ByteCursor in) {
    return hasTime() ? in.at(time) : 0;
  }

  /** The processor; empty if samples have none. */
  OptionalLong cpu(ByteCursor in) {
    return cpu != NOWHERE ? OptionalLongCache.of((int) in.at(cpu)) : OptionalLongCache.NONE;
  }
}
