package org.sysretreplay.bench;

import java.nio.file.Path;
import org.sysretreplay.bench.Pairs.Contestant;

/** Whole processes, the start of the JVM and of Spark included. */
final class ProcessBench {

  private final Setting setting;
  private final Results results;

  ProcessBench(Setting setting, Results results) {
    this.setting = setting;
    this.results = results;
  }

  void run() throws Exception {
    Pairs pairs = new Pairs(results, setting.pairs());
    Path small = setting.store(1_000_000);
    pairs.measure(
        "process/report-of-samples",
        1,
        new Contestant(
            "sysret-replay",
            () -> Processes.run(Processes.launcher("report", setting.samples().toString()))),
        new Contestant(
            "untuned-spark",
            () -> Processes.run(Processes.java(UntunedSpark.class, small.toString()))));
    for (String frames : new String[] {"1e8", "4e8"}) {
      if (Setting.number("bench.process-frames", "1e8") >= Double.parseDouble(frames)) {
        large(pairs, frames);
      }
    }
  }

  private void large(Pairs pairs, String frames) throws Exception {
    Path store = setting.store(Math.round(Double.parseDouble(frames)));
    pairs.measure(
        "process/report-of-" + frames,
        1,
        new Contestant(
            "sysret-replay",
            () ->
                Processes.run(
                    Processes.launcher(
                        "report",
                        store.toString(),
                        "--by",
                        "entry,syscall",
                        "--format",
                        "json",
                        "--master",
                        setting.master()))),
        new Contestant(
            "duckdb",
            () ->
                Processes.run(
                    Processes.java(
                        DuckDb.class, store.toString(), Integer.toString(setting.threads())))));
  }
}
