package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceRecord;

/**
 * Records a small command with the options that change what a sample holds, and compares every
 * record with what perf itself prints of it. Skipped without perf, or without the right to record.
 */
class PerfOracleTest {

  private static final String EXIT = "raw_syscalls:sys_exit";

  private static final String USUAL_EVENTS =
      "-e raw_syscalls:sys_enter -e raw_syscalls:sys_exit -e exceptions:page_fault_user";

  private static final String REGISTERS = "--user-regs=" + RejectReason.REGISTERS + " -c 1";

  /** The fields to print, in the order in which perf prints them anyway. */
  private static final List<String> PRINT =
      List.of("script", "--ns", "-F", "comm,pid,tid,cpu,time,event,trace,uregs");

  private static final List<String> COMMAND = List.of("ls", "/");

  private static final long TIMEOUT_SECONDS = 60;

  @TempDir static Path folder;

  @BeforeAll
  static void perfMustBeThereAndMayRecord() throws IOException, InterruptedException {
    assumeTrue(isOnPath("perf"), "perf is not installed");
    Run run = record(folder.resolve("probe"), USUAL_EVENTS + " " + REGISTERS, COMMAND);
    assumeTrue(run.exitCode() == 0, "perf may not record here: " + run.output());
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(it -> Files.isExecutable(Path.of(it, program)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-B",
        "-g",
        "--call-graph dwarf,512",
        "-d --phys-data --data-page-size --code-page-size -W --transaction",
        "--intr-regs=ip,sp --sample-cpu --running-time",
        "--sample-identifier -P -T",
        "-s -i -m 1",
        "-b",
        "--switch-events --namespaces --buildid-mmap",
        "--all-cgroups"
      })
  void theSameRecordsAsPerfPrints(String options) throws IOException, InterruptedException {
    assertSameAsPrinted(USUAL_EVENTS + " " + REGISTERS + " " + options);
  }

  /** The command has perf begin, and goes on when perf says that it has. */
  @Test
  void theSameRecordsWhereRecordingBeginsLate() throws IOException, InterruptedException {
    Path inbox = fifo("inbox");
    Path answers = fifo("answers");
    String options =
        USUAL_EVENTS + " " + REGISTERS + " -D -1 --control=fifo:%s,%s".formatted(inbox, answers);
    String command = "echo enable >%s; read -r done <%s; ls /".formatted(inbox, answers);
    assertSameAsPrinted(recorded(options, List.of("sh", "-c", command)));
  }

  private static Path fifo(String name) throws IOException, InterruptedException {
    Path fifo = folder.resolve(name);
    assumeTrue(
        run(List.of("mkfifo", fifo.toString()), folder.resolve(name + ".out")).exitCode() == 0,
        "no FIFO can be made here");
    return fifo;
  }

  @Test
  void theSameRecordsOfASingleEvent() throws IOException, InterruptedException {
    assertSameAsPrinted("-e " + EXIT + " " + REGISTERS);
    assertSameAsPrinted("-e " + EXIT + " " + REGISTERS + " --sample-identifier");
  }

  @Test
  void theSameRecordsOfAllProcessors() throws IOException, InterruptedException {
    assertSameAsPrinted("-a " + USUAL_EVENTS + " " + REGISTERS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pid,tid,cpu,time,event,trace,uregs",
        "pid,tid,cpu,time,period,event,trace,uregs",
        "pid,tid,cpu,misc,time,period,event,trace,uregs",
        "pid,tid,time,period,event,trace,uregs",
        "pid,tid,cpu,period,event,trace,uregs",
        "pid,tid,period,event,trace,uregs",
        "pid,tid,event,trace,uregs",
        "tid,cpu,time,period,event,trace,uregs",
        "tid,cpu,period,event,trace,uregs",
        "tid,period,event,trace,uregs",
        "tid,event,trace,uregs",
        "comm,pid,tid,cpu,period,event,trace,uregs",
        "comm,pid,tid,cpu,misc,period,event,trace,uregs",
        "comm,tid,period,event,trace,uregs",
        "comm,pid,tid,cpu,time,period,event,ip,sym,trace,uregs",
        "comm,pid,tid,cpu,period,event,ip,sym,trace,uregs",
        "comm,pid,tid,period,event,ip,sym,trace,uregs",
        "pid,tid,cpu,period,event,ip,sym,trace,uregs",
        "pid,tid,period,event,ip,sym,trace,uregs"
      })
  void theSameStartsOfLinesWhicheverFieldsArePrinted(String fields)
      throws IOException, InterruptedException {
    Path file = recorded(USUAL_EVENTS + " " + REGISTERS + " -g -P -T --sample-cpu");
    List<String> print = List.of("script", "--ns", "-F", fields);
    List<ExitFrame> printed = printed(file, print, Reading.AS_RECORDED).frames();
    List<ExitFrame> read = Traces.readAll(TraceFormat.PERF_DATA, file).frames();
    assertThat(read).isNotEmpty();
    assertThat(starts(printed)).isEqualTo(starts(read, List.of(fields.split(","))));
  }

  private static List<?> starts(List<ExitFrame> frames) {
    return starts(frames, List.of("comm", "pid", "cpu", "time"));
  }

  /** What the lines of the frames have before the registers, if these fields are printed. */
  private static List<?> starts(List<ExitFrame> frames, List<String> fields) {
    return frames.stream().map(it -> start(it, fields)).toList();
  }

  private static List<?> start(ExitFrame frame, List<String> fields) {
    return List.of(
        fields.contains("comm") ? frame.task().comm() : Optional.empty(),
        fields.contains("pid") ? frame.task().pid() : frame.task().tid(),
        frame.task().tid(),
        fields.contains("cpu") ? frame.cpu() : OptionalLong.empty(),
        fields.contains("time") ? frame.timeNanos() : OptionalLong.empty(),
        frame.event(),
        frame.registers());
  }

  /** perf prints such a sample once more for every other member of the group. */
  @Test
  void theLeadersRecordsOfAGroup() throws IOException, InterruptedException {
    Path file = recorded("-e {" + EXIT + ",exceptions:page_fault_user}:S " + REGISTERS);
    List<ExitFrame> printed =
        printed(file, Reading.AS_RECORDED).frames().stream()
            .filter(it -> it.event().equals(Optional.of(EXIT)))
            .toList();
    List<ExitFrame> read = Traces.readAll(TraceFormat.PERF_DATA, file).frames();
    assertThat(read).isNotEmpty();
    assertThat(read).extracting(ExitFrame::timeNanos).isEqualTo(times(printed));
    assertThat(read).extracting(ExitFrame::registers).isEqualTo(registers(printed));
  }

  private static List<?> times(List<ExitFrame> frames) {
    return frames.stream().map(ExitFrame::timeNanos).toList();
  }

  private static List<?> registers(List<ExitFrame> frames) {
    return frames.stream().map(ExitFrame::registers).toList();
  }

  /**
   * Not every machine has branch stacks, and not every perf has these options: what perf refuses is
   * skipped.
   */
  private static void assertSameAsPrinted(String options) throws IOException, InterruptedException {
    assertSameAsPrinted(recorded(options));
  }

  private static void assertSameAsPrinted(Path file) throws IOException, InterruptedException {
    for (Reading reading : Reading.values()) {
      Traces.Whole read = Traces.readAll(TraceFormat.PERF_DATA, file, reading);
      Traces.Whole printed = printed(file, reading);
      assertThat(read.counts().accepted()).isPositive();
      assertThat(read.counts().rejected()).isZero();
      assertSame(read.records(), printed.records());
      assertThat(read.header()).isEqualTo(printed.header());
    }
  }

  /** Shows the first difference instead of two lists of thousands. */
  private static void assertSame(List<TraceRecord> read, List<TraceRecord> printed) {
    for (int i = 0; i < Math.min(read.size(), printed.size()); i++) {
      assertThat(read.get(i)).as("record " + i).isEqualTo(printed.get(i));
    }
    assertThat(read).hasSameSizeAs(printed);
  }

  private static Path recorded(String options) throws IOException, InterruptedException {
    return recorded(options, COMMAND);
  }

  private static Path recorded(String options, List<String> command)
      throws IOException, InterruptedException {
    Path file = Files.createTempDirectory(folder, "record").resolve("perf.data");
    Run run = record(file, options, command);
    if (run.exitCode() != 0) {
      abort("this perf refuses " + options + ": " + run.output());
    }
    return file;
  }

  private static Traces.Whole printed(Path file, Reading reading)
      throws IOException, InterruptedException {
    return printed(file, PRINT, reading);
  }

  private static Traces.Whole printed(Path file, List<String> print, Reading reading)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("perf"));
    command.addAll(print);
    command.addAll(List.of("--header", "-i", file.toString()));
    Path text = file.resolveSibling("perf.script");
    Run run = run(command, text);
    assertThat(run.exitCode()).as(run.output()).isZero();
    return Traces.readAll(TraceFormat.PERF_SCRIPT, text, reading);
  }

  private record Run(int exitCode, String output) {}

  private static Run record(Path file, String options, List<String> recorded)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("perf", "record", "-q", "-o", file.toString()));
    command.addAll(List.of(options.strip().split(" +")));
    command.add("--");
    command.addAll(recorded);
    return run(command, file.resolveSibling(file.getFileName() + ".out"));
  }

  /** The command's own copies of programs, kept under HOME, go where the recording goes. */
  private static Run run(List<String> command, Path out) throws IOException, InterruptedException {
    Path err = out.resolveSibling(out.getFileName() + ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", folder.toString());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end");
    }
    return new Run(process.exitValue(), Files.readString(err).strip());
  }
}
