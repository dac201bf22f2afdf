package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.emulator.Amendment;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** The folder sample-traces shows every property of a frame, or this test says why not. */
class CoverageTest {

  /** The properties that no trace of the folder shows, and why. */
  private static final Map<Object, String> WAIVED =
      Map.of(
          EntryPath.SYSCALL_RESCHEDULE,
          "no event tells a reschedule at the exit from one before it, and no recorded event shows"
              + " that there was no other work; only a model's routes are asked about it",
          EntryPath.SYSCALL_AUDIT,
          "no event tells that audit was the only work at the exit",
          EntryPath.SYSCALL_SECCOMP,
          "no event tells of seccomp, which is a fact of the machine (--seccomp)",
          EntryPath.FORK_CHILD_EXIT_WORK,
          "no child of these recordings was signalled before it ran; SyscallPathTest has one",
          EntryPath.INT80,
          "no event tells int $0x80 from the other ways into the kernel",
          EntryPath.KERNEL_THREAD_EXEC,
          "its first return looks as that of any execve",
          EntryPath.NMI,
          "no recorded event fires on the way out of an NMI or a double fault");

  /** The share of the misses of a recording whose cause may be unknown: less than one in this. */
  private static final long UNKNOWN_IS_LESS_THAN_ONE_IN = 100;

  private static final Path SYNTHETIC = Traces.samples().resolve("synthetic");
  private static final Path BAD = Traces.samples().resolve("bad");

  /** The synthetic traces that are of a machine of their own. */
  private static final Map<String, Machine> MACHINES =
      Map.of(
          "la57.perf.script", Machine.TRACED.withLa57(true),
          "xen-pv.perf.script", Machine.TRACED.withXenPv(true));

  private static final List<ExitModel> MODELS = ExitModels.all();

  private static final Set<Object> REACHED = new LinkedHashSet<>();

  /** For every two models, whether they judge some frame differently. */
  private static final boolean[][] TOLD_APART = new boolean[MODELS.size()][MODELS.size()];

  /** One frame under one model. */
  private record Judged(ExitFrame frame, Verdict verdict) {

    Optional<Cause> cause() {
      return verdict.firstMiss().map(it -> Cause.ofMiss(verdict, frame.cause()));
    }
  }

  @BeforeAll
  static void readAllTraces() {
    for (Path workload : Traces.workloads()) {
      Traces.Whole whole = recorded(workload);
      note(whole, Machine.TRACED);
      note(whole, Machine.UNTRACED);
    }
    for (Path file : filesOf(SYNTHETIC, ".perf.script")) {
      Traces.Whole whole = Traces.readAll(TraceFormat.PERF_SCRIPT, file, Reading.ASSEMBLED);
      note(whole, MACHINES.getOrDefault(file.getFileName().toString(), Machine.TRACED));
    }
    for (Path file : filesOf(BAD, "")) {
      noteRejects(file);
    }
  }

  private static Traces.Whole recorded(Path workload) {
    return Traces.readAll(TraceFormat.PERF_DATA, workload.resolve("perf.data"), Reading.ASSEMBLED);
  }

