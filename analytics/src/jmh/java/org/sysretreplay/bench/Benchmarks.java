package org.sysretreplay.bench;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** All benchmarks one after the other, or those that {@code -Dbench.only=replay,scale} names. */
public final class Benchmarks {

  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    Setting setting = Setting.ofProperties();
    Results results = new Results(setting.folder().resolve("results.jsonl"));
    if (Setting.isWanted("micro")) {
      new Runner(new OptionsBuilder().include("org\\.sysretreplay\\..*").build()).run();
    }
    if (Setting.isWanted("replay")) {
      new ReplayBench(setting, results).run();
    }
    if (Setting.isWanted("process")) {
      new ProcessBench(setting, results).run();
    }
    if (Setting.isWanted("ingest")) {
      new IngestBench(setting, results).run();
    }
    if (Setting.isWanted("scale")) {
      new ScaleBench(setting, results).run();
    }
    System.exit(0);
  }
}
