package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

class CompareCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static Result compare(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("compare", "--quiet"));
    all.addAll(Arrays.asList(arguments));
    return CliRunner.run(all.toArray());
  }

  private static Path sample(String workload) {
    return SampleTraces.ROOT.resolve(workload).resolve("perf.data");
  }

  private static JsonNode json(Object... arguments) throws IOException {
    List<Object> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--format", "json"));
    return JSON.readTree(compare(all.toArray()).out());
  }

  private Path runOf(String name, int hits, int faults) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < hits; i++) {
      lines.add(JsonLines.HIT);
    }
    for (int i = 0; i < faults; i++) {
      lines.add(JsonLines.FAULT);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return JsonLines.write(
        file.getParent(), file.getFileName().toString(), lines.toArray(String[]::new));
  }

  @Test
  void showsWhatAPolicyWouldChange() {
    Path trace = sample("timer-signals");
    Result result = compare(trace, "@seed+signal-delivery-hits", "--explain-terms");

    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .startsWith(
            """
            The SYSRET share of all exits rose from 48.8 % to 75.6 % (+26.8 points); 500
            exits of cause SIGNAL_DELIVERY go from IRET_MISS to SYSRET.

             timer-signals                  base   other  points
             exits                         1,866   1,866
             checked                       1,866   1,866
             SYSRET                          910   1,410
             IRET_MISS                       956     456
             hit rate (of checked)        48.8 %  75.6 %   +26.8
             SYSRET share (of all exits)  48.8 %  75.6 %   +26.8
              by its own kernel (linux-6.9): SYSRET share 48.3 %, hit rate 62.2 %

             in base    in other  cause            exits
             IRET_MISS  SYSRET    SIGNAL_DELIVERY    500  new hits

            What the numbers mean
              hit rate (of checked)
                SYSRET of the exits whose registers were checked. Models check different
                exits, so that a hit rate alone can mislead.
              SYSRET share (of all exits)
                SYSRET and FAST_SYSRET of all exits, checked or not. This is the share that
                --fail-below looks at.
              new hits, lost hits
                Exits that return by SYSRET in other only, and in base only, counted exit by
                exit.
              SYSRET
                Checked, and returned by SYSRET.
              IRET_MISS
                Checked, and sent to IRET.
              SIGNAL_DELIVERY
                A signal was delivered, so the return goes to its handler. Given where a
                signal_deliver event of the thread, with a handler, follows before it runs
                again.

            """)
        .contains("\nBase: " + trace + "\n  under seed\n")
        .contains("\nOther: " + trace + "\n  under seed+signal-delivery-hits\n")
        .contains("\nModel seed: commit 2a23c6b8a9c4")
        .contains("\nModel seed+signal-delivery-hits: no kernel: ")
        .endsWith(
            """
            Judged as the traced kernel ran: recording the syscall events keeps every
            syscall off the unchecked fast path (--untraced judges the kernel unobserved).
            Input: 3,831 records seen = 1,866 exits + 0 rejected + 1,965 ignored (events
            that are no return to user space); 0 lost.
            """);
  }

  @Test
  void explainsItsTermsWhenAskedOnly() {
    Path trace = sample("timer-signals");
    String text = compare(trace, "@seed+signal-delivery-hits").out();
    String closing = "What the numbers, checks and causes mean: --explain-terms.\n";
    String explained = compare(trace, "@seed+signal-delivery-hits", "--explain-terms").out();
    int from = explained.indexOf("What the numbers mean\n");
    int to = explained.indexOf("\n\n", from) + 2;
    assertThat(text)
        .isEqualTo(explained.substring(0, from) + closing + "\n" + explained.substring(to));
    assertThat(compare(trace, "@fred", "--explain-terms", "--format", "json").err())
        .isEqualTo(
            "sysret-replay: --explain-terms: this format has no explanations; take them from text.\n");
  }

  /** Every frame that starts a handler becomes a hit where nothing but RCX and R11 is wrong. */
  @Test
  void theSignalsThatBecomeHitsAreThoseThatLackedRcxAndR11Only() throws IOException {
    Path trace = sample("timer-signals");
    JsonNode row = json(trace, "@seed+signal-delivery-hits").at("/rows/0");
    long expected = 0;
    try (CountingReader reader = SampleTraces.input(trace).open(Reading.ASSEMBLED)) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted && isMendable(accepted.frame())) {
          expected++;
        }
      }
    }
    assertThat(row.get("misses_to_hits").asLong()).isEqualTo(expected).isPositive();
    assertThat(row.get("new_hits").asLong()).isEqualTo(expected);
    assertThat(row.get("hits_to_misses").asLong()).isZero();
    assertThat(row.get("lost_hits").asLong()).isZero();
  }

  private static boolean isMendable(ExitFrame frame) {
    Registers it = frame.registers();
    Registers mended =
        new Registers(it.rip(), it.rip(), it.rflags(), it.rflags(), it.cs(), it.ss());
    return frame.cause().equals(Optional.of(Cause.SIGNAL_DELIVERY))
        && ExitModels.SEED.judge(frame, Machine.TRACED).outcome() == Outcome.IRET_MISS
        && ExitModels.SEED.judge(Exit.of(frame.path(), mended), Machine.TRACED).outcome()
            == Outcome.SYSRET;
  }

  @Test
  void showsExitsThatAnotherKernelDoesNotCheck() {
    assertThat(compare(sample("single-step"), "@linux-4.1", "--explain-terms").out())
        .startsWith(
            """
            The SYSRET share of all exits fell from 93.2 % to 79.6 % (-13.6 points); 226
            exits of cause SINGLE_STEP go from SYSRET to IRET_MISS.

             single-step                    base   other  points
             exits                         1,812   1,812
             checked                       1,812   1,669
             SYSRET                        1,688   1,442
             IRET_MISS                       124     227
             IRET_ROUTE                        0     143
             hit rate (of checked)        93.2 %  86.4 %    -6.8
             SYSRET share (of all exits)  93.2 %  79.6 %   -13.6
              by its own kernel (linux-6.9): SYSRET share 79.5 %, hit rate 86.4 %

             in base    in other    cause             exits
             SYSRET     IRET_MISS   SINGLE_STEP         226  lost hits
             SYSRET     IRET_ROUTE  INTERRUPTED_CODE     18  lost hits
             SYSRET     IRET_ROUTE  -                     2  lost hits
             IRET_MISS  IRET_ROUTE  FAULT                84
             IRET_MISS  IRET_ROUTE  INTERRUPTED_CODE     39

            """)
        .contains("  -\n    Nothing is wrong with the registers: the way back alone decides.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "linux-4.1, linux-4.1+irq-check, timer-signals, 7, 0, 0, 0",
    "linux-4.1+irq-check, linux-4.1, timer-signals, 0, 7, 0, 0",
    "seed, seed+exec-hits, shell, 21, 0, 21, 0",
    "seed, linux-4.0, trap-flag, 0, 150, 0, 150",
    "linux-6.9, fred, http, 0, 1766, 0, 0",
    "linux-4.16, linux-5.12, http, 0, 0, 0, 0"
  })
  void countsFrameByFrame(
      String base, String other, String workload, long newHits, long lostHits, long up, long down)
      throws IOException {
    JsonNode row = json(sample(workload) + "@" + base, "@" + other).at("/rows/0");
    assertThat(row.get("workload").asText()).isEqualTo(workload);
    assertThat(row.get("new_hits").asLong()).isEqualTo(newHits);
    assertThat(row.get("lost_hits").asLong()).isEqualTo(lostHits);
    assertThat(row.get("misses_to_hits").asLong()).isEqualTo(up);
    assertThat(row.get("hits_to_misses").asLong()).isEqualTo(down);
  }

  /** 4.1 does not check the interrupts and exceptions that seed checks, and refuses TF. */
  @Test
  void whatMovesToLinux41IsInterruptsAndExceptionsAndSingleSteps() throws IOException {
    JsonNode report =
        JSON.readTree(
            CliRunner.run(
                    "report", SampleTraces.ROOT, "--by", "event", "--format", "json", "--quiet")
                .out());
    Map<String, Long> expected = new TreeMap<>();
    for (JsonNode row : report.get("rows")) {
      if (!row.get("event").asText().startsWith("raw_syscalls:")) {
        expected.merge(row.get("workload").asText(), row.get("checked").asLong(), Long::sum);
      }
    }
    expected.values().removeIf(it -> it == 0);
    Map<String, Long> moved = new TreeMap<>();
    for (JsonNode row : json(SampleTraces.ROOT + "@seed", "@linux-4.1").get("rows")) {
      for (JsonNode change : row.get("transitions")) {
        String other = change.get("other").asText();
        if (change.get("base").asText().equals(other)) {
          continue;
        }
        if (other.equals("IRET_ROUTE")) {
          moved.merge(row.get("workload").asText(), change.get("exits").asLong(), Long::sum);
        } else {
          assertThat(change.get("base").asText() + " " + other).isEqualTo("SYSRET IRET_MISS");
          assertThat(change.get("cause").asText()).isIn("SINGLE_STEP", "PTRACE_EDIT");
        }
      }
    }
    assertThat(moved).isEqualTo(expected).hasSizeGreaterThan(12);
  }

  @Test
  void saysSoWhereNothingChanges() {
    assertThat(compare(sample("http") + "@linux-4.16", "@linux-5.12").out())
        .startsWith("No difference: every exit leaves the kernel in the same way on both sides.\n")
        .contains("\n Every exit leaves the kernel in the same way on both sides.\n")
        .contains("\nWhat the numbers, checks and causes mean: --explain-terms.\n");
  }

  @Test
  void comparesAllWorkloadsOfAFolderAndAddsThemUp() {
    Result result = compare(SampleTraces.ROOT, "@linux-4.1", "--fail-below", "1");
    assertThat(result.out())
        .startsWith(
            """
            The SYSRET share of all exits fell from 49.1 % to 47.8 % (-1.3 points);
            single-step moved most: 226 exits of cause SINGLE_STEP go from SYSRET to
            IRET_MISS.

            Hit rate (of checked)

                               base    other
             workload       checked  checked    base   other  points
             compat32         1,353      970   0.0 %   0.0 %     0.0
             compiler         3,060    1,129  36.8 %  99.7 %   +62.9
            """)
        .contains(
            """
            SYSRET share (of all exits)

             workload        exits    base   other  points  new hits  lost hits
             compat32        1,353   0.0 %   0.0 %     0.0         0          0
             compiler        3,060  36.8 %  36.8 %     0.0         0          0
             cpu-bound       2,469  29.7 %  29.7 %     0.0         0          0
             database        2,254  72.8 %  72.8 %  > -0.1         0          2
             debugger        2,326  83.8 %  83.6 %    -0.2         0          5
             filesystem      2,249  80.6 %  80.6 %     0.0         0          0
             fork32            885   0.0 %   0.0 %     0.0         0          0
             http            3,496  50.6 %  50.6 %  > -0.1         0          2
             ldt-segments      824  29.4 %  29.4 %     0.0         0          0
             ptrace-edit     1,657  87.4 %  86.4 %    -1.0         0         16
             rseq              837   6.5 %   6.1 %    -0.4         0          3
             shell           2,489  35.9 %  35.9 %  > -0.1         0          1
             single-step     1,812  93.2 %  79.6 %   -13.6         0        246
             threads         2,650  36.8 %  36.8 %  > -0.1         0          1
             timer-signals   1,866  48.8 %  48.4 %    -0.4         0          7
             trap-flag         693  26.6 %   4.9 %   -21.7         0        150
             vsyscall          855  21.4 %  21.4 %     0.0         0          0
             ------------------------------------------------------------------
             all            31,775  49.1 %  47.8 %    -1.3         0        433

            """)
        .endsWith("\nGate --fail-below 1: failed for single-step, trap-flag, all.\n");
    assertThat(result.exit()).isEqualTo(ExitCode.GATE);
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: gate failed: single-step: the share of exits that return by SYSRET fell"
                + " from 93.2 % (1,688 of 1,812) to 79.6 % (1,442 of 1,812), by 13.6 points;"
                + " --fail-below allows 1.",
            "sysret-replay: gate failed: trap-flag: the share of exits that return by SYSRET fell from"
                + " 26.6 % (184 of 693) to 4.9 % (34 of 693), by 21.7 points; --fail-below allows 1.",
            "sysret-replay: gate failed: all: the share of exits that return by SYSRET fell from"
                + " 49.1 % (15,612 of 31,775) to 47.8 % (15,179 of 31,775), by 1.3 points;"
                + " --fail-below allows 1.");
    assertThat(result.out().lines().filter(line -> !line.endsWith(SampleTraces.ROOT.toString())))
        .allMatch(line -> line.length() <= 80);
  }

  /** A workload without exits on one side moves no sum. */
  @Test
  void whatOneSideHasNoExitsOfIsNotInTheSum() throws IOException {
    Path base = Files.createDirectory(folder.resolve("base"));
    Path other = Files.createDirectory(folder.resolve("other"));
    JsonLines.write(base, "a.jsonl", JsonLines.HIT, JsonLines.HIT);
    JsonLines.write(other, "a.jsonl", "{\"ts_ns\":1}");
    for (Path side : List.of(base, other)) {
      JsonLines.write(side, "b.jsonl", JsonLines.HIT, JsonLines.FAULT);
    }
    Result result = compare(base, other, "--fail-below", "1");
    assertThat(result.exit()).as("a.jsonl has nothing to compare").isEqualTo(ExitCode.INPUT);
    assertThat(result.errLines())
        .anyMatch(it -> it.contains("a.jsonl:1: no rip, "))
        .noneMatch(it -> it.contains("gate failed"));
    assertThat(json(base, other.toString()).at("/total/base/exits").asLong()).isEqualTo(2);
    assertThat(json(base, other.toString()).at("/total/other/exits").asLong()).isEqualTo(2);
  }

  @Test
  void comparesTwoRunsOfOneWorkloadWhateverTheyAreCalled() throws IOException {
    Path before = runOf("before.jsonl", 3, 1);
    Path after = runOf("after.jsonl", 5, 5);
    Result result = compare(before, after, "--untraced", "--explain-terms");
    assertThat(result.exit()).isEqualTo(ExitCode.OK);
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith(
            """
            The SYSRET share of all exits fell from 75.0 % to 50.0 % (-25.0 points), no more
            than chance explains (95 % interval -58.34 to +27.09); misses caused by FAULT
            went from 25.0 % to 50.0 % of exits.

             before -> after                base   other  points
             exits                             4      10
             checked                           1       5
             FAST_SYSRET                       3       5
             SYSRET                            0       0
             IRET_MISS                         1       5
             hit rate (of checked)         0.0 %   0.0 %     0.0
             SYSRET share (of all exits)  75.0 %  50.0 %   -25.0
              95 % interval of the points of the share: -58.34 to +27.09, noise

             first failing check  base  of exits  other  of exits  effect
             RCX_NOT_RIP             1    25.0 %      5    50.0 %   -25.0

             cause  base  of exits  other  of exits  effect
             FAULT     1    25.0 %      5    50.0 %   -25.0

            What the numbers mean
            """)
        .contains("  FAST_SYSRET\n    Returned by SYSRET, never checked.\n")
        .doesNotContain("new hits")
        .endsWith(
            """
            Judged as the kernel would have run unobserved (--untraced).
            Input of base: 4 records seen = 4 exits + 0 rejected + 0 ignored (events that
            are no return to user space); 0 lost.
            Input of other: 10 records seen = 10 exits + 0 rejected + 0 ignored (events that
            are no return to user space); 0 lost.
            """);
  }

  @Test
  void listsWorkloadsOfOneSide() throws IOException {
    runOf("before/both.jsonl", 3, 1);
    runOf("before/gone.jsonl", 1, 0);
    runOf("after/both.jsonl", 3, 1);
    runOf("after/added.jsonl", 0, 2);
    Result result =
        CliRunner.run(
            "compare", folder.resolve("before"), folder.resolve("after"), "--fail-below", "0");
    assertThat(result.out())
        .contains(
            """
            On one side only, and not compared

             workload  side   exits  checked  hit rate  SYSRET share
             added     other      2        2     0.0 %         0.0 %
             gone      base       1        1   100.0 %       100.0 %
            """);
    assertThat(result.exit()).isEqualTo(ExitCode.OK);
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: With exits on one side only, and not compared: added, gone; --workload"
                + " NAME counts all traces under one name.",
            "sysret-replay: --fail-below cannot judge what has exits on one side only: added,"
                + " gone.");
  }

  @Test
  void refusesToCallNothingAComparison() throws IOException {
    runOf("before/a.jsonl", 1, 0);
    runOf("before/b.jsonl", 1, 0);
    runOf("after/c.jsonl", 1, 0);
    Result result = compare(folder.resolve("before"), folder.resolve("after"));
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: no workload has exits on both sides, so nothing was compared; --workload NAME"
                + " counts the traces of both sides under one name.");
    Result named = compare(folder.resolve("before"), folder.resolve("after"), "--workload", "x");
    assertThat(named.exit()).isEqualTo(ExitCode.OK);
    assertThat(named.out()).contains("\n x  ");
  }

  @Test
  void aGateIsOpenWhereNothingWasCompared() throws IOException {
    runOf("before/a.jsonl", 1, 0);
    runOf("before/b.jsonl", 1, 0);
    runOf("after/c.jsonl", 1, 0);
    Object[] gate = {folder.resolve("before"), folder.resolve("after"), "--fail-below", "5"};
    Result text = compare(gate);
    assertThat(text.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(text.out()).endsWith("\nGate --fail-below 5: open, since nothing was compared.\n");
    assertThat(json(gate).at("/gate/passed").booleanValue()).isFalse();
    assertThat(json(gate).at("/gate/failed")).isEmpty();
  }

  @Test
  void aGateIsOpenForWhatIsOnOneSideOnly() throws IOException {
    runOf("before/both.jsonl", 3, 1);
    runOf("before/gone.jsonl", 1, 0);
    runOf("after/both.jsonl", 3, 1);
    Object[] gate = {folder.resolve("before"), folder.resolve("after"), "--fail-below", "5"};
    Result text = compare(gate);
    assertThat(text.exit()).isEqualTo(ExitCode.OK);
    assertThat(text.out().replaceAll("\\s+", " "))
        .endsWith(
            "Gate --fail-below 5: passed by what was judged, and open for what was left out. ");
    assertThat(json(gate).at("/gate/passed").booleanValue()).isFalse();
    assertThat(json(gate).at("/gate/failed")).isEmpty();
    runOf("after/both.jsonl", 0, 1);
    assertThat(compare(gate).out()).contains("Gate --fail-below 5: failed for both.");
    assertThat(compare(gate).exit()).isEqualTo(ExitCode.GATE);
  }

  @ParameterizedTest
  @CsvSource({"25, 0", "25.0, 0", "24.999, 4", "0, 4", "100, 0"})
  void theGateAllowsAFallOfJustSoManyPoints(String points, int exit) throws IOException {
    Path before = runOf("before.jsonl", 3, 1);
    Path after = runOf("after.jsonl", 1, 1);
    Result result = compare(before, after, "--fail-below", points);
    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.out())
        .endsWith(
            "\nGate --fail-below %s: %s.\n"
                .formatted(points, exit == 0 ? "passed" : "failed for before -> after"));
    assertThat(result.errLines())
        .hasSize(exit == 0 ? 0 : 1)
        .allMatch(
            it ->
                it.equals(
                    "sysret-replay: gate failed: before -> after: the share of exits that return by"
                        + " SYSRET fell from 75.0 % (3 of 4) to 50.0 % (1 of 2), by 25.0 points;"
                        + " --fail-below allows "
                        + points
                        + "."));
  }

  @Test
  void aFallThatRoundsToNothingIsShownWithTheDigitsThatFailTheGate() throws IOException {
    Path before = runOf("before.jsonl", 4000, 0);
    Path after = runOf("after.jsonl", 3999, 1);
    Path later = runOf("later.jsonl", 3998, 2);
    Result result = compare(after, later, "--fail-below", "0.01");
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: gate failed: after -> later: the share of exits that return by SYSRET"
                + " fell from > 99.9 % (3,999 of 4,000) to > 99.9 % (3,998 of 4,000), by 0.025"
                + " points; --fail-below allows 0.01.");
    assertThat(result.out().replace('\n', ' '))
        .startsWith(
            "The SYSRET share of all exits fell from > 99.9 % to > 99.9 % (by less than 0.1 points),");
    assertThat(compare(after, before).out().replace('\n', ' '))
        .startsWith(
            "The SYSRET share of all exits rose from > 99.9 % to 100.0 % (by less than 0.1 points),");
  }

  @Test
  void theGateFailsForAllWhereNoWorkloadFell() throws IOException {
    runOf("before/good.jsonl", 9, 1);
    runOf("before/poor.jsonl", 1, 9);
    runOf("after/good.jsonl", 9, 1);
    runOf("after/poor.jsonl", 10, 90);
    JsonNode gate =
        json(folder.resolve("before"), folder.resolve("after"), "--fail-below", "5").get("gate");
    assertThat(gate.toString())
        .isEqualTo(
            "{\"fail_below\":5,\"passed\":false,\"failed\":[\"all\"],\"only_beyond_noise\":false}");
  }

  @Test
  void autoIsTheModelOfEachTracesKernel() throws IOException {
    assertThat(compare(sample("http") + "@auto", "@seed").out())
        .contains("\n  under the model of each trace's kernel (linux-6.9 for 1)\n");
    JsonNode comparison = json(sample("http") + "@auto", "@seed");
    assertThat(comparison.at("/base/model").asText()).isEqualTo("auto");
    assertThat(comparison.at("/base/models").toString()).isEqualTo("[\"linux-6.9\"]");
    assertThat(comparison.at("/same_source").asBoolean()).isTrue();
    assertThat(comparison.at("/rows/0/base"))
        .isEqualTo(json(sample("http") + "@linux-6.9", "@seed").at("/rows/0/base"));
  }

  @Test
  void whatTheRecordedKernelDoesStandsBesideBothModels() throws IOException {
    Path trace = sample("timer-signals");
    String own = "  by its own kernel (linux-6.9): SYSRET share 48.3 %, hit rate 62.2 %";
    Result result = compare(trace, "@seed+signal-delivery-hits");
    assertThat(result.out().lines()).contains(own);
    assertThat(result.out().replaceAll("\\s+", " "))
        .contains("By their own kernel 902 of 1,866 exits return by SYSRET (48.3 %)");
    JsonNode comparison = json(trace, "@linux-4.1");
    JsonNode report = JSON.readTree(CliRunner.run("report", trace, "--format", "json").out());
    assertThat(comparison.at("/base/recorded")).isEqualTo(report.get("recorded")).hasSize(1);
    assertThat(comparison.at("/other/recorded")).isEqualTo(report.get("recorded"));
    for (String side : List.of("@linux-6.9", "@auto", "@6.12")) {
      assertThat(compare(trace, side).out()).as(side).doesNotContain("own kernel");
      assertThat(compare(side, trace).out()).as(side).doesNotContain("own kernel");
    }
  }

  /** Only the side judged as 3.19.8 has patched children of fork. */
  @Test
  void whatAReleaseSaysOfItsMachineHoldsForItsSideOnly() throws IOException {
    String trace = sample("shell").toString();
    JsonNode seed =
        JSON.readTree(
                CliRunner.run("report", trace, "--untraced", "--quiet", "--format", "json").out())
            .at("/rows/0");
    JsonNode left = json(trace + "@3.19.8", "@seed", "--untraced").at("/rows/0");
    JsonNode right = json(trace + "@seed", "@3.19.8", "--untraced").at("/rows/0");
    assertThat(left.at("/other/sysret")).isEqualTo(seed.get("sysret"));
    assertThat(right.at("/base")).isEqualTo(left.at("/other"));
    assertThat(right.at("/other")).isEqualTo(left.at("/base"));
    JsonNode plain = json(trace + "@linux-3.19", "@seed", "--untraced").at("/rows/0");
    assertThat(left.at("/base/fast_sysret").asLong())
        .isLessThan(plain.at("/base/fast_sysret").asLong());
    String both = "--model=3.19.8,seed";
    assertThat(
            JSON.readTree(
                    CliRunner.run(
                            "report", trace, "--untraced", "--quiet", "--format", "json", both)
                        .out())
                .at("/rows/1"))
        .isEqualTo(seed);
  }

  @Test
  void ofTwoRunsEachHasItsOwnKernel() throws IOException {
    Path named = runOf("before/app.jsonl", 3, 1);
    Path nameless = runOf("after/app.jsonl", 2, 2);
    Files.writeString(
        folder.resolve("before/app.jsonl.machine.json"),
        "{\"schema\":\"sysret-replay/machine/1\",\"kernel_release\":\"4.4.1\"}");
    String text = compare(named, nameless).out();
    assertThat(text.lines())
        .contains("  base by its own kernel (linux-4.4): SYSRET share 75.0 %, hit rate 100.0 %")
        .noneMatch(it -> it.contains("other by its own"));
    assertThat(text.replaceAll("\\s+", " "))
        .contains("Base: recorded on Linux 4.4.1 (linux-4.4). By their own kernel 3 of 4 exits");
    JsonNode comparison = json(named, nameless);
    assertThat(comparison.at("/base/recorded/0/kernel_release").textValue()).isEqualTo("4.4.1");
    assertThat(comparison.at("/base/recorded/0/sysret_share").doubleValue()).isEqualTo(0.75);
    assertThat(comparison.at("/other/recorded")).isEmpty();
  }

  @Test
  void modelSetsTheModelOfSidesWithoutOne() throws IOException {
    JsonNode comparison = json("@linux-4.1", sample("http"), "--model", "linux-6.9");
    assertThat(comparison.at("/base/model").asText()).isEqualTo("linux-4.1");
    assertThat(comparison.at("/other/model").asText()).isEqualTo("linux-6.9");
    assertThat(comparison.at("/other/source").asText()).isEqualTo(sample("http").toString());
    assertThat(comparison.at("/base/source")).isEqualTo(comparison.at("/other/source"));
  }

  @Test
  void machineOptionsHoldForBothSides() throws IOException {
    JsonNode comparison =
        json(sample("http") + "@linux-4.16", "@linux-5.12", "--xen-pv", "--as-recorded");
    assertThat(comparison.get("machine").toString())
        .isEqualTo(
            "{\"syscall_work\":true,\"seccomp\":false,\"audit\":false,\"nohz_full\":false,"
                + "\"patched_fork_children\":false,\"la57\":false,\"xen_pv\":true}");
    assertThat(comparison.get("as_recorded").asBoolean()).isTrue();
    assertThat(comparison.at("/rows/0/other/sysret").asLong()).isZero();
    assertThat(comparison.at("/rows/0/hits_to_misses").asLong())
        .isEqualTo(comparison.at("/rows/0/base/sysret").asLong())
        .isPositive();
  }

  @Test
  void aStoreAndItsTraceAreTwoRunsWithoutADifference() throws IOException {
    Path store = folder.resolve("store");
    CliRunner.run("ingest", sample("shell"), "--into", store, "--quiet");
    JsonNode runs = json(store, sample("shell"));
    assertThat(runs.at("/same_source").asBoolean()).isFalse();
    assertThat(runs.at("/rows/0/base")).isEqualTo(runs.at("/rows/0/other"));
    assertThat(runs.at("/rows/0/transitions").isNull()).isTrue();
    assertThat(json(store, "@linux-4.1").at("/rows"))
        .isEqualTo(json(sample("shell"), "@linux-4.1").at("/rows"));
  }

  @Test
  void writesMarkdownForMails() {
    assertThat(compare(sample("single-step"), "@linux-4.1", "--format", "markdown").out())
        .isEqualTo(
            """
            The SYSRET share of all exits fell from 93.2 % to 79.6 % (-13.6 points); 226 exits of cause SINGLE_STEP go from SYSRET to IRET_MISS.

            * Base: %1$s under seed
            * Other: %1$s under linux-4.1

            SYSRET share of all exits:

            | workload    | base exits | other exits |   base |  other | points |
            | ----------- | ---------: | ----------: | -----: | -----: | -----: |
            | single-step |      1,812 |       1,812 | 93.2 %% | 79.6 %% |  -13.6 |

            What moved in single-step:

            | in base   | in other   | cause            | exits |
            | --------- | ---------- | ---------------- | ----: |
            | SYSRET    | IRET_MISS  | SINGLE_STEP      |   226 |
            | IRET_MISS | IRET_ROUTE | FAULT            |    84 |
            | IRET_MISS | IRET_ROUTE | INTERRUPTED_CODE |    39 |
            | SYSRET    | IRET_ROUTE | INTERRUPTED_CODE |    18 |
            | SYSRET    | IRET_ROUTE | none             |     2 |

            """
                .replaceFirst("93.2 % to 79.6 %", "93.2 %% to 79.6 %%")
                .formatted(sample("single-step")));
  }

  @Test
  void namesAreNoMarkdown() throws IOException {
    Path before = runOf("<b>|_x_*y* [a](b)`.jsonl", 3, 1);
    String out = compare(before, runOf("after.jsonl", 1, 3), "--format", "markdown").out();
    assertThat(out)
        .contains(
            "| \\<b\\>\\|\\_x\\_\\*y\\* \\[a\\](b)\\` -\\> after |          4 |           4 |")
        .contains(" | noise |")
        .contains("| cause | base | of exits | other | of exits | effect |");
  }

  @Test
  void writesCsvForSpreadsheets() throws IOException {
    Path target = folder.resolve("out.csv");
    Result result =
        compare(
            sample("timer-signals"), "@seed+signal-delivery-hits", "--format", "csv", "-o", target);
    assertThat(result.out()).isEmpty();
    List<String> lines = Files.readAllLines(target);
    assertThat(lines).hasSize(2);
    List<String> names = List.of(lines.get(0).split(","));
    List<String> cells = List.of(lines.get(1).split(",", -1));
    assertThat(cells).hasSameSizeAs(names);
    assertThat(names)
        .startsWith("workload", "base.source", "base.model", "base.workload", "base.exits")
        .endsWith(
            "lost_hits.XEN_PV_GUEST",
            "lost_hits.UNKNOWN",
            "lost_hits.NONE",
            "chance.low",
            "chance.high",
            "chance.noise",
            "comparability");
    assertThat(cells.get(names.indexOf("new_hits"))).isEqualTo("500");
    assertThat(cells.get(names.indexOf("new_hits.SIGNAL_DELIVERY"))).isEqualTo("500");
    assertThat(cells.get(names.indexOf("new_hits.EXECVE"))).isEqualTo("0");
    assertThat(cells.get(names.indexOf("other.sysret"))).isEqualTo("1410");
  }

  private static void assertFails(int exit, String sentence, Object... arguments) {
    Result result = compare(arguments);
    assertThat(result.errLines()).containsExactly("sysret-replay: " + sentence);
    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aRunAndItselfDoNotDiffer() throws IOException {
    Path run = runOf("run.jsonl", 3, 2);
    Path link = Files.createSymbolicLink(folder.resolve("link"), run);
    Path copy = Files.copy(run, folder.resolve("copy.jsonl"));
    for (List<Object> sides :
        List.<List<Object>>of(
            List.of(run, run),
            List.of(link + "@linux-4.1", run + "@linux-4.1"),
            List.of(run, copy),
            List.of(run, run, "--fail-below", "0", "--only-beyond-noise"))) {
      Result result = compare(sides.toArray());
      assertThat(result.exit()).isEqualTo(ExitCode.OK);
      assertThat(result.err()).isEmpty();
      JsonNode row = json(sides.toArray()).at("/rows/0");
      assertThat(row.at("/sysret_share_points").asDouble()).isZero();
      assertThat(row.at("/base/sysret")).isEqualTo(row.at("/other/sysret"));
    }
    assertThat(json(run, run).at("/same_source").asBoolean()).isTrue();
  }

  private Object[] runs(String side, int... hits) throws IOException {
    List<Path> runs = new ArrayList<>();
    for (int count : hits) {
      String name = "%s/%d/app.jsonl".formatted(side, runs.size());
      runs.add(runOf(name, count, 1_000 - count));
    }
    return runs.toArray();
  }

  private static Object[] against(Object[] base, Object[] other, Object... options) {
    List<Object> all = new ArrayList<>(List.of(base));
    all.add("--against");
    all.addAll(List.of(other));
    all.addAll(List.of(options));
    return all.toArray();
  }

  @Test
  void severalRunsASideAreTheirSumAndTheirSpread() throws IOException {
    JsonNode json = json(against(runs("base", 800, 700), runs("other", 750, 760, 740)));
    JsonNode row = json.at("/rows/0");
    assertThat(row.at("/base/exits").asLong()).isEqualTo(2_000);
    assertThat(row.at("/other/exits").asLong()).isEqualTo(3_000);
    assertThat(row.at("/sysret_share_points").asDouble()).isZero();
    assertThat(row.at("/chance/noise").asBoolean()).isTrue();
    assertThat(row.at("/chance/base/spread_points").asDouble()).isEqualTo(10);
    assertThat(row.at("/chance/base/runs")).hasSize(2);
    assertThat(row.at("/chance/base/runs/1/sysret_share").asDouble()).isEqualTo(0.7);
    assertThat(row.at("/chance/base/runs/1/source").asText()).endsWith("base/1/app.jsonl");
    assertThat(json.at("/base/runs/1/input/seen").asLong()).isEqualTo(1_000);
    assertThat(json.at("/total/chance")).isEqualTo(row.at("/chance"));
  }

  @ParameterizedTest
  @CsvSource({
    // What runs of one side differ by explains the fall.
    "800 700, 760 700, true, 4, 0",
    // The fall is more than that.
    "800 790 795, 700 710 705, false, 4, 4",
    // One run a side: chance alone, as it always was.
    "800, 790, true, 4, 0",
    "800, 700, false, 4, 4",
    // No fall at all.
    "700, 800, false, 0, 0"
  })
  void theGateKnowsNoiseFromChange(
      String base, String other, boolean noise, int exit, int exitBeyondNoise) throws IOException {
    Object[] sides = against(runs("base", hits(base)), runs("other", hits(other)));
    assertThat(json(sides).at("/rows/0/chance/noise").asBoolean()).isEqualTo(noise);
    List<Object> gate = new ArrayList<>(List.of(sides));
    gate.addAll(List.of("--fail-below", "0.5"));
    assertThat(compare(gate.toArray()).exit()).isEqualTo(exit);
    gate.add("--only-beyond-noise");
    assertThat(compare(gate.toArray()).exit()).isEqualTo(exitBeyondNoise);
    JsonNode told = json(gate.toArray()).get("gate");
    assertThat(told.get("only_beyond_noise").asBoolean()).isTrue();
    assertThat(told.get("passed").asBoolean()).isEqualTo(exitBeyondNoise == 0);
  }

  private static int[] hits(String counts) {
    return Stream.of(counts.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @Test
  void twoModelsOverTheSameRunsAreNoMatterOfChance() throws IOException {
    Object[] runs = runs("base", 800, 700);
    JsonNode json = json(against(runs, new Object[] {"@linux-4.1"}));
    assertThat(json.at("/same_source").asBoolean()).isTrue();
    assertThat(json.at("/rows/0/base/exits").asLong()).isEqualTo(2_000);
    assertThat(json.at("/rows/0/chance").isNull()).isTrue();
    assertThat(json.at("/rows/0/new_hits").isNull()).isFalse();
  }

  @Test
  void refusesSidesThatAreNone() throws IOException {
    Path one = runOf("one.jsonl", 1, 0);
    Path two = runOf("two.jsonl", 1, 0);
    String both = one + " " + two;
    assertFails(
        ExitCode.USAGE,
        one
            + ": two sides are compared; write BASE OTHER, or BASE... --against OTHER... where a side"
            + " has several runs.",
        one);
    assertFails(
        ExitCode.USAGE,
        both
            + " "
            + one
            + ": two sides are compared; write BASE OTHER, or BASE... --against OTHER... where a side"
            + " has several runs.",
        one,
        two,
        one);
    assertFails(
        ExitCode.USAGE,
        one + ": this run is named twice on one side; name each once.",
        against(new Object[] {one, one}, new Object[] {two}));
    assertFails(
        ExitCode.USAGE,
        both
            + "@6.12: one model judges all runs of a side, and these name seed and 6.12; name one.",
        against(new Object[] {one, two + "@6.12"}, new Object[] {two}));
    assertFails(
        ExitCode.USAGE,
        one + " @seed: a side of several runs names the source of each; write SOURCE@MODEL.",
        against(new Object[] {one, "@seed"}, new Object[] {two}));
    assertFails(
        ExitCode.USAGE,
        "--only-beyond-noise: there is no gate; say with --fail-below POINTS how far a share may"
            + " fall.",
        one,
        two,
        "--only-beyond-noise");
  }

  @Test
  void refusesExactCellsOfWhatIsNoCsv() throws IOException {
    assertFails(
        ExitCode.USAGE,
        "--exact-cells: only CSV has such cells; give --format csv, or leave it out.",
        runOf("run.jsonl", 1, 0),
        "@linux-4.1",
        "--exact-cells");
  }

  @Test
  void refusesTwoModelsOfNothing() {
    assertFails(
        ExitCode.USAGE,
        "@seed @linux-4.1: no side names a source; write one of them as SOURCE@MODEL.",
        "@seed",
        "@linux-4.1");
  }

  @Test
  void refusesAModelAPolicyOrAMachineThatCannotBe() throws IOException {
    Path run = runOf("run.jsonl", 1, 0);
    assertThat(compare(run, "@linux-9.9").errLines())
        .singleElement()
        .asString()
        .startsWith("sysret-replay: @linux-9.9: there is no such kernel; the nearest models are");
    assertThat(compare(run, "@seed+magic").errLines())
        .singleElement()
        .asString()
        .startsWith("sysret-replay: @seed+magic: there is no such policy; choose from");
    assertThat(compare(run, run, "--model", "sead").err())
        .startsWith("sysret-replay: --model sead: there is no such model;");
    assertThat(compare(run + "@sead", "--against", run).err())
        .startsWith("sysret-replay: " + run + "@sead: there is no such model;");
    for (String side : List.of(run + "@", "@")) {
      assertFails(
          ExitCode.USAGE,
          side + ": there is no model behind the @; name one, or leave the @ out.",
          run,
          side);
    }
    assertFails(
        ExitCode.USAGE,
        "--la57: seed cannot run with 5-level paging; leave out --la57, or name a later model.",
        run,
        "@linux-6.9",
        "--la57");
    assertFails(
        ExitCode.USAGE,
        "@all: compare takes one model a side; name one, or see \"sysret-replay report\".",
        run,
        "@all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "a", "0,5", "101", "100.1", "1e2", "", "NaN"})
  void refusesPointsThatAreNone(String points) throws IOException {
    assertFails(
        ExitCode.USAGE,
        "--fail-below "
            + points
            + ": this is no number of percentage points; give one from 0 to 100, such as 0.5.",
        runOf("run.jsonl", 1, 0),
        "@linux-4.1",
        "--fail-below",
        points);
  }

  @Test
  void namesASourceThatCannotBeRead() throws IOException {
    Path run = runOf("run.jsonl", 1, 0);
    Path missing = folder.resolve("missing");
    assertFails(ExitCode.INPUT, missing + ": there is no such file; check the name.", run, missing);
    assertFails(
        ExitCode.INPUT,
        missing + ": there is no such file; check the name.",
        missing + "@seed",
        "@linux-4.1");
    assertFails(
        ExitCode.INPUT,
        missing + "@home: there is no such file; check the name.",
        run,
        missing + "@home");
  }

  @Test
  void aSideOfWhichNothingCouldBeTakenIsAnError() throws IOException {
    Path run = runOf("run.jsonl", 1, 0);
    Path broken = JsonLines.write(folder, "broken.jsonl", JsonLines.LONG_REGISTER);
    Result result = compare(run, broken, "--fail-below", "0");
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.err()).contains("register rip has 17 hexadecimal digits");
  }

  @Test
  void neverWritesOverItsOwnInput() throws IOException {
    Path before = runOf("before.jsonl", 1, 0);
    Path after = runOf("after.jsonl", 1, 0);
    assertFails(
        ExitCode.USAGE,
        after + ": this is also the input; name another file.",
        before,
        after,
        "--output",
        after);
  }

  @Test
  void saysInItsHelpWhichShareTheGateLooksAt() {
    String help = CliRunner.run("compare", "--help").out().replaceAll("\\s+", " ");
    assertThat(help)
        .contains(
            "Exit with code 4 where the share of all exits that return by SYSRET, checked or not,")
        .contains("A side is SOURCE, SOURCE@MODEL, or @MODEL");
  }

  @Test
  void aPageIsNotShownOnATerminal() {
    Result run =
        CliRunner.run(
            new Terminal(true, false, true),
            "compare",
            SampleTraces.recording("threads").file(),
            "@6.9",
            "--format",
            "html");

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("a page is for a browser; name a file, such as -o compare.html.");
    assertThat(run.out()).isEmpty();
  }

  /** An empty recording beside it does not hide that the gate failed. */
  @Test
  void aGateThatFailsIsToldBesideAnUnreadableFile() throws IOException {
    Path good = Files.createDirectory(folder.resolve("good"));
    Path worse = Files.createDirectory(folder.resolve("worse"));
    Files.writeString(good.resolve("x.jsonl"), HIT.repeat(40));
    Files.writeString(worse.resolve("x.jsonl"), MISS.repeat(40));
    Files.createFile(worse.resolve("empty.perf.data"));

    Result run = CliRunner.run("compare", good, worse, "--workload", "x", "--fail-below", "1");

    assertThat(run.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(run.err()).contains("the file is empty", "gate failed: ");
  }

  private static final String HIT =
      "{\"rip\":4096,\"rcx\":4096,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43}\n";
  private static final String MISS = HIT.replace("\"rcx\":4096", "\"rcx\":4097");
}
