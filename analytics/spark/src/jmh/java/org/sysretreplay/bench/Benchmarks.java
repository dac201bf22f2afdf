package org.sysretreplay.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** All benchmarks one after the other, or those that {@code -Dbench.only=replay,scale} names. */
public final class Benchmarks {

  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    Setting setting = Setting.ofProperties();
    Path raw = setting.folder().resolve("results.jsonl");
    Results results = new Results(raw);
    if (Setting.isWanted("micro")) {
      new Runner(new OptionsBuilder().include("org\\.sysretreplay\\..*").build()).run();
    }
    if (Setting.isWanted("replay")) {
      new ReplayBench(setting, results).run();
    }
    if (Setting.isWanted("functions")) {
      new FunctionsBench(setting, results).run();
    }
    if (Setting.isWanted("process")) {
      new ProcessBench(setting, results).run();
    }
    if (Setting.isWanted("ingest")) {
      new IngestBench(setting, results).run();
    }
    if (Setting.isWanted("source")) {
      new SourceBench(setting, results).run();
    }
    if (Setting.isWanted("record")) {
      new RecordBench(setting, results).run();
    }
    if (Setting.isWanted("scale")) {
      new ScaleBench(setting, results).run();
    }
    if (Files.exists(raw)) {
      Tables.write(raw, setting.folder().resolve("tables.md"));
    }
    System.exit(0);
  }
}
