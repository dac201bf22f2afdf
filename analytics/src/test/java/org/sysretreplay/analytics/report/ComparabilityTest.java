package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.Group;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.analytics.RejectSummary;
import org.sysretreplay.analytics.SampledWorkloads;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Sampling;

class ComparabilityTest {

  /** One run, with all that may differ from another. */
  private static final class Recording {

    private final TallyTable table = new TallyTable();
    private String release = "6.12.1";
    private Set<MachineSign> signs = Set.of();
    private long ignored = 100;
    private long lost;
    private long rejected;
    private long uncounted;
    private SampledWorkloads sampled = SampledWorkloads.NONE;
    private long exits;

    private Recording exits(String workload, String event, Stage stage, long count) {
      exits += count;
      Verdict hit = Verdict.of(Outcome.SYSRET);
      table
          .of(new Group(workload, "seed", List.of(event)))
          .plus(stage, Optional.empty(), hit, hit, count);
      return this;
    }

    private ComparisonRun run(String source) {
      return new ComparisonRun(
          source,
          new Models(List.of("seed"), Map.of()),
          new Machines(
              Machine.TRACED, Map.of("t", new RecordedOn(release, MachineFacts.NOT_KNOWN, signs))),
          Intake.of(source, counts(), new RejectSummary()).with(sampled),
          Map.of(),
          Optional.of(table));
    }

    private Counts counts() {
      long records = exits - uncounted;
      return new Counts(records + rejected + ignored, records, rejected, ignored, lost, exits);
    }
  }

  private static Recording usual() {
    Recording usual = new Recording().exits("app", "sys_exit", Stage.FINAL, 100);
    usual.table.addNanos("app", 1_000_000_000);
    return usual;
  }

  private static ComparisonSide side(Recording... recordings) {
    List<ComparisonRun> runs = new ArrayList<>();
    for (Recording it : recordings) {
      runs.add(it.run("run" + runs.size()));
    }
    return new ComparisonSide("seed", runs);
  }

  private static List<String> told(ComparisonSide base, ComparisonSide other) {
    Comparison.Terms terms =
        new Comparison.Terms(Machine.TRACED, Reading.ASSEMBLED, Optional.empty());
    return Comparability.of(Comparison.ofRuns(base, other, terms));
  }

  private static List<String> told(Recording other) {
    List<String> told = told(side(usual()), side(other));
    // Whichever side it is on, it is told, of that side.
    assertThat(told(side(other), side(usual()))).hasSameSizeAs(told).doesNotContainSequence(told);
    return told;
  }

  @Test
  void recordingsThatAreAlikeAreComparable() {
    assertThat(told(side(usual()), side(usual(), usual()))).isEmpty();
  }

  @Test
  void anotherKernelIsTold() {
    Recording other = usual();
    other.release = "5.10.3";
    assertThat(told(other))
        .containsExactly(
            "Base was recorded on Linux 6.12.1 and other on Linux 5.10.3, and frames are as their"
                + " kernel left them; record both on one kernel.");
    other.release = "";
    assertThat(told(side(usual()), side(other))).isEmpty();
  }

  @Test
  void anotherMachineIsTold() {
    Recording other = usual();
    other.signs = Set.of(MachineSign.FRED, MachineSign.LA57, MachineSign.XEN_PV);
    assertThat(told(other))
        .containsExactly(
            "Only other was recorded with FRED; start both with the same fred= on the kernel's line.",
            "Only other was recorded with 5-level paging; start both with no5lvl or without.",
            "Only other was recorded in a Xen PV guest; record both in one.");
  }

  @Test
  void otherEventsAreTold() {
    assertThat(told(usual().exits("app", "page_fault", Stage.FINAL, 50)))
        .containsExactly(
            "Only other has exits of page_fault; record both with the same events, as"
                + " sysret-replay record does.");
    assertThat(told(side(usual()), side(usual().exits("app", "rare", Stage.FINAL, 1)))).isEmpty();
    Recording exitsOnly = usual();
    exitsOnly.ignored = 0;
    assertThat(told(exitsOnly))
        .containsExactly(
            "Only base has events beside exits, such as sys_enter, which say what happened between;"
                + " record both with the same events, as sysret-replay record does.");
  }

