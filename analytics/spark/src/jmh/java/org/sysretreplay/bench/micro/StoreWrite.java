package org.sysretreplay.bench.micro;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sysretreplay.ingest.columnar.LongDictionary;

/** Numbers the values of a column, as a store does when it writes a dictionary. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(StoreWrite.VALUES)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StoreWrite {

  static final int VALUES = 1 << 18;
  private static final int DISTINCT = 1 << 14;

  private final long[] column = new long[VALUES];

  @Setup
  public void addresses() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < VALUES; i++) {
      column[i] = 0x7f00_0000_0000L + random.nextInt(DISTINCT) * 4096L;
    }
  }

  @Benchmark
  public int ours() {
    LongDictionary codes = new LongDictionary();
    int last = 0;
    for (long value : column) {
      last = codes.of(value);
    }
    return last;
  }

  @Benchmark
  public int boxed() {
    Map<Long, Integer> codes = new HashMap<>();
    int last = 0;
    for (long value : column) {
      last = codes.computeIfAbsent(value, it -> codes.size());
    }
    return last;
  }
}
