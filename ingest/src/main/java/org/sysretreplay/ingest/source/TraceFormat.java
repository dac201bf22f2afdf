package org.sysretreplay.ingest.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sysretreplay.ingest.ftrace.FtraceReader;
import org.sysretreplay.ingest.ftrace.FtraceSniffer;
import org.sysretreplay.ingest.jsonl.JsonLinesSniffer;
import org.sysretreplay.ingest.jsonl.JsonReaders;
import org.sysretreplay.ingest.parquet.ParquetSniffer;
import org.sysretreplay.ingest.parquet.ParquetTraceReader;
import org.sysretreplay.ingest.perfdata.PerfDataReader;
import org.sysretreplay.ingest.perfdata.PerfDataSniffer;
import org.sysretreplay.ingest.perfscript.PerfScriptReader;
import org.sysretreplay.ingest.perfscript.PerfScriptSniffer;
import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceReader;

/**
 * The formats that can be read, in the order in which help and messages list them. A constant has
 * everything about its format that is not in the format's own package: {@code --input-format},
 * messages, the names of traces and scans of folders come from this list.
 *
 * <p>No format knows another, so that several can claim the same head: names and messages are free
 * text, and a record of ftrace with the message {@code 5 [0] 1.5:} holds the start of a line of
 * perf script. The last format in this list that claims a head gets it, because later ones demand
 * more of a line: perf script a thread and a CPU, ftrace the time as well, JSON lines a key in an
 * object, and Parquet a magic number. A head with the magic of a perf.data is no text.
 */
public enum TraceFormat {
  PERF_DATA(
      "perf-data",
      "a perf.data",
      "a recording of perf record",
      List.of("perf", "data"),
      true,
      PerfDataSniffer::claims,
      PerfDataReader::new),
  PERF_SCRIPT(
      "perf-script",
      "the text of perf script",
      "the text of perf script",
      List.of("perf", "script", "txt", "out", "log"),
      false,
      PerfScriptSniffer::claims,
      PerfScriptReader::new),
  FTRACE(
      "ftrace",
      "the text of ftrace",
      "the text of ftrace, with probes that print the registers",
      List.of("ftrace", "trace", "txt", "out", "log"),
      false,
      FtraceSniffer::claims,
      FtraceReader::new),
  JSONL(
      "jsonl",
      "JSON lines",
      "JSON lines, one frame a line",
      List.of("counts.jsonl", "jsonl", "ndjson", "json"),
      false,
      JsonLinesSniffer::claims,
      JsonReaders::open),
  PARQUET(
      "parquet",
      "Parquet",
      "a table of raw registers, one frame a row",
      List.of("parquet", "pq"),
      true,
      ParquetSniffer::claims,
      ParquetTraceReader::new);

  /** Makes a reader for one file. */
  private interface Opener {
    TraceReader open(NamedFile file, Reading reading);
  }

  private final String id;
  private final String whatToGive;
  private final String sentence;
  private final List<String> extensions;
  private final boolean hasMagic;
  private final Predicate<Head> claims;
  private final Opener opener;

  /**
   * A format.
   *
   * @param whatToGive its name behind "give"
   * @param sentence what it is, without a full stop
   * @param extensions the usual endings of file names, without the dot
   * @param hasMagic whether its first bytes are the same in every file, and no text
   * @param claims whether a file that begins like this is of the format, whatever others say
   */
  TraceFormat(
      String id,
      String whatToGive,
      String sentence,
      List<String> extensions,
      boolean hasMagic,
      Predicate<Head> claims,
      Opener opener) {
    this.id = id;
    this.whatToGive = whatToGive;
    this.sentence = sentence;
    this.extensions = extensions;
    this.hasMagic = hasMagic;
    this.claims = claims;
    this.opener = opener;
  }

  /** The name on the command line. */
  public String id() {
    return id;
  }

  /** What it is, as part of a sentence: {@code JSON lines, one frame a line}. */
  public String sentence() {
    return sentence;
  }

  /** Its name behind "give": {@code a perf.data}, {@code the text of ftrace}. */
  String whatToGive() {
    return whatToGive;
  }

  /** The usual endings of file names, without the dot. Formats can share endings. */
  List<String> extensions() {
    return extensions;
  }

  /** Whether its first bytes are the same in every file, and no text. */
  boolean hasMagic() {
    return hasMagic;
  }

  /** The format of that name, if there is one. */
  public static Optional<TraceFormat> byId(String id) {
    return Stream.of(values()).filter(format -> format.id.equals(id)).findFirst();
  }

  /**
   * The format that claims the file by its first bytes, or the last of several; empty if none does.
   *
   * @throws TraceException if not even one byte can be read
   */
  public static Optional<TraceFormat> of(NamedFile file) {
    return of(Head.of(file));
  }

  /** The format of the file at that path. */
  public static Optional<TraceFormat> of(Path path) {
    return of(NamedFile.of(path));
  }

  static Optional<TraceFormat> of(Head head) {
    return claimants(head).stream().reduce((earlier, later) -> later);
  }

  /** All formats that claim the head, in the order of this list. */
  static List<TraceFormat> claimants(Head head) {
    return Stream.of(values()).filter(format -> format.claims.test(head)).toList();
  }

  /**
   * Opens a file of this format.
   *
   * @param reading how its events become frames; JSON lines and rows of Parquet are frames already
   * @throws TraceException if its header cannot be read
   */
  public TraceReader open(NamedFile file, Reading reading) {
    return opener.open(file, reading);
  }

  /**
   * Opens a file of this format that is where its name says.
   *
   * @param reading how its events become frames; JSON lines and rows of Parquet are frames already
   * @throws TraceException if its header cannot be read
   */
  public TraceReader open(Path path, Reading reading) {
    return open(NamedFile.of(path), reading);
  }
}
