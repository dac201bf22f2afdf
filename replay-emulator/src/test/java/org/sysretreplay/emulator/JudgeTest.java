package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How frames that the recorded kernel changed are judged by another kernel. */
class JudgeTest {

  private static final Registers CLEAN = Registers.ofSyscall(0x40_1002, 0x246);
  private static final Registers MORE_IOPL = CLEAN.with(Register.RFLAGS, 0x3246);
  private static final Set<Cause> OF_A_KERNEL =
      EnumSet.of(Cause.VSYSCALL, Cause.RSEQ_ABORT, Cause.IOPL);

  private static Exit exit(Cause cause, Registers registers) {
    return Exit.of(EntryPath.SYSCALL_TRACED, cause.present(), registers);
  }

  private static Judge judge(String model, String release) {
    return new Judge(ExitModels.byId(model).orElseThrow(), Machine.TRACED, release);
  }

  @ParameterizedTest
  @CsvSource({
    // iopl leaves RFLAGS alone from 5.5 on.
    "IOPL, 4.19.0, linux-4.16, SAME",
    "IOPL, 5.4.0, linux-4.16, SAME",
    "IOPL, 4.19.0, seed, SAME",
    "IOPL, 4.14.5, linux-4.16, NOT_KNOWN",
    "IOPL, 4.19.0, linux-5.12, UNDONE",
    "IOPL, 3.10.0-1160.el7.x86_64, linux-6.9, UNDONE",
    "IOPL, 5.4.0, fred, UNDONE",
    "IOPL, 5.5.0, seed, NOT_KNOWN",
    "IOPL, 6.18.0, linux-4.6, NOT_KNOWN",
    "IOPL, '', seed, NOT_KNOWN",
    "IOPL, mainline, linux-6.9, NOT_KNOWN",
    // Restartable sequences came with 4.18, and are cut off less often from 6.19 on.
    "RSEQ_ABORT, 6.18.0, linux-6.9, SAME",
    "RSEQ_ABORT, 6.18.0, fred, SAME",
    "RSEQ_ABORT, 6.18.0, linux-6.7, SAME",
    "RSEQ_ABORT, 6.18.0, linux-5.12, SAME",
    "RSEQ_ABORT, 6.18.0, linux-4.16, NOT_KNOWN",
    "RSEQ_ABORT, 6.18.0, seed, NOT_KNOWN",
    "RSEQ_ABORT, 4.18.0, linux-4.16, SAME",
    "RSEQ_ABORT, 4.18.0, linux-5.12, SAME",
    "RSEQ_ABORT, 4.17.0, linux-5.12, NOT_KNOWN",
    "RSEQ_ABORT, 6.18.0, linux-5.12, SAME",
    "RSEQ_ABORT, 6.19.0, linux-5.12, NOT_KNOWN",
    "IOPL, 5.4.0, seed, SAME",
    "IOPL, 5.5.0, linux-5.12, NOT_KNOWN",
    "VSYSCALL, 4.4.0, linux-4.4, SAME",
    "VSYSCALL, 4.5.0, linux-4.4, SAME",
    "VSYSCALL, 4.6.0, linux-4.4, NOT_KNOWN",
    "VSYSCALL, 4.3.0, linux-4.4, NOT_KNOWN",
    "RSEQ_ABORT, 6.1.0, linux-6.9, NOT_KNOWN",
    "RSEQ_ABORT, 6.19.0, linux-6.9, SAME",
    "RSEQ_ABORT, 6.19.0, linux-6.7, NOT_KNOWN",
    "RSEQ_ABORT, 7.1.0, linux-5.12, NOT_KNOWN",
    "RSEQ_ABORT, '', linux-6.9, NOT_KNOWN",
    // An option of the kernel decides, and not its release.
    "VSYSCALL, 6.18.0, linux-6.9, SAME",
    "VSYSCALL, 4.4.0, linux-4.4, SAME",
    "VSYSCALL, 4.4.0, linux-4.6, NOT_KNOWN",
    "VSYSCALL, 6.18.0, seed, NOT_KNOWN",
    "VSYSCALL, 4.0.0-rc5, seed, SAME",
  })
  void whatBecomesOfAChange(Cause cause, String recorded, String model, CarryOver expected) {
    assertThat(judge(model, recorded).carryOver(exit(cause, MORE_IOPL))).isEqualTo(expected);
  }

