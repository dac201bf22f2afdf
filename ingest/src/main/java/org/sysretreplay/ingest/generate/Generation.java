package org.sysretreplay.ingest.generate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.sysretreplay.ingest.generate.Profile.Workload;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Divides a number of frames among the workloads of a profile by their shares, and cuts them into
 * traces that are small enough to be generated side by side.
 *
 * @param source the profile as the user named it
 * @param seed the seed of all random numbers
 * @param frames how many there are in all traces together, at least 1
 */
public record Generation(Profile profile, String source, long seed, long frames) {

  /** The most frames of one trace. */
  public static final long MOST_FRAMES_OF_A_TRACE = 16_000_000;

  /** The most frames of one run. */
  public static final long MOST_FRAMES = 1_000_000_000_000L;

  /**
   * A hundred years. Gaps are drawn, so that the last frame may come later; times reach 292 years.
   */
  private static final double MOST_NANOS = 36_525 * 86_400e9;

  private static final long GOLDEN_GAMMA = 0x9e37_79b9_7f4a_7c15L;

  public Generation {
    if (frames < 1 || frames > MOST_FRAMES) {
      throw new IllegalArgumentException(frames + " frames");
    }
  }

  /**
   * The name under which the traces are published together, in place of earlier ones with the same
   * seed.
   */
  public String unit() {
    return "generated-" + seed;
  }

  /**
   * The traces; a workload whose share is less than one frame may have none.
   *
   * @throws TraceException if so many frames have no room in time
   */
  public List<GeneratedTrace> traces() {
    return traces(MOST_FRAMES_OF_A_TRACE);
  }

  List<GeneratedTrace> traces(long mostFrames) {
    List<Long> shares = shares();
    List<GeneratedTrace> traces = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      addTraces(profile.workloads().get(i), shares.get(i), mostFrames, traces);
    }
    return Collections.unmodifiableList(traces);
  }

  private void addTraces(Workload workload, long share, long mostFrames, List<GeneratedTrace> to) {
    String document = new Profile(List.of(workload)).json();
    double meanGap = meanGap(workload);
    checkSpan(workload, share, meanGap);
    long chunk = 0;
    for (long done = 0; done < share; done += mostFrames) {
      to.add(
          new GeneratedTrace(
              source,
              workload.name(),
              unit() + String.format(Locale.ROOT, "-%03d", to.size()),
              document,
              seedOf(workload, chunk++),
              Math.min(mostFrames, share - done),
              (long) (done * meanGap)));
    }
  }

  private void checkSpan(Workload workload, long share, double meanGap) {
    if (share * meanGap > MOST_NANOS) {
      throw TraceException.of(
          source,
          ("%,d frames of the workload %s, as far apart as in the profile, would last more than"
                  + " a hundred years")
              .formatted(share, workload.name()),
          "ask for at most %,d frames"
              .formatted((long) (frames * (MOST_NANOS / (share * meanGap)))));
    }
  }

  /**
   * The seed of one trace. It depends on the workload's name and not on its place, so that more
   * workloads in a profile change nothing.
   */
  private long seedOf(Workload workload, long chunk) {
    long ofWorkload = mixed(seed) + workload.name().hashCode() * GOLDEN_GAMMA;
    return mixed(mixed(ofWorkload) + chunk * GOLDEN_GAMMA);
  }

  /**
   * Mixes the bits of a number: a bijection after which close numbers are far apart, the finalizer
   * of SplitMix64.
   */
  private static long mixed(long number) {
    long z = (number ^ number >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
    return z ^ z >>> 31;
  }

  /** The mean time between frames, by which the traces of a workload follow each other in time. */
  private static double meanGap(Workload workload) {
    double nanos = 0;
    double gaps = 0;
    for (Weighted gap : workload.gaps()) {
      nanos += (gap.value() + GapBuckets.width(gap.value()) / 2.0) * gap.count();
      gaps += gap.count();
    }
    return gaps == 0 ? 0 : nanos / gaps;
  }

  /** The number of frames of each workload, by the method of the largest remainder. */
  List<Long> shares() {
    BigInteger total = BigInteger.valueOf(profile.frames());
    List<BigInteger[]> parts =
        profile.workloads().stream()
            .map(it -> BigInteger.valueOf(it.frames()).multiply(BigInteger.valueOf(frames)))
            .map(it -> it.divideAndRemainder(total))
            .toList();
    long[] shares = parts.stream().mapToLong(it -> it[0].longValueExact()).toArray();
    long missing = frames - LongStream.of(shares).sum();
    IntStream.range(0, shares.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> parts.get(i)[1]).reversed())
        .limit(missing)
        .forEach(i -> shares[i]++);
    return LongStream.of(shares).boxed().toList();
  }
}
