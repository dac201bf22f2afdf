package org.sysretreplay.bench.micro;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
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
import org.sysretreplay.ingest.columnar.RunDecoder;
import org.sysretreplay.ingest.columnar.ValueCounts;

/** Decodes a dictionary's codes from a page, by the library's decoder and by the scan's own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Decode.VALUES)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Decode {

  static final int VALUES = 1 << 14;
  private static final int WIDTH = 7;

  private final int[] values = new int[VALUES];
  private byte[] page;

  @Setup
  public void encode() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            WIDTH, 1 << 10, 1 << 20, HeapByteBufferAllocator.getInstance())) {
      for (int i = 0; i < VALUES; i++) {
        encoder.writeInt(random.nextInt(1 << WIDTH));
      }
      page = encoder.toBytes().toInputStream().readAllBytes();
    }
  }

  @Benchmark
  public int[] ours() {
    new RunDecoder(page, 0, WIDTH).read(values, 0, VALUES);
    return values;
  }

  @Benchmark
  public ValueCounts counted() {
    ValueCounts counts = new ValueCounts(WIDTH);
    new RunDecoder(page, 0, WIDTH).count(VALUES, counts);
    return counts;
  }

  @Benchmark
  public int[] givenAndThenCounted() {
    int[] counts = new int[1 << WIDTH];
    for (int value : ours()) {
      counts[value]++;
    }
    return counts;
  }

  @Benchmark
  public int[] library() throws IOException {
    RunLengthBitPackingHybridDecoder decoder =
        new RunLengthBitPackingHybridDecoder(WIDTH, new ByteArrayInputStream(page));
    for (int i = 0; i < VALUES; i++) {
      values[i] = decoder.readInt();
    }
    return values;
  }
}
