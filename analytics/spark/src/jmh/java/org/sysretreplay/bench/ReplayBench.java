package org.sysretreplay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Group;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.LocalWorkers;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.bench.Pairs.Contestant;
import org.sysretreplay.bench.micro.Pages;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.Reading;

/** Replay: hits, misses, first and all reasons by workload, entry and syscall, over one store. */
final class ReplayBench {

  private static final List<GroupColumn> BY = List.of(GroupColumn.ENTRY, GroupColumn.SYSCALL);

  /** In the order of the columns of the query. */
  private static final List<MissReason> REASONS =
      List.of(
          MissReason.RCX_NOT_RIP,
          MissReason.RIP_NOT_USER_ADDRESS,
          MissReason.CS_NOT_USER_CS,
          MissReason.R11_NOT_RFLAGS,
          MissReason.RF_SET,
          MissReason.SS_NOT_USER_DS);

  /** Runs until the JIT compiler has nothing left to compile; the first runs take twice as long. */
  private static final int WARM_UPS = 10;

  private final Setting setting;
  private final Results results;
  private final Pairs pairs;
  private final Engine engine;

  ReplayBench(Setting setting, Results results) {
    this.setting = setting;
    this.results = results;
    pairs = new Pairs(results, setting.pairs());
    engine = new Engine(new LocalWorkers(setting.threads(), Progress.NONE));
  }

  void run() throws Exception {
    long frames = Setting.number("bench.frames", "6e7");
    Path store = setting.store(frames);
    results.add("replay", "frames", frames, "frames");
    results.add("replay", "bytes-a-frame", Setting.bytes(store) / (double) frames, "B");
    try (DuckDb duckDb = new DuckDb(setting.threads())) {
      checkSame(store, duckDb);
      Contestant ours = new Contestant("sysret-replay", () -> answer(store, List.of("seed")));
      pairs.measure(
          "replay/from-registers",
          WARM_UPS,
          ours,
          new Contestant("duckdb", () -> duckDb.answer(DuckDb.fromRegisters(store), 3)));
      pairs.measure(
          "replay/from-classes",
          WARM_UPS,
          ours,
          new Contestant("duckdb", () -> duckDb.answer(DuckDb.fromClasses(store), 3)));
      List<String> all = ExitModels.all().stream().map(it -> it.id()).toList();
      pairs.measure(
          "replay/all-models",
          WARM_UPS,
          ours,
          new Contestant("sysret-replay-all", () -> answer(store, all)));
      pairs.measure(
          "replay/limit",
          WARM_UPS,
          new Contestant(
              "decompress-two-columns", () -> decompress(store, List.of("frame_class", "nr"))),
          ours);
      pairs.measure(
          "replay/limit-of-registers",
          1,
          new Contestant(
              "decompress-registers",
              () -> decompress(store, List.of("rip", "rcx", "r11", "rflags", "cs", "ss"))),
          ours);
      foreign(store, duckDb);
    }
  }

  /** Measures a file with only registers, as another program would write it. */
  private void foreign(Path store, DuckDb duckDb) throws Exception {
    Path folder = setting.folder().resolve(store.getFileName() + "-registers");
    Path file = folder.resolve("frames/workload=all/trace=all/all.parquet");
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      duckDb.execute(
          """
          copy (select entry, nr, rip, rcx, r11, rflags, cs, ss, 'final' as stage
            from read_parquet('%s/frames/*/*/*.parquet')
            where stage <> 'in_kernel' order by trace, seq)
          to '%s' (format parquet, compression zstd)
          """
              .formatted(store, file));
    }
    pairs.measure(
        "replay/foreign-file",
        1,
        new Contestant("sysret-replay", () -> answerOfFile(file)),
        new Contestant("duckdb", () -> duckDb.answer(DuckDb.fromRegisters(folder), 3)));
  }

  private Answer<TallyTable> answerOfFile(Path file) {
    var inputs = TraceInputs.find(List.of(file), Optional.empty(), Optional.empty()).traces();
    return engine.answer("bench", question(List.of("seed")), new Inputs(inputs, List.of()));
  }

  private Answer<TallyTable> answer(Path store, List<String> models) {
    return engine.answer(
        "bench", question(models), new Inputs(List.of(), List.of(store.toString())));
  }

  private static Question question(List<String> models) {
    return new Question(models, Machine.TRACED, Reading.ASSEMBLED, BY);
  }

  private void checkSame(Path store, DuckDb duckDb) throws SQLException {
    Map<String, String> ours = rows(answer(store, List.of("seed")).table());
    Map<String, String> theirs = duckDb.answer(DuckDb.fromRegisters(store), 3);
    if (!ours.equals(theirs)) {
      throw new IllegalStateException("not the same counts: " + ours + "\nand " + theirs);
    }
    System.out.printf("the same counts in %d groups%n", ours.size());
  }

  private static Map<String, String> rows(TallyTable table) {
    TreeMap<String, String> rows = new TreeMap<>();
    table
        .tallies()
        .forEach(
            (group, tally) -> {
              if (tally.exits() > 0) {
                rows.put(key(group), counts(tally));
              }
            });
    return rows;
  }

  private static String key(Group group) {
    return group.workload() + " " + group.by().get(0) + " " + group.by().get(1) + " ";
  }

  private static String counts(Tally tally) {
    List<Long> counts = new ArrayList<>(List.of(tally.exits(), tally.count(Outcome.SYSRET)));
    for (Map<MissReason, Long> misses : List.of(tally.firstMisses(), tally.anyMisses())) {
      REASONS.forEach(it -> counts.add(misses.getOrDefault(it, 0L)));
    }
    StringBuilder text = new StringBuilder();
    counts.forEach(it -> text.append(it).append(' '));
    return text.toString();
  }

  /** Reads and unpacks the pages of some columns, and does nothing with them. */
  private void decompress(Path store, List<String> columns) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(store.resolve("frames"))) {
      files = all.filter(it -> it.toString().endsWith(".parquet")).toList();
    }
    ExecutorService threads = Executors.newFixedThreadPool(setting.threads());
    try {
      List<Future<Long>> sums = new ArrayList<>();
      files.forEach(it -> sums.add(threads.submit(() -> decompressFile(it, columns))));
      for (Future<Long> sum : sums) {
        sum.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static long decompressFile(Path file, List<String> columns) throws IOException {
    try (ParquetFiles files = new ParquetFiles()) {
      return Pages.unpack(files, file, columns);
    }
  }
}
