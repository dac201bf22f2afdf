package org.sysretreplay.ingest.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sysretreplay.ingest.ftrace.FtraceReader;
import org.sysretreplay.ingest.jsonl.JsonLinesReader;
import org.sysretreplay.ingest.parquet.ParquetTraceReader;
import org.sysretreplay.ingest.perfdata.PerfDataReader;
import org.sysretreplay.ingest.perfscript.PerfScriptReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceReader;

/** The formats that can be read. The ids are what {@code --format} takes. */
public enum TraceFormat {
  PERF_DATA("perf-data", Sniff::perfData, PerfDataReader::new),
  PERF_SCRIPT("perf-script", Sniff::perfScript, PerfScriptReader::new),
  FTRACE("ftrace", Sniff::ftrace, FtraceReader::new),
  JSONL("jsonl", Sniff::jsonLines, JsonLinesReader::new),
  PARQUET("parquet", Sniff::parquet, ParquetTraceReader::new);

  /** Makes the reader of one file. */
  private interface Opener {
    TraceReader open(Path path, Reading reading);
  }

  /** How much of a file decides its format. */
  private static final int HEAD_BYTES = 1 << 14;

  private final String id;
  private final Predicate<byte[]> claims;
  private final Opener opener;

  TraceFormat(String id, Predicate<byte[]> claims, Opener opener) {
    this.id = id;
    this.claims = claims;
    this.opener = opener;
  }

  /** The name on the command line. */
  public String id() {
    return id;
  }

  /** The format of that name, if there is one. */
  public static Optional<TraceFormat> byId(String id) {
    return Stream.of(values()).filter(format -> format.id.equals(id)).findFirst();
  }

  /** The format that claims the file by its first bytes, if one does. At most one can. */
  public static Optional<TraceFormat> of(Path path) {
    byte[] head = TraceBytes.head(path, HEAD_BYTES);
    return Stream.of(values()).filter(format -> format.claims.test(head)).findFirst();
  }

  /** All formats that claim the head of a file; more than one is a mistake in the sniffers. */
  static List<TraceFormat> claimants(byte[] head) {
    return Stream.of(values()).filter(format -> format.claims.test(head)).toList();
  }

  /**
   * Opens a file of this format.
   *
   * @param reading how its events become frames; JSON lines and rows of Parquet are frames already
   * @throws TraceException where its header cannot be read
   */
  public TraceReader open(Path path, Reading reading) {
    return opener.open(path, reading);
  }

  /** What the first bytes of each format look like. */
  private static final class Sniff {

    private static final Pattern SCRIPT_LINE =
        Pattern.compile("^.*\\s-?\\d+(/-?\\d+)?\\s+\\[\\d+].*");

    private static final Pattern SCRIPT_HEADER = Pattern.compile("^# (=+|captured on +:.*)$");

    private static final Pattern FTRACE_LINE =
        Pattern.compile(
            "^.*\\S-\\d+\\s+(\\([\\s\\d-]+\\)\\s+)?\\[\\d+]\\s*(\\S+\\s+)?\\d+(\\.\\d+)?:\\s.*");

    private static final Pattern FTRACE_PREFACE =
        Pattern.compile("cpus=\\d+|version = \\d+|CPU \\d+ is empty|CPU:\\d+ \\[.*EVENTS.*]");

    private static final Pattern FRAME_KEY =
        Pattern.compile("\"(rip|rcx|r11|rflags|ts_ns|entry)\"\\s*:");

    private static boolean perfData(byte[] head) {
      String magic = start(head, 8);
      return magic.equals("PERFILE2") || magic.equals("2ELIFREP");
    }

    /** As Parquet begins, or an encrypted one, which is refused by name. */
    private static boolean parquet(byte[] head) {
      String magic = start(head, 4);
      return magic.equals("PAR1") || magic.equals("PARE");
    }

    private static String start(byte[] head, int length) {
      return new String(head, 0, Math.min(length, head.length), StandardCharsets.ISO_8859_1);
    }

    /** One of the first two lines that are no comment, so that a first line cut in half passes. */
    private static boolean perfScript(byte[] head) {
      return !jsonLines(head)
          && !ftrace(head)
          && (text(head).lines().findFirst().filter(Sniff::isHeader).isPresent()
              || samples(head).anyMatch(line -> SCRIPT_LINE.matcher(line).matches()));
    }

    /** As tracefs begins its text, or one of the first two lines behind what trace-cmd says. */
    private static boolean ftrace(byte[] head) {
      return !jsonLines(head)
          && (text(head)
                  .lines()
                  .takeWhile(line -> line.startsWith("#"))
                  .anyMatch(line -> line.startsWith("# tracer: "))
              || samples(head).anyMatch(line -> FTRACE_LINE.matcher(line).matches()));
    }

    /** The first two lines that can be samples. */
    private static Stream<String> samples(byte[] head) {
      return text(head)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .filter(line -> !FTRACE_PREFACE.matcher(line).matches())
          .limit(2);
    }

    private static boolean isHeader(String line) {
      return SCRIPT_HEADER.matcher(line).matches();
    }

    private static boolean jsonLines(byte[] head) {
      Optional<String> first = text(head).lines().filter(line -> !line.isBlank()).findFirst();
      return first
          .filter(line -> line.stripLeading().startsWith("{") && FRAME_KEY.matcher(line).find())
          .isPresent();
    }

    private static String text(byte[] head) {
      return new String(head, StandardCharsets.UTF_8);
    }
  }
}
