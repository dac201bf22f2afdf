package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.Answers;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.Reading;

class FindingsTest {

  private static Findings of(Models models, List<TraceInput> inputs) {
    Question question =
        new Question(
            models,
            Machines.of(Machine.TRACED),
            Reading.ASSEMBLED,
            List.of(GroupColumn.ENTRY, GroupColumn.CPU));
    return Findings.of(Report.of(question, Answers.sum(question, inputs)));
  }

  private static List<String> sentences(List<String> models, String... workloads)
      throws IOException {
    List<TraceInput> inputs = new ArrayList<>();
    for (String workload : workloads) {
      inputs.add(SampleTraces.recording(workload));
    }
    return of(new Models(models, Map.of()), inputs).sentences();
  }

  @Test
  void oneModelHasAWholeSentence() throws IOException {
    assertThat(sentences(List.of("seed"), "shell"))
        .containsExactly(
            "Under seed, 35.9 % of 2,489 exits return by SYSRET; of the 1,595 misses 98.7 % fail"
                + " RCX_NOT_RIP first, and 95.9 % are caused by FAULT.");
  }

  @Test
  void severalModelsHaveOneEachAndThoseThatAgreeShareIt() throws IOException {
    assertThat(
            sentences(
                List.of("linux-3.19", "seed", "fred", "linux-4.6", "linux-4.16"), "shell", "http"))
        .hasSize(4)
        .first()
        .isEqualTo(
            "linux-3.19: none of 5,985 exits returns by SYSRET; all by IRET; no register is"
                + " checked.");
    assertThat(sentences(List.of("fred", "linux-4.6", "linux-4.16"), "shell"))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("linux-4.6, linux-4.16: ");
  }

  @Test
  void eachTraceByItsOwnKernelIsOneAnswer() throws IOException {
    TraceInput shell = SampleTraces.recording("shell");
    TraceInput http = SampleTraces.recording("http");
    Findings findings =
        of(
            new Models(
                List.of("fred", "linux-6.9"),
                Map.of(shell.traceId(), "fred", http.traceId(), "linux-6.9")),
            List.of(shell, http));
    assertThat(findings.sentences())
        .singleElement()
        .asString()
        .startsWith(
            "By the kernel that each trace was recorded on, 29.5 % of 5,985 exits return by SYSRET;")
        .contains("; 41.6 % by ERETU; ");
  }

  @Test
  void whereThereIsNoExitNoModelIsNamed() {
    assertThat(of(new Models(List.of("seed", "fred"), Map.of()), List.of()).sentences())
        .containsExactly("There is no exit to count.");
  }
}
