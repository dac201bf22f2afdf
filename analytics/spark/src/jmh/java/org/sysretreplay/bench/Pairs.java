package org.sysretreplay.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sysretreplay.bench.Results.Result;

/**
 * Runs two contestants in turn, A B A B, so that a machine that slows down slows both. The result
 * is the median of the ratios of neighbours, with their spread.
 */
final class Pairs {

  private final Results results;
  private final int pairs;

  Pairs(Results results, int pairs) {
    this.results = results;
    this.pairs = pairs;
  }

  /** Does the work once. */
  interface Work {
    void run() throws Exception;
  }

  /** A run's seconds on the clock, and of all processors together. */
  private record Spent(double seconds, double cpuSeconds) {}

  /** What goes on beside the work, from before it begins. */
  interface Around {

    /** Begins, and gives what ends it. */
    Work begin() throws Exception;
  }

  /** Nothing goes on beside the work. */
  private static final Around ALONE = () -> () -> {};

  record Contestant(String name, Around around, Work work) {

    Contestant(String name, Work work) {
      this(name, ALONE, work);
    }

    private Spent spent() throws Exception {
      Work end = around.begin();
      try {
        long start = System.nanoTime();
        double cpu = Processes.cpuSeconds();
        work.run();
        return new Spent((System.nanoTime() - start) / 1e9, Processes.cpuSeconds() - cpu);
      } finally {
        end.run();
      }
    }
  }

  /**
   * Measures both, where the subject is wanted.
   *
   * @param warmUps how often each runs before anything counts
   */
  void measure(String subject, int warmUps, Contestant one, Contestant other) throws Exception {
    if (!Setting.isMeasured(subject)) {
      return;
    }
    for (int i = 0; i < warmUps; i++) {
      one.spent();
      other.spent();
    }
    List<Double> ratios = new ArrayList<>();
    List<Double> cpuRatios = new ArrayList<>();
    boolean alone = one.around == ALONE && other.around == ALONE;
    for (int run = 0; run < pairs; run++) {
      Spent first = timed(subject, run, one, alone);
      Spent second = timed(subject, run, other, alone);
      ratios.add(second.seconds / first.seconds);
      cpuRatios.add(second.cpuSeconds / first.cpuSeconds);
    }
    double[] sorted = sorted(ratios);
    System.out.printf(
        "%-34s %s is %.2f times as fast as %s (%.2f to %.2f, %d pairs), CPU %.2f%n",
        subject,
        one.name(),
        median(sorted),
        other.name(),
        sorted[0],
        sorted[sorted.length - 1],
        pairs,
        median(sorted(cpuRatios)));
  }

  private static double[] sorted(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /**
   * Runs once.
   *
   * @param alone whether the processors worked for the contestants only
   */
  private Spent timed(String subject, int run, Contestant contestant, boolean alone)
      throws Exception {
    Spent spent = contestant.spent();
    results.add(new Result(subject, contestant.name(), run, spent.seconds, "s"));
    if (alone) {
      results.add(new Result(subject + ":cpu", contestant.name(), run, spent.cpuSeconds, "s"));
    }
    return spent;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
