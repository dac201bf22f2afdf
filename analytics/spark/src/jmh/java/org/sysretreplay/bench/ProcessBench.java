package org.sysretreplay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sysretreplay.bench.Pairs.Contestant;

/** Whole processes, the start of the JVM included. */
final class ProcessBench {

  private static final String[] QUESTION = {"--by", "entry,syscall", "--format", "json"};

  private final Setting setting;
  private final Results results;
  private final Pairs pairs;

  ProcessBench(Setting setting, Results results) {
    this.setting = setting;
    this.results = results;
    pairs = new Pairs(results, setting.pairs());
  }

  void run() throws Exception {
    String samples = setting.samples().toString();
    Path small = setting.store(1_000_000);
    pairs.measure(
        "process/report-of-samples",
        1,
        launched("report", samples),
        new Contestant(
            "untuned-spark",
            () -> Processes.run(Processes.java(UntunedSpark.class, small.toString()))));
    againstBase("process/report-of-samples-base", "report", samples);
    String sample = setting.samples().resolve("compiler/perf.data").toString();
    if (Setting.base().isPresent()) {
      pairs.measure(
          "process/ingest",
          1,
          ingest("sysret-replay", System.getProperty("bench.launcher"), sample),
          ingest("base", Setting.base().get(), sample));
    }
    manyTraces();
    for (String frames : new String[] {"1e8", "4e8"}) {
      if (Setting.number("bench.process-frames", "1e8") >= Double.parseDouble(frames)) {
        large(frames);
      }
    }
    if (Processes.isThere("perf")) {
      recordings();
    }
  }

  private void againstBase(String subject, String... command) throws Exception {
    Optional<String> base = Setting.base();
    if (base.isPresent() && Setting.isMeasured(subject)) {
      pairs.measure(subject, 1, launched(command), run("base", base.get(), command));
    }
  }

  private static Contestant launched(String... command) {
    return run("sysret-replay", System.getProperty("bench.launcher"), command);
  }

  private static Contestant run(String name, String launcher, String... command) {
    return new Contestant(name, () -> Processes.run(command(launcher, command)));
  }

  /** The same command without the checks of pages and footers. */
  private static Contestant unchecked(String... command) {
    List<String> whole =
        new ArrayList<>(List.of("env", "JAVA_TOOL_OPTIONS=-Dsysret-replay.unchecked=true"));
    whole.addAll(command(System.getProperty("bench.launcher"), command));
    return new Contestant("unchecked", () -> Processes.run(whole));
  }

  private static List<String> command(String launcher, String... command) {
    List<String> whole = new ArrayList<>(List.of(launcher));
    whole.addAll(List.of(command));
    return whole;
  }

  private Contestant ingest(String name, String launcher, String recording) {
    return new Contestant(
        name,
        () ->
            Processes.run(
                command(
                    launcher,
                    "ingest",
                    recording,
                    "--into",
                    IngestBench.fresh(setting).toString())));
  }

  /** Measures the cost of a trace rather than of a frame. */
  private void manyTraces() throws Exception {
    String subject = "process/report-of-2000-traces";
    if (Setting.isMeasured(subject)) {
      String store = setting.storeOfTraces(2_000).toString();
      pairs.measure(
          subject,
          1,
          launched("report", store, QUESTION[0], QUESTION[1], QUESTION[2], QUESTION[3]),
          duckDb(store));
    }
  }

  private Contestant duckDb(String store) {
    return new Contestant(
        "duckdb",
        () ->
            Processes.run(
                Processes.java(DuckDb.class, store, Integer.toString(setting.threads()))));
  }

  private void large(String frames) throws Exception {
    long number = Math.round(Double.parseDouble(frames));
    String subject = "process/report-of-" + frames;
    Path store = setting.store(number);
    pairs.measure(
        subject,
        1,
        launched("report", store.toString(), QUESTION[0], QUESTION[1], QUESTION[2], QUESTION[3]),
        duckDb(store.toString()));
    if (Setting.isMeasured(subject + "-checked")) {
      pairs.measure(
          subject + "-checked",
          1,
          launched("report", store.toString()),
          unchecked("report", store.toString()));
    }
    Optional<String> base = Setting.base();
    if (base.isPresent() && Setting.isMeasured(subject + "-base")) {
      Path before = setting.store(number, "base-", base.get());
      checkSame(store, before, base.get());
      pairs.measure(
          subject + "-base",
          1,
          launched("report", store.toString()),
          run("base", base.get(), "report", before.toString()));
    }
  }

  /** Asserts that both launchers count the same over what each wrote. */
  private void checkSame(Path store, Path before, String base) throws Exception {
    Path ours = setting.folder().resolve("ours.csv");
    Path theirs = setting.folder().resolve("base.csv");
    String[] csv = {"--by", "entry,syscall", "--format", "csv"};
    Processes.runInto(
        ours,
        command(
            System.getProperty("bench.launcher"),
            "report",
            store.toString(),
            csv[0],
            csv[1],
            csv[2],
            csv[3]));
    Processes.runInto(
        theirs, command(base, "report", before.toString(), csv[0], csv[1], csv[2], csv[3]));
    if (!counts(ours).equals(counts(theirs))) {
      throw new IllegalStateException("not the same counts: " + ours + " and " + theirs);
    }
  }

  /** Workload, model, group, exits, checked, hits: columns that both have under these names. */
  private static List<String> counts(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    List<String> header = List.of(lines.get(0).split(","));
    List<String> wanted =
        List.of("workload", "model", "entry", "syscall", "exits", "checked", "sysret", "iret_miss");
    return lines.stream()
        .map(it -> it.split(",", -1))
        .map(it -> wanted.stream().map(name -> it[header.indexOf(name)]).toList().toString())
        .toList();
  }

  /** Recordings against perf, which prints them. */
  private void recordings() throws Exception {
    Path large = setting.recording(IngestBench.LARGE);
    pairs.measure(
        "process/ingest-of-large",
        1,
        ingest("sysret-replay", System.getProperty("bench.launcher"), large.toString()),
        new Contestant("perf-script", () -> Processes.run(IngestBench.script(large))));
    Path recording = setting.recording(IngestBench.TIMES);
    pairs.measure(
        "process/check",
        1,
        launched("check", recording.toString()),
        new Contestant("perf-script", () -> Processes.run(IngestBench.script(recording))));
    againstBase("process/check-base", "check", recording.toString());
    Path exits = setting.exitsOnly(IngestBench.TIMES);
    pairs.measure(
        "process/check-exits-only",
        1,
        launched("check", exits.toString()),
        new Contestant("perf-script", () -> Processes.run(IngestBench.script(exits))));
    againstBase("process/check-exits-only-base", "check", exits.toString());
  }
}
