package org.sysretreplay.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;

/**
 * The frames of the sample traces against {@code assembled.json}, which {@code expected.py
 * --assembled} makes of the text by an implementation of its own.
 */
class AssembledSamplesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> workloads() {
    return Traces.workloads();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void perfDataGivesWhatTheSecondImplementationMakesOfTheText(Path workload) throws IOException {
    assertThat(assembled(TraceFormat.PERF_DATA, workload, "perf.data"))
        .isEqualTo(expected(workload));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void theTextGivesWhatTheSecondImplementationMakesOfIt(Path workload) throws IOException {
    assertThat(assembled(TraceFormat.PERF_SCRIPT, workload, "perf.script.gz"))
        .isEqualTo(expected(workload));
  }

  /** Cases that no sample shows are tested in the other tests of this package only. */
  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "LDT_SEGMENT",
        "VSYSCALL",
        "RSEQ_ABORT",
        "UPROBE",
        "PTRACE_EDIT",
        "NON_CANONICAL_ADDRESS",
        "SINGLE_STEP",
        "IOPL",
        "XEN_PV_GUEST",
        "UNKNOWN"
      })
  void everyOtherCauseIsThatOfSomeSample(Cause cause) {
    assertThat(workloads())
        .anyMatch(
            workload ->
                Traces.readAll(
                        TraceFormat.PERF_DATA, workload.resolve("perf.data"), Reading.ASSEMBLED)
                    .frames()
                    .stream()
                    .anyMatch(it -> it.cause().filter(cause::equals).isPresent()));
  }

  private static Map<?, ?> expected(Path workload) throws IOException {
    return JSON.readValue(workload.resolve("assembled.json").toFile(), Map.class);
  }

  private static Map<String, Object> assembled(TraceFormat format, Path workload, String file) {
    Traces.Whole whole = Traces.readAll(format, workload.resolve(file), Reading.ASSEMBLED);
    Map<String, Row> rows = new TreeMap<>();
    for (ExitFrame frame : whole.frames()) {
      String event = frame.event().orElseThrow();
      rows.computeIfAbsent(frame.entry().key() + " " + event, it -> new Row(frame)).add(frame);
    }
    return Map.of(
        "schema",
        "sysret-replay/assembled/1",
        "workload",
        workload.getFileName().toString(),
        "model",
        "seed",
        "in_kernel",
        (int) whole.records().stream().filter(InKernel.class::isInstance).count(),
        "rows",
        new ArrayList<>(rows.values().stream().map(Row::json).toList()));
  }

  /** The counts of the frames of one entry and event. */
  private static final class Row {

    private final String entry;
    private final String event;
    private int exits;
    private int sysret;
    private final Map<String, Integer> stages = new TreeMap<>();
    private final Map<String, Integer> paths = new TreeMap<>();
    private final Map<String, Integer> firstMiss = new TreeMap<>();
    private final Map<String, Integer> anyMiss = new TreeMap<>();
    private final Map<String, Integer> causes = new TreeMap<>();

    Row(ExitFrame first) {
      entry = first.entry().key();
      event = first.event().orElseThrow();
    }

    void add(ExitFrame frame) {
      Verdict verdict = ExitModels.SEED.judge(frame, Machine.TRACED);
      exits++;
      count(stages, frame.assembly().stage().key());
      count(paths, frame.path().key());
      if (verdict.outcome() == Outcome.SYSRET) {
        sysret++;
      } else {
        assertThat(verdict.outcome()).isEqualTo(Outcome.IRET_MISS);
        count(firstMiss, verdict.firstMiss().orElseThrow().name());
        verdict.allMisses().stream().map(MissReason::name).forEach(it -> count(anyMiss, it));
        count(causes, Cause.ofMiss(verdict, frame.cause()).key());
      }
    }

    private static void count(Map<String, Integer> counts, String name) {
      counts.merge(name, 1, Integer::sum);
    }

    Map<String, Object> json() {
      Map<String, Object> json = new TreeMap<>();
      json.put("entry", entry);
      json.put("event", event);
      json.put("exits", exits);
      json.put("sysret", sysret);
      json.put("stages", stages);
      json.put("paths", paths);
      json.put("first_miss", firstMiss);
      json.put("any_miss", anyMiss);
      json.put("causes", causes);
      return json;
    }
  }
}
