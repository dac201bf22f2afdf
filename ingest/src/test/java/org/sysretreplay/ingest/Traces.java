package org.sysretreplay.ingest;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.io.LocalOutputFile;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.frames.FrameFile;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceReader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** Helpers for tests of readers: the sample traces, and reading a trace to its end. */
public final class Traces {

  private Traces() {}

  /**
   * A trace that was read to its end.
   *
   * @param records all of them in the order in which they came
   */
  public record Whole(List<TraceRecord> records, Counts counts, TraceHeader header) {

    public List<ExitFrame> frames() {
      return records.stream()
          .filter(Accepted.class::isInstance)
          .map(it -> ((Accepted) it).frame())
          .toList();
    }

    public List<Reject> rejects() {
      return records.stream()
          .filter(Rejected.class::isInstance)
          .map(it -> ((Rejected) it).reject())
          .toList();
    }

    /** The only record, which is a frame. */
    public ExitFrame onlyFrame() {
      if (records.size() != 1 || !(records.get(0) instanceof Accepted accepted)) {
        throw new AssertionError("not one frame but " + records);
      }
      return accepted.frame();
    }

    /** The only record, which is a reject. */
    public Reject onlyReject() {
      if (records.size() != 1 || !(records.get(0) instanceof Rejected rejected)) {
        throw new AssertionError("not one reject but " + records);
      }
      return rejected.reject();
    }
  }

  /** Reads to the end and closes; {@link Counts} asserts that the counts add up. */
  public static Whole readAll(TraceReader trace) {
    try (CountingReader reader = new CountingReader(trace)) {
      List<TraceRecord> records = new ArrayList<>();
      reader.forEachRemaining(records::add);
      return new Whole(records, reader.counts(), reader.header());
    }
  }

  /** Reads a file whose format is known, each event by itself. */
  public static Whole readAll(TraceFormat format, Path file) {
    return readAll(format, file, Reading.AS_RECORDED);
  }

  /** Reads a file whose format is known. */
  public static Whole readAll(TraceFormat format, Path file, Reading reading) {
    return readAll(format.open(file, reading));
  }

  /** The record without the stage of its frame, which depends on the whole recording. */
  public static List<Object> withoutStage(TraceRecord record) {
    if (!(record instanceof Accepted exit) || exit.frame().assembly().stage() == Stage.AMENDED) {
      return List.of(record);
    }
    ExitFrame frame = exit.frame();
    Assembly assembly = frame.assembly();
    return List.of(
        frame.seq(),
        frame.timeNanos(),
        frame.cpu(),
        frame.task(),
        frame.entry(),
        frame.event(),
        frame.syscall(),
        frame.result(),
        frame.registers(),
        frame.rsp(),
        frame.rax(),
        assembly.path(),
        assembly.cause(),
        assembly.recorded());
  }

  /** The folder sample-traces. */
  public static Path samples() {
    return Path.of(System.getProperty("sample.traces"));
  }

  /** The folders of sample-traces that hold a recording. */
  public static List<Path> workloads() {
    try (Stream<Path> folders = Files.list(samples())) {
      return folders.filter(it -> Files.exists(it.resolve("perf.data"))).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The recorded workload of that name. */
  public static Path perfData(String workload) {
    return samples().resolve(workload).resolve("perf.data");
  }

  /** The text of a recorded workload, unpacked. */
  public static byte[] perfScript(Path workload) throws IOException {
    return unpacked(workload.resolve("perf.script.gz"));
  }

  /** The bytes of a gzip file, unpacked. */
  public static byte[] unpacked(Path file) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  /** Writes a gzip file. */
  public static Path gzip(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
    return file;
  }

  /** Writes a Zstandard file. */
  public static Path zstd(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
    return file;
  }

  /** Frames as a Parquet file, which is one of a store. */
  public static byte[] parquet(List<ExitFrame> frames) throws IOException {
    Path file = Files.createTempFile("frames", ".parquet");
    try {
      try (FrameFile rows = new FrameFile(new LocalOutputFile(file), 1)) {
        for (ExitFrame frame : frames) {
          rows.add(frame);
        }
      }
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }

  /** A frame as a line of JSON, its required fields only. */
  public static String json(ExitFrame frame) {
    return "{\"rip\":\"0x%x\",\"rcx\":\"0x%x\",\"r11\":\"0x%x\",\"rflags\":\"0x%x\",\"cs\":\"0x%x\",\"ss\":\"0x%x\"}"
        .formatted(
            frame.registers().rip(),
            frame.registers().rcx(),
            frame.registers().r11(),
            frame.registers().rflags(),
            frame.registers().cs(),
            frame.registers().ss());
  }
}
