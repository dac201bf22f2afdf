package org.sysretreplay.ingest.perfdata;

import java.util.Arrays;

/**
 * Counts how often the times of a processor's samples go back from one to the next in the file. The
 * kernel writes each processor's samples in the order of their times, but for a few that an
 * interrupt came between.
 */
final class TimeSteps {

  /** More than any kernel is built for. */
  private static final int MAX_CPUS = 1 << 13;

  private static final long NEVER = Long.MIN_VALUE;

  private long[] last = new long[0];
  private int steps;
  private int stepsBack;

  /** Takes the next sample of the file. */
  void take(PerfSample sample) {
    long cpu = sample.cpu().orElse(MAX_CPUS);
    if (cpu < 0 || cpu >= MAX_CPUS || !sample.isInFileOrder()) {
      return;
    }
    int at = (int) cpu;
    makeRoom(at);
    long time = sample.timeNanosOr(NEVER);
    if (last[at] != NEVER && time != NEVER) {
      steps++;
      stepsBack += time < last[at] ? 1 : 0;
    }
    last[at] = time;
  }

  private void makeRoom(int cpu) {
    int known = last.length;
    if (cpu >= known) {
      last = Arrays.copyOf(last, Math.max(cpu + 1, 2 * known));
      Arrays.fill(last, known, last.length, NEVER);
    }
  }

  /** How many samples have one of their processor before them. */
  int steps() {
    return steps;
  }

  /** How many of these are older than the one before. */
  int stepsBack() {
    return stepsBack;
  }

  /** Begins to count again, behind the samples that were taken. */
  void reset() {
    steps = 0;
    stepsBack = 0;
  }
}