  /** A model that was asked for by a release stands for that release only. */
  @ParameterizedTest
  @CsvSource({
    "RSEQ_ABORT, 6.18.0, 6.18, SAME",
    "RSEQ_ABORT, 6.18.0, 6.12, SAME",
    "RSEQ_ABORT, 6.18.0, 6.19, NOT_KNOWN",
    "RSEQ_ABORT, 6.18.0, 7.1, NOT_KNOWN",
    "RSEQ_ABORT, 6.19.0, 7.1, SAME",
    "RSEQ_ABORT, 6.19.0, 6.18, NOT_KNOWN",
    "RSEQ_ABORT, 6.1.0, 6.12, SAME",
    "RSEQ_ABORT, 6.1.0, 6.19, NOT_KNOWN",
    "RSEQ_ABORT, 4.18.0, 4.17, NOT_KNOWN",
    "RSEQ_ABORT, 5.15.0, 4.19, SAME",
    "RSEQ_ABORT, 4.17.0, 4.16, SAME",
    "RSEQ_ABORT, 4.17.0, 4.19, NOT_KNOWN",
    "RSEQ_ABORT, '', 6.19, NOT_KNOWN",
    "IOPL, 4.19.0, 5.10, UNDONE",
    "IOPL, 4.19.0, 5.5, UNDONE",
    "IOPL, 4.19.0, 5.4, SAME",
    "IOPL, 4.14.5, 5.10, UNDONE",
    "IOPL, 5.10.0, 5.11, SAME",
    "IOPL, 5.10.0, 5.4, NOT_KNOWN",
    "IOPL, 6.18.0, 6.12, SAME",
    "IOPL, 6.18.0, 5.10, NOT_KNOWN",
    "VSYSCALL, 6.18.0, 6.12, SAME",
    "VSYSCALL, 6.18.0, 6.19, SAME",
    "VSYSCALL, 6.18.0, 5.10, NOT_KNOWN",
  })
  void aReleaseThatIsNamedDecides(Cause cause, String recorded, String named, CarryOver expected) {
    assertThat(byRelease(recorded, named).carryOver(exit(cause, MORE_IOPL))).isEqualTo(expected);
    assertThat(byRelease(recorded, named).ofKernel().carryOver(exit(cause, MORE_IOPL)))
        .isEqualTo(expected);
  }

  /** Judges by the model of the first named release. */
  private static Judge byRelease(String recorded, String... named) {
    List<KernelRelease> releases =
        Stream.of(named).map(it -> KernelRelease.parse(it).orElseThrow()).toList();
    return new Judge(releases.get(0).model(), Machine.TRACED, recorded, new HashSet<>(releases));
  }