  private static List<Path> filesOf(Path folder, String end) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(it -> it.getFileName().toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void note(Traces.Whole whole, Machine machine) {
    for (TraceRecord record : whole.records()) {
      if (record instanceof Accepted accepted) {
        note(accepted.frame());
        note(accepted.frame(), machine);
      } else if (record instanceof InKernel inKernel) {
        note(inKernel.frame());
      } else if (record instanceof Rejected rejected) {
        REACHED.add(rejected.reject().reason());
      }
    }
  }

  /** The properties of the frame that do not depend on a model. */
  private static void note(ExitFrame frame) {
    REACHED.add(frame.entry());
    REACHED.add(frame.path());
    REACHED.add(frame.assembly().stage());
    if (frame.assembly().stage() == Stage.AMENDED) {
      frame.cause().flatMap(CoverageTest::amendment).ifPresent(REACHED::add);
    }
  }

  /** The amendment that gives the cause, if only or mostly an amendment gives it. */
  private static Optional<Amendment> amendment(Cause cause) {
    return switch (cause) {
      case SIGNAL_DELIVERY -> Optional.of(Amendment.SIGNAL_DELIVERY);
      case SYSCALL_RESTART -> Optional.of(Amendment.RESTART);
      case RSEQ_ABORT -> Optional.of(Amendment.RSEQ_ABORT);
      case PTRACE_EDIT -> Optional.of(Amendment.PTRACE_EDIT);
      default -> Optional.empty();
    };
  }

  private static void note(ExitFrame frame, Machine machine) {
    List<Verdict> verdicts = new ArrayList<>();
    for (ExitModel model : MODELS) {
      Verdict verdict = model.supports(machine) ? model.judge(frame, machine) : null;
      verdicts.add(verdict);
      if (verdict != null) {
        note(new Judged(frame, verdict));
      }
    }
    for (int i = 0; i < verdicts.size(); i++) {
      for (int j = 0; j < verdicts.size(); j++) {
        TOLD_APART[i][j] |= isOther(verdicts.get(i), verdicts.get(j));
      }
    }
  }

  /** A machine on which a model cannot run tells nothing about it. */
  private static boolean isOther(Verdict one, Verdict other) {
    return one != null
        && other != null
        && (one.outcome() != other.outcome() || !one.firstMiss().equals(other.firstMiss()));
  }

  private static void note(Judged judged) {
    REACHED.add(judged.verdict().outcome());
    judged.verdict().firstMiss().ifPresent(REACHED::add);
    judged.cause().ifPresent(REACHED::add);
  }

  private static void noteRejects(Path file) {
    try {
      TraceInputs inputs = TraceInputs.find(List.of(file), Optional.empty(), Optional.empty());
      inputs.traces().stream()
          .flatMap(it -> Traces.readAll(it.open(Reading.ASSEMBLED)).rejects().stream())
          .forEach(it -> REACHED.add(it.reason()));
    } catch (TraceException e) {
      // A file that is refused as a whole has no reject.
      assertThat(e).hasMessageStartingWith(file.toString());
    }
  }

  static Stream<Object> all() {
    return Stream.<Object[]>of(
            MissReason.values(),
            Outcome.values(),
            Cause.values(),
            Stage.values(),
            EntryKind.values(),
            EntryPath.values(),
            Amendment.values(),
            RejectReason.values())
        .flatMap(Stream::of);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyPropertyOfAFrameIsReachedByATraceOrWaived(Enum<?> constant) {
    String what = constant.getDeclaringClass().getSimpleName() + "." + constant.name();
    if (WAIVED.containsKey(constant)) {
      assertThat(REACHED)
          .as(what + " is waived in vain: a trace reaches it")
          .doesNotContain(constant);
    } else {
      assertThat(REACHED).as(what + " is reached by no trace, and not waived").contains(constant);
    }
  }

  static Stream<ExitModel> models() {
    return MODELS.stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyModelIsToldFromEveryOtherByAFrame(ExitModel model) {
    int number = MODELS.indexOf(model);
    assertThat(MODELS.stream().filter(it -> it != model && !TOLD_APART[number][MODELS.indexOf(it)]))
        .as("models that judge every frame as " + model + " does")
        .isEmpty();
  }

  static Stream<Path> recordings() {
    return Traces.workloads().stream();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void theCauseOfAMissIsHardlyEverUnknown(Path workload) {
    Traces.Whole whole = recorded(workload);
    for (Machine machine : List.of(Machine.TRACED, Machine.UNTRACED)) {
      for (ExitModel model : MODELS) {
        List<Cause> causes =
            whole.frames().stream()
                .flatMap(it -> new Judged(it, model.judge(it, machine)).cause().stream())
                .toList();
        long unknown = causes.stream().filter(it -> it == Cause.UNKNOWN).count();
        assertThat(unknown * UNKNOWN_IS_LESS_THAN_ONE_IN)
            .as("%s, %s: of %d misses %d are unknown", model, machine, causes.size(), unknown)
            .isLessThan(Math.max(1, causes.size()));
      }
    }
  }

  @Test
  void aMachineOfItsOwnBelongsToATraceThatIsThere() {
    assertThat(filesOf(SYNTHETIC, ".perf.script"))
        .extracting(it -> it.getFileName().toString())
        .containsAll(MACHINES.keySet());
  }
}
