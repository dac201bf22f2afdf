package org.sysretreplay.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;

/** A store of every sample, and of synthetic frames that no sample has. */
public final class SampleStore {

  private static final Path SAMPLES = Path.of(System.getProperty("sample.traces"));

  /** The workload of the frames that no sample has; they have no time. */
  public static final String EDGES = "edges";

  private static final int FRAMES = 2000;

  /** Addresses at and beside the limits of every rule. */
  private static final long[] ADDRESSES = {
    0,
    1,
    0x401000,
    0x7fff_ffff_efffL,
    0x7fff_ffff_f000L,
    0x7fff_ffff_ffffL,
    0x8000_0000_0000L,
    0x00ff_ffff_ffff_efffL,
    0x00ff_ffff_ffff_f000L,
    0x0100_0000_0000_0000L,
    0x7fff_ffff_ffff_ffffL,
    0x8000_0000_0000_0000L,
    0xffff_7fff_ffff_ffffL,
    0xffff_8000_0000_0000L,
    0xffff_ffff_ff60_0000L,
    -1,
  };

  private static final long[] FLAGS = {0x246, 0x10246, 0x346, 0x10346, 0x3246, 0, -1, 0x8246};
  private static final long[] CODE = {
    0x33, 0x33, 0x33, 0x23, 0xf, 0x1_0033, 0xffff_0000_0000_0033L
  };
  private static final long[] STACK = {0x2b, 0x2b, 0x2b, 0x7, 0x1_002b, 0x30};
  private static final long[] CALLS = {-1, 0, 39, 59, 322, 1L << 30 | 520, 231};
  private static final String[] ENTRIES = {"syscall", "interrupt", "exception", "fork", "compat"};

  private SampleStore() {}

  /** Makes the store in that folder. */
  public static Path of(Path folder) throws IOException {
    Path edges = Files.write(folder.resolve(EDGES + ".jsonl"), edges());
    List<TraceInput> traces = new ArrayList<>(samples());
    traces.addAll(find(edges));
    return ingested(traces, folder.resolve("store"));
  }

  /** Makes a store in that folder of a trace for each of the workloads. */
  public static Path of(Path folder, List<String> workloads) throws IOException {
    List<TraceInput> traces = new ArrayList<>();
    for (String workload : workloads) {
      Path copy = Files.createDirectories(folder.resolve(workload)).resolve("perf.data");
      Files.copy(SAMPLES.resolve("rseq/perf.data"), copy);
      traces.addAll(
          TraceInputs.find(List.of(copy), Optional.of(workload), Optional.empty()).traces());
    }
    return ingested(traces, folder.resolve("store"));
  }

  private static Path ingested(List<TraceInput> traces, Path store) {
    try (Engine engine = Engine.local(Progress.NONE)) {
      engine.ingest(traces, store.toString(), (trace, counts) -> {});
    }
    return store;
  }

  /** All samples. */
  public static List<TraceInput> samples() {
    return Stream.of(".", "flavours", "synthetic")
        .flatMap(it -> find(SAMPLES.resolve(it)).stream())
        .toList();
  }

  private static List<TraceInput> find(Path source) {
    return TraceInputs.find(List.of(source), Optional.empty(), Optional.empty()).traces();
  }

  /** Frames at the edges of every rule, some of which stand for many exits. */
  private static List<String> edges() {
    Random random = new Random(2015);
    return Stream.generate(() -> edge(random)).limit(FRAMES).collect(Collectors.toList());
  }

  private static String edge(Random random) {
    long rip = any(random, ADDRESSES);
    long rflags = any(random, FLAGS);
    long rcx = random.nextInt(3) == 0 ? any(random, ADDRESSES) : rip;
    long r11 = random.nextInt(3) == 0 ? any(random, FLAGS) : rflags;
    String call =
        random.nextBoolean()
            ? "\"nr\":%d,\"ret\":%d,".formatted(any(random, CALLS), random.nextInt(2))
            : "";
    return "{\"entry\":\"%s\",%s\"rip\":\"0x%x\",\"rcx\":\"0x%x\",\"r11\":\"0x%x\",\"rflags\":\"0x%x\",\"cs\":\"0x%x\",\"ss\":\"0x%x\",\"count\":%d}"
        .formatted(
            ENTRIES[random.nextInt(ENTRIES.length)],
            call,
            rip,
            rcx,
            r11,
            rflags,
            any(random, CODE),
            any(random, STACK),
            1 + random.nextInt(1000));
  }

  private static long any(Random random, long[] of) {
    return of[random.nextInt(of.length)];
  }
}