  @Test
  void lostSamplesAndEarlyExitsOfOneSideAreTold() {
    Recording lossy = usual();
    lossy.lost = 1_234;
    assertThat(told(lossy))
        .containsExactly(
            "Only other lost 1,234 samples, so that its counts are too low; record with"
                + " larger buffers (perf record -m 4096, ftrace's buffer_size_kb or trace-cmd record -b)"
                + " or fewer events.");
    assertThat(told(side(lossy), side(lossy))).isEmpty();
    assertThat(told(usual().exits("app", "sys_exit", Stage.EARLY, 100)))
        .containsExactly(
            "50.0 % of the exits of other are early, and 0.0 % of the other side's: nothing tells"
                + " what came after the event; record both with the syscall and signal events.");
  }

  @Test
  void rejectsOfOneSideAreTold() {
    Recording broken = usual();
    broken.rejected = 3;
    assertThat(told(broken))
        .containsExactly(
            "Only other has rejects, 3 of 203 records, so that exits may be missing in it; do what is"
                + " told of them.");
    assertThat(told(side(broken), side(broken))).isEmpty();
  }

  /** What follows from the way of recording is not told beside it, and what does not is. */
  @Test
  void anotherWayOfRecordingIsTold() {
    Recording counted = usual();
    counted.ignored = 0;
    counted.uncounted = 90;
    counted.lost = 7;
    assertThat(told(counted))
        .containsExactly(
            "Only other lost 7 exits, so that its counts and shares are both wrong; count with more"
                + " room (record --counts --keys), or where perf recorded with larger buffers (perf record -m"
                + " 4096).",
            "Only other was counted where it was recorded: interrupts may be missing in it, and"
                + " forks' children and what came after an exit do not show; record both in one way.");
    Recording sampled = usual();
    sampled.ignored = 0;
    sampled.sampled = SampledWorkloads.of("app", Sampling.oneOf(101), 100);
    assertThat(told(sampled))
        .containsExactly(
            "Only other is sampled: interrupts may be missing in it, and "
                + SampledText.NOT_SEEN
                + "; record both whole, or both with the same --every.");
    counted.lost = 0;
    assertThat(told(side(sampled), side(counted))).hasSize(2);
    assertThat(told(counted.exits("app", "exceptions:page_fault_user", Stage.FINAL, 50)))
        .hasSize(2)
        .contains(
            "Only other has exits of exceptions:page_fault_user; record both with the same events,"
                + " as sysret-replay record does.");
    Recording base = usual().exits("app", "irq_vectors:local_timer_exit", Stage.FINAL, 50);
    assertThat(told(side(base), side(sampled))).hasSize(1);
  }

  @Test
  void muchLongerRunsAreTold() {
    Recording longer = usual();
    longer.table.addNanos("app", 10_000_000_000L);
    assertThat(told(longer))
        .containsExactly(
            "Other is more than ten times as long as base of app; record both for the same time.");
    // How many runs there are does not make them longer.
    assertThat(told(side(usual()), side(usual(), usual(), longer))).isEmpty();
  }

  @Test
  void whatOneSideLacksIsTold() {
    assertThat(told(side(usual()), side(usual().exits("more", "sys_exit", Stage.FINAL, 3))))
        .containsExactly(
            "With exits on one side only, and not compared: more; --workload NAME counts all traces"
                + " under one name.");
    assertThat(
            told(
                side(usual().exits("x", "sys_exit", Stage.FINAL, 5), usual()),
                side(usual().exits("x", "sys_exit", Stage.FINAL, 5))))
        .containsExactly("x has exits in 1 of 2 runs of base; record it in every run.");
  }

  /** Whatever two runs are, what moved is all of their difference. */
  @Test
  void whatMovedAddsUpToTheDifference() {
    Recording other = usual();
    other.exits += 300;
    Verdict route = Verdict.of(Outcome.IRET_ROUTE);
    other
        .table
        .of(new Group("app", "seed", List.of("sys_exit")))
        .plus(Stage.FINAL, Optional.empty(), route, route, 300);
    Comparison comparison =
        Comparison.ofRuns(
            side(usual()),
            side(other),
            new Comparison.Terms(Machine.TRACED, Reading.ASSEMBLED, Optional.empty()));
    ComparedWorkload row = comparison.rows().get(0);
    for (ShareSteps moved :
        List.of(ShareSteps.byCause(row), ShareSteps.byReason(row).orElseThrow())) {
      assertThat(moved.steps()).extracting(ShareSteps.Step::what).containsExactly("IRET_ROUTE");
      assertThat(moved.steps().stream().mapToDouble(it -> it.effect().value().orElseThrow()).sum())
          .isCloseTo(row.sharePoints().value().orElseThrow(), within(1e-9));
    }
  }
}
