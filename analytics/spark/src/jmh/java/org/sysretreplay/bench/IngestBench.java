package org.sysretreplay.bench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.LocalWorkers;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.bench.Pairs.Contestant;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.ingest.jsonl.JsonLinesReader;
import org.sysretreplay.ingest.jsonl.StrictJsonLinesReader;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceReader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** Reading recordings, against {@code perf script}, which prints them. */
final class IngestBench {

  /** About 940,000 frames and as many system calls' starts: a day's recording, and its text. */
  static final int TIMES = 6;

  /** One large file, so that the fixed cost of an ingest is small beside reading. */
  static final int LARGE = 24;

  /** Runs until the JIT compiler has almost nothing left to compile. */
  private static final int WARM_UPS = 8;

  private final Setting setting;
  private final Results results;

  IngestBench(Setting setting, Results results) {
    this.setting = setting;
    this.results = results;
  }

  void run() throws Exception {
    if (!Processes.isThere("perf")) {
      System.out.println("perf is not installed: nothing to compare reading with");
      return;
    }
    Path recording = setting.recording(TIMES);
    Path text = text(recording);
    Path json = json(recording);
    Pairs pairs = new Pairs(results, setting.pairs());
    Contestant perf = new Contestant("perf-script", () -> Processes.run(script(recording)));
    Engine engine = new Engine(new LocalWorkers(setting.threads(), Progress.NONE));
    Path large = setting.recording(LARGE);
    Contestant perfOfLarge = new Contestant("perf-script", () -> Processes.run(script(large)));
    results.add("ingest", "samples", samples(recording), "samples");
    results.add("ingest", "samples-of-large", samples(large), "samples");
    pairs.measure("ingest/perf-data", WARM_UPS, ingest(engine, large), perfOfLarge);
    pairs.measure("ingest/perf-script-text", WARM_UPS, ingest(engine, text), perf);
    pairs.measure("ingest/json-lines", WARM_UPS, ingest(engine, json), perf);
    names(json, pairs);
    if (Setting.isMeasured("ingest/sizes")) {
      sizes(recording, engine);
    }
  }

  /** Compares two ways to find a name that stands twice on a line: bits of fields, and Jackson. */
  private static void names(Path json, Pairs pairs) throws Exception {
    String subject = "ingest/json-lines-names";
    if (Setting.isMeasured(subject)) {
      checkThatBothReadTheSame(json);
    }
    pairs.measure(
        subject,
        WARM_UPS,
        new Contestant("sysret-replay", () -> count(bits(json))),
        new Contestant("jackson", () -> count(new StrictJsonLinesReader(json))));
  }

  private static TraceReader bits(Path json) {
    return new JsonLinesReader(NamedFile.of(json), Reading.ASSEMBLED);
  }

  private static void checkThatBothReadTheSame(Path json) {
    try (TraceReader one = bits(json);
        TraceReader other = new StrictJsonLinesReader(json)) {
      while (one.hasNext()) {
        TraceRecord record = one.next();
        if (!record.equals(other.next())) {
          throw new IllegalStateException("the readers differ at " + record);
        }
      }
      if (other.hasNext()) {
        throw new IllegalStateException("only one reader has " + other.next());
      }
    }
  }

  private static long count(TraceReader records) {
    try (CountingReader reader = new CountingReader(records)) {
      reader.forEachRemaining(it -> {});
      return reader.counts().seen();
    }
  }

  /** The command of perf script that prints all that a frame needs. */
  static List<String> script(Path recording) {
    return List.of(
        "perf",
        "script",
        "--header",
        "--ns",
        "-F",
        "comm,pid,tid,cpu,time,event,trace,uregs",
        "-i",
        recording.toString());
  }

  private static long samples(Path recording) {
    try (CountingReader reader = input(recording).open(Reading.ASSEMBLED)) {
      reader.forEachRemaining(it -> {});
      return reader.counts().seen();
    }
  }

  private static TraceInput input(Path file) {
    return TraceInputs.find(List.of(file), Optional.of("mixed"), Optional.empty()).traces().get(0);
  }

  private Contestant ingest(Engine engine, Path file) {
    return new Contestant(
        "sysret-replay",
        () -> engine.ingest(List.of(input(file)), fresh().toString(), (trace, counts) -> {}));
  }

  private Path fresh() throws IOException {
    return fresh(setting);
  }

  /** An empty folder. */
  static Path fresh(Setting setting) throws IOException {
    Path store = setting.folder().resolve("ingested");
    if (Files.exists(store)) {
      try (Stream<Path> all = Files.walk(store)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return store;
  }

  private static Path text(Path recording) throws IOException, InterruptedException {
    Path text = Path.of(recording + ".script");
    if (!Files.exists(text)) {
      Processes.runInto(text, script(recording));
    }
    return text;
  }

  /** The frames of a recording as JSON lines. */
  private static Path json(Path recording) throws IOException {
    Path json = Path.of(recording + ".jsonl");
    if (!Files.exists(json)) {
      try (CountingReader reader = input(recording).open(Reading.ASSEMBLED);
          OutputStream out = new BufferedOutputStream(Files.newOutputStream(json));
          JsonGenerator lines = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
        lines.setRootValueSeparator(new com.fasterxml.jackson.core.io.SerializedString("\n"));
        while (reader.hasNext()) {
          if (reader.next() instanceof Accepted accepted) {
            write(accepted.frame(), lines);
          }
        }
      }
    }
    return json;
  }

  private static void write(ExitFrame frame, JsonGenerator line) throws IOException {
    line.writeStartObject();
    line.writeNumberField("ts_ns", frame.timeNanos().orElseThrow());
    line.writeNumberField("cpu", frame.cpu().orElseThrow());
    line.writeNumberField("pid", frame.task().pid().orElseThrow());
    line.writeNumberField("tid", frame.task().tid().orElseThrow());
    line.writeStringField("comm", frame.task().comm().orElseThrow());
    line.writeStringField("entry", frame.entry().key());
    line.writeStringField("event", frame.event().orElseThrow());
    if (frame.syscall().isPresent()) {
      line.writeNumberField("nr", frame.syscall().getAsLong());
      line.writeNumberField("ret", frame.result().orElseThrow());
    }
    for (Register register : Register.values()) {
      line.writeStringField(
          register.key(), "0x" + Long.toHexString(register.of(frame.registers())));
    }
    line.writeEndObject();
  }

  private void sizes(Path recording, Engine engine) throws IOException {
    Path store = fresh();
    long frames =
        engine
            .ingest(List.of(input(recording)), store.toString(), (trace, counts) -> {})
            .accepted();
    results.add("store", "frames", frames, "frames");
    results.add("store", "perf-data", Files.size(recording) / (double) frames, "B/frame");
    results.add("store", "zstd-19", packed(recording) / (double) frames, "B/frame");
    results.add(
        "store", "parquet", Setting.bytes(store.resolve("frames")) / (double) frames, "B/frame");
  }

  private static long packed(Path file) throws IOException {
    long[] bytes = {0};
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int one) {
            bytes[0]++;
          }

          @Override
          public void write(byte[] some, int from, int count) {
            bytes[0] += count;
          }
        };
    try (ZstdOutputStream out = new ZstdOutputStream(counting, 19)) {
      Files.copy(file, out);
    }
    return bytes[0];
  }
}
