package org.sysretreplay.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sysretreplay.bench.Results.Result;

/**
 * Two contestants in turn, A B A B, so that a machine that slows down slows both. What is quoted is
 * the median of the ratios of neighbours, and how far these spread.
 */
final class Pairs {

  private final Results results;
  private final int pairs;

  Pairs(Results results, int pairs) {
    this.results = results;
    this.pairs = pairs;
  }

  /** Someone who does the work once. */
  interface Work {
    void run() throws Exception;
  }

  record Contestant(String name, Work work) {

    private double seconds() throws Exception {
      long start = System.nanoTime();
      work.run();
      return (System.nanoTime() - start) / 1e9;
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
      one.seconds();
      other.seconds();
    }
    List<Double> ratios = new ArrayList<>();
    for (int run = 0; run < pairs; run++) {
      double first = timed(subject, run, one);
      double second = timed(subject, run, other);
      ratios.add(second / first);
    }
    double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "%-34s %s is %.2f times as fast as %s (%.2f to %.2f, %d pairs)%n",
        subject,
        one.name(),
        median(sorted),
        other.name(),
        sorted[0],
        sorted[sorted.length - 1],
        pairs);
  }

  private double timed(String subject, int run, Contestant contestant) throws Exception {
    double seconds = contestant.seconds();
    results.add(new Result(subject, contestant.name(), run, seconds, "s"));
    return seconds;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
