package org.sysretreplay.analytics.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.Answers;
import org.sysretreplay.analytics.Group;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Questions;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.choice.ChoiceException;
import org.sysretreplay.analytics.report.SyscallNames;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/**
 * The frames that filters let through, against the counts of reports grouped by the same columns.
 */
class FrameFilterTest {

  private static final List<String> MODELS =
      List.of("seed", "linux-3.19", "linux-6.9", "seed+signal-delivery-hits");

  private static Question question(Reading reading, List<GroupColumn> by) {
    Machine machine = reading == Reading.ASSEMBLED ? Machine.TRACED : Machine.UNTRACED;
    return new Question(MODELS, machine, reading, by);
  }

  static Stream<TraceInput> samples() throws IOException {
    return SampleTraces.recordingsAndOldKernels().stream();
  }

  /** All frames of a trace, judged by one of the models. */
  private static List<ListedFrame> frames(TraceInput input, Question question, int model) {
    ListedTrace trace = new ListedTrace(input.workload(), input.traceId(), true);
    Judge judge = question.models().judges(question.machines(), input.traceId()).get(model);
    List<ListedFrame> frames = new ArrayList<>();
    try (CountingReader reader = input.open(question.reading())) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          frames.add(ListedFrame.of(trace, accepted.frame(), judge));
        }
      }
    }
    return frames;
  }

  private static FrameFilter filter(String key, String... values) {
    return FrameFilter.of(Map.of(FilterColumn.ofKey(key), List.of(values)));
  }

  private static long count(List<ListedFrame> frames, FrameFilter filter) {
    return frames.stream().filter(filter.predicate()).mapToLong(it -> it.frame().count()).sum();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyValueOfEveryColumnHasTheExitsThatReportsCountOfIt(TraceInput input) {
    for (Reading reading : Reading.values()) {
      Question all = question(reading, List.of());
      for (GroupColumn column : Questions.COLUMNS) {
        Question grouped = question(reading, List.of(column));
        Map<Group, Tally> tallies = Answers.sum(grouped, List.of(input)).table().tallies();
        List<ListedFrame> frames = frames(input, all, 0);
        tallies.forEach(
            (group, tally) -> {
              if (group.modelId().equals(MODELS.get(0))) {
                FrameFilter filter = filter(column.key(), option(column, group.by().get(0)));
                assertThat(count(frames, filter))
                    .as("%s of %s, %s", filter.sentence(), input.file(), reading)
                    .isEqualTo(tally.exits())
                    .isPositive();
              }
            });
      }
    }
  }

  /** The option that lists the frames of a report's row. */
  private static String option(GroupColumn column, Object value) {
    if (value == null) {
      return "-";
    }
    return column.kind() == GroupColumn.Kind.WINDOW
        ? column.text().replace("window=", "") + "@" + value
        : value.toString().replace(",", "\\,");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyOutcomeAndReasonHasTheExitsThatReportsCountOfIt(TraceInput input) {
    for (Reading reading : Reading.values()) {
      Question question = question(reading, List.of());
      Map<Group, Tally> tallies = Answers.sum(question, List.of(input)).table().tallies();
      for (int model = 0; model < MODELS.size(); model++) {
        List<ListedFrame> frames = frames(input, question, model);
        Tally tally = tallies.get(new Group(input.workload(), MODELS.get(model), List.of()));
        for (Outcome outcome : Outcome.values()) {
          assertThat(count(frames, filter("outcome", outcome.key())))
              .isEqualTo(tally.count(outcome));
        }
        for (MissReason reason : MissReason.values()) {
          assertThat(count(frames, filter("reason", reason.name())))
              .isEqualTo(tally.firstMisses().getOrDefault(reason, 0L));
        }
        assertThat(count(frames, filter("of-workload", input.workload()))).isEqualTo(tally.exits());
        assertThat(count(frames, filter("of-workload", input.workload() + "x"))).isZero();
      }
    }
  }

  @Test
  void severalValuesAreOredAndSeveralColumnsAnded() throws IOException {
    TraceInput input = SampleTraces.recording("timer-signals");
    List<ListedFrame> frames = frames(input, question(Reading.ASSEMBLED, List.of()), 0);
    FrameFilter either = filter("cause", "fault,SIGRETURN", "iopl");
    assertThat(count(frames, either))
        .isEqualTo(
            count(frames, filter("cause", "fault")) + count(frames, filter("cause", "sigreturn")))
        .isPositive();
    Map<FilterColumn, List<String>> both = new HashMap<>();
    both.put(FilterColumn.ofKey("cause"), List.of("signal_delivery"));
    both.put(FilterColumn.ofKey("entry"), List.of("syscall"));
    assertThat(count(frames, FrameFilter.of(both)))
        .isEqualTo(
            frames.stream()
                .filter(it -> it.value(GroupColumn.CAUSE) != null)
                .filter(it -> it.value(GroupColumn.CAUSE).equals("signal_delivery"))
                .filter(it -> it.value(GroupColumn.ENTRY).equals("syscall"))
                .count())
        .isPositive()
        .isLessThan(count(frames, filter("cause", "signal_delivery")));
  }

  @Test
  void aSyscallsNameStandsForAllOfItsNumbersAndForNone32BitCodeHas() throws IOException {
    TraceInput input = SampleTraces.recording("timer-signals");
    List<ListedFrame> frames = frames(input, question(Reading.ASSEMBLED, List.of()), 0);
    assertThat(count(frames, filter("syscall", "rt_sigreturn")))
        .isEqualTo(count(frames, filter("syscall", "15,-1")))
        .isPositive();
    TraceInput compat = SampleTraces.recording("compat32");
    List<ListedFrame> of32 =
        frames(compat, question(Reading.ASSEMBLED, List.of()), 0).stream()
            .filter(it -> "compat".equals(it.value(GroupColumn.ENTRY)))
            .filter(it -> it.value(GroupColumn.SYSCALL) != null)
            .toList();
    assertThat(of32).isNotEmpty();
    for (ListedFrame frame : of32) {
      long number = (Long) frame.value(GroupColumn.SYSCALL);
      assertThat(count(List.of(frame), filter("syscall", "" + number))).isOne();
      SyscallNames.of(number)
          .ifPresent(it -> assertThat(count(List.of(frame), filter("syscall", it))).isZero());
    }
  }

  /** Filters have the names and the order of {@code --by}. */
  @Test
  void thereIsAFilterForEveryColumnThatReportsGroupBy() {
    assertThat(FilterColumn.ALL.stream().map(FilterColumn::key))
        .containsSubsequence(Questions.COLUMNS.stream().map(GroupColumn::key).toList())
        .doesNotHaveDuplicates()
        .hasSize(Questions.COLUMNS.size() + 3);
  }

  @Test
  void aNameThatIsNoneIsRefusedWithThoseThatAreLikeIt() {
    assertThatThrownBy(() -> filter("cause", "fault,singal_delivery"))
        .isInstanceOf(ChoiceException.class)
        .hasMessageStartingWith(
            "--cause singal_delivery: there is no such cause; perhaps signal_delivery; choose from ")
        .hasMessageContaining("; choose from code_32_bit, ldt_segment,");
    assertThatThrownBy(() -> filter("outcome", "miss"))
        .hasMessageStartingWith(
            "--outcome miss: there is no such outcome; perhaps iret_miss; choose from ");
    assertThatThrownBy(() -> filter("syscall", "getpidd"))
        .hasMessage(
            "--syscall getpidd: there is no such syscall; perhaps getpid or getgid; its number will"
                + " do, too.");
    assertThatThrownBy(() -> filter("tid", "12x"))
        .hasMessage("--tid 12x: this is no number; give one, as in --tid 1.");
    for (String window :
        List.of("12", "100@12", "100ms@7", "100ms@x", "@0", "1s@9999999999000000000")) {
      assertThatThrownBy(() -> filter("window", window))
          .hasMessage(
              "--window %s: this is no window; give the width of --by window and the start that JSON"
                      .formatted(window)
                  + " and CSV show, as in --window 100ms@303057400000000.");
    }
    assertThatThrownBy(() -> filter("cause", "xen_pv_guest"))
        .hasMessage(
            "--cause xen_pv_guest: this is of the machine and no frame's own cause; ask --reason"
                + " xen_pv_guest.");
    assertThatThrownBy(() -> filter("stage", "in_kernel"))
        .hasMessageEndingWith("; choose from final, amended, early.");
    assertThatThrownBy(() -> filter("reason", ""))
        .hasMessageStartingWith("--reason : there is no such reason; choose from ");
  }

  /** Nanoseconds since 1970 have nineteen digits. */
  @Test
  void aWindowMayBeginToday() {
    assertThat(TimeWindow.parse("100ms@1764444444400000000"))
        .get()
        .hasToString("100ms@1764444444400000000");
  }

  @Test
  void theFirstOfAllWindowsIsOne() {
    GroupColumn column = GroupColumn.of("window=1us").orElseThrow();
    String first = "1us@" + column.ofStored(Long.MIN_VALUE + 1);
    assertThat(TimeWindow.parse(first)).get().hasToString("1us@-9223372036854775808");
  }
}
