package org.sysretreplay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.LocalWorkers;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.bench.Results.Result;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;

/** Measures the time of a report against the number of frames, with a heap of one gigabyte. */
final class ScaleBench {

  private static final int RUNS = 5;

  private final Setting setting;
  private final Results results;

  ScaleBench(Setting setting, Results results) {
    this.setting = setting;
    this.results = results;
  }

  void run() throws IOException, InterruptedException {
    Engine engine = new Engine(new LocalWorkers(setting.threads(), Progress.NONE));
    Question question =
        new Question(
            List.of("seed"),
            Machine.TRACED,
            Reading.ASSEMBLED,
            List.of(GroupColumn.ENTRY, GroupColumn.SYSCALL));
    long greatest = Setting.number("bench.scale", "1e9");
    results.add("scale", "heap", Runtime.getRuntime().maxMemory() / 1e6, "MB");
    for (long frames = 10_000_000; frames <= greatest; frames *= 10) {
      Path store = setting.store(frames);
      results.add("scale/" + frames, "bytes-a-frame", Setting.bytes(store) / (double) frames, "B");
      double[] seconds = new double[RUNS];
      engine.answer("bench", question, new Inputs(List.of(), List.of(store.toString())));
      for (int run = 0; run < RUNS; run++) {
        long start = System.nanoTime();
        engine.answer("bench", question, new Inputs(List.of(), List.of(store.toString())));
        seconds[run] = (System.nanoTime() - start) / 1e9;
        results.add(new Result("scale/" + frames, "sysret-replay", run, seconds[run], "s"));
      }
      double median = Pairs.median(seconds);
      System.out.printf("%,d frames in %.3f s, %,.0f frames/s%n", frames, median, frames / median);
    }
  }
}