  @ParameterizedTest
  @CsvSource({
    "RSEQ_ABORT, 6.18.0, 6.12, 6.18, SAME",
    "RSEQ_ABORT, 6.18.0, 6.12, 6.19, NOT_KNOWN",
    "RSEQ_ABORT, 6.1.0, 6.12, 6.19, NOT_KNOWN",
    "RSEQ_ABORT, 6.1.0, 6.12, 6.18, SAME",
    "IOPL, 4.14.5, 4.19, 5.10, NOT_KNOWN",
    "IOPL, 4.14.5, 5.9, 5.10, UNDONE",
  })
  void ofSeveralReleasesAllHaveToAgree(
      Cause cause, String recorded, String one, String other, CarryOver expected) {
    assertThat(byRelease(recorded, one, other).carryOver(exit(cause, MORE_IOPL)))
        .isEqualTo(expected);
    assertThat(byRelease(recorded, other, one).carryOver(exit(cause, MORE_IOPL)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"6.18, false", "6.19, true", "7.0, true", "4.18, false", "4.17, false"})
  void knowsWhichReleasesAbortFewerSequences(String release, boolean fewer) {
    assertThat(CarryOver.abortsFewer(KernelRelease.parse(release).orElseThrow())).isEqualTo(fewer);
  }

  /** A policy changes a kernel's check, and nothing that the kernel does before the check. */
  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource(Cause.class)
  void aPolicyDoesNotChangeTheCarryOver(Cause cause) {
    for (String release : List.of("4.4.0", "4.19.0", "6.18.0", "6.19.0", "")) {
      for (ExitModel model : ExitModels.all()) {
        if (model.hasCheck()) {
          assertThat(judge(model.id() + "+exec-hits", release).carryOver(exit(cause, MORE_IOPL)))
              .isEqualTo(judge(model.id(), release).carryOver(exit(cause, MORE_IOPL)));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void onlyWhatAKernelDoesItselfDependsOnTheKernel(Cause cause) {
    assertThat(CarryOver.dependsOnKernel(cause)).isEqualTo(OF_A_KERNEL.contains(cause));
    if (!OF_A_KERNEL.contains(cause)) {
      for (ExitModel model : ExitModels.all()) {
        assertThat(judge(model.id(), "6.18.0").carryOver(exit(cause, MORE_IOPL)))
            .isEqualTo(CarryOver.SAME);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0x3247, 0x246, 0x247", "0x3246, 0x247, 0x246", "0x246, 0x3246, 0x3246"})
  void beforeIoplAllBitsButItsLevelWereThoseOfRflags(long rflags, long r11, long before) {
    Registers regs = CLEAN.with(Register.RFLAGS, rflags).with(Register.R11, r11);

    PtRegs seen = judge("linux-5.12", "4.19.0").seen(exit(Cause.IOPL, regs)).registers();

    assertThat(seen.rflags()).isEqualTo(before);
    assertThat(seen.r11()).isEqualTo(before);
  }

  @Test
  void saysWhoJudges() {
    Judge judge = judge("seed+exec-hits", "4.19.0");

    assertThat(judge.model().id()).isEqualTo("seed+exec-hits");
    assertThat(judge.machine()).isEqualTo(Machine.TRACED);
    assertThat(judge.kernelRelease()).isEqualTo("4.19.0");
    assertThat(judge.ofKernel().model().id()).isEqualTo("seed");
    assertThat(judge.ofKernel().kernelRelease()).isEqualTo("4.19.0");
  }

  @Test
  void aFrameWithoutCauseWasNotChanged() {
    assertThat(judge("seed", "").carryOver(Exit.of(EntryPath.INTERRUPT, CLEAN)))
        .isEqualTo(CarryOver.SAME);
  }

  @Test
  void whereIoplIsUndoneTheFramePassesAndHasNoCause() {
    Exit frame = exit(Cause.IOPL, MORE_IOPL);
    Judge newer = judge("linux-5.12", "4.19.0");
    Judge own = judge("linux-4.16", "4.19.0");

    assertThat(own.verdict(frame).firstMiss()).contains(MissReason.R11_NOT_RFLAGS);
    assertThat(own.cause(frame)).contains(Cause.IOPL);
    assertThat(newer.verdict(frame).outcome()).isEqualTo(Outcome.SYSRET);
    assertThat(newer.cause(frame)).isEmpty();
    assertThat(newer.seen(frame).registers()).isEqualTo(CLEAN);
    assertThat(own.seen(frame)).isSameAs(frame);
  }

  /** Undoing iopl leaves everything else that is wrong with a frame. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.12", "linux-6.7", "linux-6.9"})
  void nothingButIoplIsUndone(String model) {
    Registers elsewhere = MORE_IOPL.with(Register.RCX, 0x40_1003);

    Verdict verdict = judge(model, "4.19.0").verdict(exit(Cause.IOPL, elsewhere));

    assertThat(verdict.allMisses()).contains(MissReason.RCX_NOT_RIP);
    assertThat(verdict.allMisses()).doesNotContain(MissReason.R11_NOT_RFLAGS);
  }

  /** A class is judged like all of its frames, also where iopl is undone first. */
  @Tag("exhaustive")
  @Test
  void judgesEveryFrameOfIoplAsItsClass() {
    List<Judge> judges = ExitModels.all().stream().map(it -> judge(it.id(), "4.19.0")).toList();
    long[] flags = {0x246, 0x1246, 0x3246, 0x1_0246, 0x1_3246, 0x2_0246, 0x2_3246};
    FrameSpace space =
        new FrameSpace(
            FrameSpace.SMALL.addresses(), flags, new long[] {0x33}, new long[] {0x2b, 0x18});
    Set<Verdict> seen = new HashSet<>();
    Optional<Registers> other =
        space.findFirst(
            frame -> isOfIopl(frame) && judges.stream().anyMatch(it -> isOther(it, frame, seen)));
    assertThat(other).isEmpty();
    assertThat(seen).hasSizeGreaterThan(10).contains(Verdict.of(Outcome.SYSRET));
  }

  private static boolean isOfIopl(Registers frame) {
    Circumstances alone =
        Circumstances.alone(
            EntryKind.SYSCALL, EntryPath.SYSCALL_TRACED, frame, OptionalLong.empty());
    return Cause.of(alone).equals(Cause.IOPL.present());
  }

  private static boolean isOther(Judge judge, Registers frame, Set<Verdict> seen) {
    Verdict verdict = judge.verdict(exit(Cause.IOPL, frame));
    seen.add(verdict);
    Registers ofClass = RegisterFacts.of(frame).registers();
    return !verdict.equals(judge.verdict(exit(Cause.IOPL, ofClass)));
  }
}
