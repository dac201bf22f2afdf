package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Frames with equal register facts and cause facts have the same cause. */
class CauseFactsTest {

  private static final FrameSpace SPACE =
      new FrameSpace(
          new long[] {
            0,
            2,
            0x40_1000,
            0x40_1002,
            0x7fff_ffff_efffL,
            0x7fff_ffff_f000L,
            0x8000_0000_0000L,
            0xffff_ffff_ff60_0402L,
            -1
          },
          new long[] {0, 0x246, 0x346, 0x10246, 0x1246, 0x3246, 0x3247, 0x13246},
          new long[] {0x33, 0x23, 0x0f, 0x1_000f, 0x1_0033, 0},
          new long[] {0x2b, 0x0f, 0x18});

  /** The values that lead to different causes and facts. */
  private static final FrameSpace CORE =
      new FrameSpace(
          new long[] {0, 0x40_1000, 0x40_1002, 0x8000_0000_0000L, 0xffff_ffff_ff60_0402L},
          new long[] {0, 0x246, 0x346, 0x10246, 0x3246, 0x13246},
          new long[] {0x33, 0x0f, 0x1_0033},
          new long[] {0x2b, 0x0f});

  private static final Map<EntryPath, EntryKind> PATHS =
      Map.of(
          EntryPath.SYSCALL_NO_WORK, EntryKind.SYSCALL,
          EntryPath.EXECVE, EntryKind.SYSCALL,
          EntryPath.RT_SIGRETURN, EntryKind.SYSCALL,
          EntryPath.FORK_CHILD, EntryKind.FORK,
          EntryPath.INTERRUPT, EntryKind.INTERRUPT,
          EntryPath.EXCEPTION, EntryKind.EXCEPTION,
          EntryPath.COMPAT, EntryKind.COMPAT,
          EntryPath.COMPAT_EXIT_WORK, EntryKind.COMPAT);

  private record Key(EntryPath path, RegisterFacts facts, int ofCause) {}

  private static int bits(Registers regs) {
    return CauseFacts.bits(regs.rip(), regs.rcx(), regs.r11(), regs.rflags(), regs.cs(), regs.ss());
  }

  @Test
  @Tag("exhaustive")
  void tellTheCauseOfEveryFrameTogetherWithTheRegisterFacts() {
    assertTellTheCause(SPACE);
  }

  @Test
  void tellTheCauseOfTheCoreOfTheSpace() {
    assertTellTheCause(CORE);
  }

  private static void assertTellTheCause(FrameSpace space) {
    Map<Key, Optional<Cause>> known = new HashMap<>();
    Set<Integer> seen = new HashSet<>();
    Optional<Registers> other =
        space.findFirst(
            regs -> {
              seen.add(bits(regs));
              return PATHS.keySet().stream().anyMatch(it -> isOther(known, it, regs));
            });
    assertThat(other).isEmpty();
    assertThat(seen).contains(0, 1, 2, 4, 8, 16).allMatch(it -> it < 1 << CauseFacts.BITS);
    assertThat(Set.copyOf(known.values()))
        .containsAll(
            List.of(
                Optional.empty(),
                Optional.of(Cause.LDT_SEGMENT),
                Optional.of(Cause.VSYSCALL),
                Optional.of(Cause.SYSCALL_RESTART),
                Optional.of(Cause.EXECVE),
                Optional.of(Cause.IOPL),
                Optional.of(Cause.NON_CANONICAL_ADDRESS),
                Optional.of(Cause.UNKNOWN)));
  }

  private static boolean isOther(Map<Key, Optional<Cause>> known, EntryPath path, Registers regs) {
    Optional<Cause> cause =
        Cause.of(Circumstances.alone(PATHS.get(path), path, regs, OptionalLong.empty()));
    Key key = new Key(path, RegisterFacts.of(regs), bits(regs));
    return !known.computeIfAbsent(key, it -> cause).equals(cause);
  }
}
