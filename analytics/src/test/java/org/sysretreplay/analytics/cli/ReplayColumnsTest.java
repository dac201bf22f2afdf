package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.ForeignParquet;
import org.sysretreplay.analytics.SampleStores;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.analytics.listing.FrameDetail;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** The columns that {@code replay --columns} adds, against the frames themselves. */
class ReplayColumnsTest {

  private static final String ALL = "cause,comm,syscall,registers";

  @TempDir private Path folder;

  private static TraceInput recording(String workload) throws IOException {
    return SampleTraces.recordingsAndOldKernels().stream()
        .filter(it -> it.file().contains("/" + workload + "/"))
        .findFirst()
        .orElseThrow();
  }

  /** The keys behind a line's verdict, and their values, written by hand. */
  private static List<String> expected(TraceInput trace, Reading reading) {
    List<String> lines = new ArrayList<>();
    try (CountingReader reader = trace.open(reading)) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          lines.add(expected(accepted.frame()));
        }
      }
    }
    return lines;
  }

  private static String expected(ExitFrame frame) {
    Registers is = frame.registers();
    return ",\"cause\":%s,\"comm\":%s,\"nr\":%s,\"syscall_name\":NAME,%s,\"rsp\":%s}"
        .formatted(
            text(frame.cause().map(Cause::key)),
            text(frame.task().comm()),
            frame.syscall().isPresent() ? frame.syscall().getAsLong() : "null",
            registers(is),
            hex(frame.rsp()));
  }

  private static String registers(Registers is) {
    return "\"rip\":%s,\"rcx\":%s,\"r11\":%s,\"rflags\":%s,\"cs\":%s,\"ss\":%s"
        .formatted(
            Stream.of(is.rip(), is.rcx(), is.r11(), is.rflags(), is.cs(), is.ss())
                .map(it -> hex(OptionalLong.of(it)))
                .toArray());
  }

  private static String text(Optional<String> value) {
    return value.map(it -> "\"" + it + "\"").orElse("null");
  }

  private static String hex(OptionalLong value) {
    return value.isPresent() ? "\"0x%x\"".formatted(value.getAsLong()) : "null";
  }

  private static List<String> lines(Object... command) {
    Result result = CliRunner.run(command);
    assertThat(result.exit()).as(result.err()).isEqualTo(ExitCode.OK);
    return result.out().lines().toList();
  }

  @ParameterizedTest
  @EnumSource(Reading.class)
  void standBehindTheVerdictThatIsTheSameWithoutThem(Reading reading) throws IOException {
    TraceInput trace = recording("timer-signals");
    String store = SampleStores.of(folder.resolve("store"), List.of(trace));
    List<String> options =
        reading == Reading.AS_RECORDED ? List.of("--as-recorded") : List.of("--quiet");
    for (String source : List.of(trace.file(), store)) {
      List<Object> plain = new ArrayList<>(List.of("replay", source, "--format", "jsonl"));
      plain.addAll(List.of("-o", "-", options.get(0)));
      List<Object> more = new ArrayList<>(plain);
      more.addAll(List.of("--columns", ALL));
      List<String> verdicts = lines(plain.toArray());
      List<String> expected = expected(trace, reading);
      List<String> written =
          lines(more.toArray()).stream()
              .map(it -> it.replaceFirst("\"syscall_name\":[^,]*,", "\"syscall_name\":NAME,"))
              .toList();
      assertThat(verdicts).hasSameSizeAs(expected).isNotEmpty();
      for (int i = 0; i < verdicts.size(); i++) {
        assertThat(written.get(i)).isEqualTo(withMore(verdicts.get(i), expected.get(i)));
      }
    }
  }

  private static String withMore(String verdict, String more) {
    return verdict.substring(0, verdict.length() - 1) + more;
  }

  @ParameterizedTest
  @ValueSource(strings = {"vsyscall", "compat32", "rseq"})
  void areTheSameInParquetAndAsThoseOfListedFrames(String workload) throws IOException {
    Path trace = SampleTraces.ROOT.resolve(workload + "/perf.data");
    Path verdicts = folder.resolve("verdicts");
    Path frames = folder.resolve("frames");
    lines("replay", trace, "--columns", ALL, "-o", verdicts, "--model", "auto");
    lines("frames", trace, "--format", "parquet", "-o", frames, "--model", "auto");
    String columns =
        "trace, seq, outcome, first_miss, all_miss, cause, comm, nr, syscall_name, rip, rcx, r11,"
            + " rflags, cs, ss, rsp";
    String written = "(select * from '%s/*.parquet')".formatted(verdicts);
    String listed = "(select %s from '%s/*.parquet')".formatted(columns, frames);
    assertThat(ForeignParquet.count(written)).isEqualTo(ForeignParquet.count(listed)).isPositive();
    assertThat(ForeignParquet.count("(%s except all %s)".formatted(written, listed))).isZero();
    assertThat(ForeignParquet.count("(%s except all %s)".formatted(listed, written))).isZero();
  }

  @Test
  void standInTheOrderThatIsAskedForEachOnce() throws IOException {
    Path trace = SampleTraces.ROOT.resolve("shell/perf.data");
    Path target = folder.resolve("v.jsonl");
    lines("replay", trace, "--format", "jsonl", "-o", target, "--columns", "comm,CAUSE,comm");
    assertThat(Files.readAllLines(target))
        .allMatch(it -> it.matches(".*],\"comm\":.*,\"cause\":[^,]*}"));
  }

  @ParameterizedTest
  @EnumSource(FrameDetail.class)
  void areToldOfInTheDocument(FrameDetail columns) {
    String keys =
        columns.columns().stream()
            .map(it -> "`" + it.key() + "`")
            .collect(Collectors.joining(", "));
    assertThat(SampleTraces.ROOT.resolveSibling("ingest/FORMATS.md"))
        .content()
        .contains("\n| `" + columns.name().toLowerCase(Locale.ROOT) + "` | " + keys + " |\n");
  }

  @Test
  void thatThereAreNotAreRefused() {
    Result result = CliRunner.run("replay", "x", "-o", "-", "--columns", "cause,register");
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: --columns register: there is no such column; perhaps registers; choose from"
                + " cause, comm, syscall, registers.");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
  }
}
