package org.sysretreplay.emulator;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The register checks of all kernels a second time, as the kernel has them: straight code that
 * jumps out at the first failing test. It shares nothing with the models but the names of the
 * reasons, and writes its constants and its arithmetic in another way wherever there is one.
 */
final class StraightCode {

  /** The kernels that look at registers at all, oldest first. */
  static final List<String> CHECKING =
      List.of(
          "seed",
          "linux-4.0",
          "linux-4.1",
          "linux-4.2",
          "linux-4.4",
          "linux-4.6",
          "linux-4.16",
          "linux-5.12",
          "linux-6.7",
          "linux-6.9");

  private static final long TWO_TO_THE_47 = 140_737_488_355_328L;
  private static final long TWO_TO_THE_56 = 72_057_594_037_927_936L;
  private static final long PAGE = 4096;

  private StraightCode() {}

  /** Whether the kernel can run with five-level paging (sheet 3.2). */
  static boolean supportsLa57(String model) {
    return switch (model) {
      case "linux-4.6", "linux-4.16", "linux-5.12", "linux-6.7", "linux-6.9", "fred" -> true;
      default -> false;
    };
  }

  /** The test at which the kernel gives up SYSRET; none if it does not. */
  static Optional<MissReason> firstMiss(String model, PtRegs r, boolean la57, boolean xenPv) {
    return Optional.ofNullable(first(model, la57, xenPv).apply(r));
  }

  /** Every test that fails when each is asked by itself. */
  static EnumSet<MissReason> allMisses(String model, PtRegs r, boolean la57, boolean xenPv) {
    EnumSet<MissReason> misses = EnumSet.noneOf(MissReason.class);
    int bits = all(model, la57, xenPv).applyAsInt(r);
    for (MissReason reason : MissReason.values()) {
      if (odd(bits >> reason.ordinal())) {
        misses.add(reason);
      }
    }
    return misses;
  }

  /** Both together, as the verdict of a model on a frame that reaches the check. */
  static Verdict verdict(String model, PtRegs r, Machine machine) {
    return firstMiss(model, r, machine.la57(), machine.xenPv())
        .map(first -> Verdict.miss(first, allMisses(model, r, machine.la57(), machine.xenPv())))
        .orElse(Verdict.of(Outcome.SYSRET));
  }

  /** The function that finds the first failing test of a model, or null. */
  static Function<PtRegs, MissReason> first(String model, boolean la57, boolean xenPv) {
    long half = la57 ? TWO_TO_THE_56 : TWO_TO_THE_47;
    return switch (model) {
      case "seed" -> StraightCode::firstOfSeed;
      case "linux-4.0", "linux-4.1" -> StraightCode::firstOf40;
      case "linux-4.2", "linux-4.4" -> r -> firstOf42(r, TWO_TO_THE_47);
      case "linux-4.6", "linux-4.16" -> r -> firstOf42(r, half);
      case "linux-5.12" -> r -> xenPv ? MissReason.XEN_PV_GUEST : firstOf42(r, half);
      case "linux-6.7" -> r -> firstOf67(r, la57, xenPv);
      case "linux-6.9" -> r -> firstOf69(r, la57, xenPv);
      default -> throw new IllegalArgumentException(model + " looks at no register");
    };
  }

  /**
   * The function that finds all failing tests of a model: one bit for each reason, by its place in
   * the enum.
   */
  static ToIntFunction<PtRegs> all(String model, boolean la57, boolean xenPv) {
    long half = la57 ? TWO_TO_THE_56 : TWO_TO_THE_47;
    int guest = xenPv ? bit(MissReason.XEN_PV_GUEST) : 0;
    return switch (model) {
      case "seed" -> StraightCode::allOfSeed;
      case "linux-4.0", "linux-4.1" -> StraightCode::allOf40;
      case "linux-4.2", "linux-4.4" -> r -> allOf42(r, TWO_TO_THE_47);
      case "linux-4.6", "linux-4.16" -> r -> allOf42(r, half);
      case "linux-5.12" -> r -> guest + allOf42(r, half);
      case "linux-6.7" -> r -> guest + allOf67(r, la57);
      case "linux-6.9" -> r -> guest + allOf69(r, la57);
      default -> throw new IllegalArgumentException(model + " looks at no register");
    };
  }

  /**
   * Whether a frame of 32-bit code may return by SYSRETL (sheet 3.4, COMPAT-2 and COMPAT-3).
   * SYSRETL also demands that RIP is the vDSO's landing pad, which a frame does not tell.
   */
  static boolean maySysretl(String model, PtRegs r, boolean xenPv) {
    boolean stepsOrResumes = odd(r.rflags() >> 8) || odd(r.rflags() >> 16);
    return switch (model) {
      case "linux-4.4", "linux-4.6", "linux-4.16" ->
          r.cs() == 35 && r.ss() == 43 && !stepsOrResumes;
      case "linux-5.12" -> !xenPv && r.cs() == 35 && r.ss() == 43 && !stepsOrResumes;
      case "linux-6.7" ->
          !xenPv && r.cs() == 35 && r.ss() == 43 && !stepsOrResumes && !odd(r.rflags() >> 17);
      case "linux-6.9" ->
          !xenPv
              && (short) r.cs() == 35
              && (short) r.ss() == 43
              && !stepsOrResumes
              && !odd(r.rflags() >> 17);
      default -> throw new IllegalArgumentException(model + " looks at no register of 32-bit code");
    };
  }

  /** Whether a frame of 32-bit code can be of SYSENTER or SYSCALL, up to 4.3 (sheet 12.1). */
  static boolean mayBeFastEntry(PtRegs r) {
    return (short) r.cs() == 35;
  }

  /** The assembly of the seed mail (sheet 2.2). */
  private static MissReason firstOfSeed(PtRegs r) {
    if (r.rcx() != r.rip()) {
      return MissReason.RCX_NOT_RIP;
    }
    if (r.rcx() < 0 || r.rcx() > 140_737_488_355_327L) {
      return MissReason.RIP_NOT_USER_ADDRESS;
    }
    if (r.cs() != 51) {
      return MissReason.CS_NOT_USER_CS;
    }
    if (r.r11() != r.rflags()) {
      return MissReason.R11_NOT_RFLAGS;
    }
    if (odd(r.r11() >> 16)) {
      return MissReason.RF_SET;
    }
    return r.ss() == 43 ? null : MissReason.SS_NOT_USER_DS;
  }

  private static int allOfSeed(PtRegs r) {
    return (r.rip() - r.rcx() == 0 ? 0 : bit(MissReason.RCX_NOT_RIP))
        + (Long.numberOfLeadingZeros(r.rcx()) >= 17 ? 0 : bit(MissReason.RIP_NOT_USER_ADDRESS))
        + (r.cs() - 51 == 0 ? 0 : bit(MissReason.CS_NOT_USER_CS))
        + (r.r11() - r.rflags() == 0 ? 0 : bit(MissReason.R11_NOT_RFLAGS))
        + (odd(r.r11() >> 16) ? bit(MissReason.RF_SET) : 0)
        + (r.ss() - 43 == 0 ? 0 : bit(MissReason.SS_NOT_USER_DS));
  }

  /** Like the seed, but TF is tested beside RF (sheet 2.3 and 2.4). */
  private static MissReason firstOf40(PtRegs r) {
    if (r.rcx() == r.rip()) {
      if (r.rcx() >= 0 && r.rcx() < TWO_TO_THE_47) {
        if (r.cs() == 51) {
          if (r.r11() == r.rflags()) {
            if (odd(r.r11() >> 16)) {
              return MissReason.RF_SET;
            } else if (odd(r.r11() >> 8)) {
              return MissReason.TF_SET;
            }
            return r.ss() == 43 ? null : MissReason.SS_NOT_USER_DS;
          }
          return MissReason.R11_NOT_RFLAGS;
        }
        return MissReason.CS_NOT_USER_CS;
      }
      return MissReason.RIP_NOT_USER_ADDRESS;
    }
    return MissReason.RCX_NOT_RIP;
  }

  private static int allOf40(PtRegs r) {
    return allOfSeed(r) + (odd(r.r11() >> 8) ? bit(MissReason.TF_SET) : 0);
  }

  /**
   * The canonical form (sheet 2.5 to 2.8).
   *
   * @param half the size of the lower half of the canonical addresses
   */
  private static MissReason firstOf42(PtRegs r, long half) {
    if (r.rcx() != r.rip()) {
      return MissReason.RCX_NOT_RIP;
    }
    if (r.rip() < -half || r.rip() > half - 1) {
      return MissReason.RIP_NOT_USER_ADDRESS;
    }
    if (r.cs() != 51) {
      return MissReason.CS_NOT_USER_CS;
    }
    if (r.r11() != r.rflags()) {
      return MissReason.R11_NOT_RFLAGS;
    }
    if (odd(r.r11() >> 16)) {
      return MissReason.RF_SET;
    }
    if (odd(r.r11() >> 8)) {
      return MissReason.TF_SET;
    }
    return r.ss() == 43 ? null : MissReason.SS_NOT_USER_DS;
  }

  /** The second test compares RCX, cut to the width of an address, with RIP as it is. */
  private static int allOf42(PtRegs r, long half) {
    long extended = r.rcx() & 2 * half - 1;
    if (extended >= half) {
      extended -= 2 * half;
    }
    return (r.rip() - r.rcx() == 0 ? 0 : bit(MissReason.RCX_NOT_RIP))
        + (extended == r.rip() ? 0 : bit(MissReason.RIP_NOT_USER_ADDRESS))
        + (r.cs() - 51 == 0 ? 0 : bit(MissReason.CS_NOT_USER_CS))
        + (r.r11() - r.rflags() == 0 ? 0 : bit(MissReason.R11_NOT_RFLAGS))
        + (odd(r.r11() >> 16) ? bit(MissReason.RF_SET) : 0)
        + (odd(r.r11() >> 8) ? bit(MissReason.TF_SET) : 0)
        + (r.ss() - 43 == 0 ? 0 : bit(MissReason.SS_NOT_USER_DS));
  }

  /** The form in C (sheet 2.9). */
  private static MissReason firstOf67(PtRegs r, boolean la57, boolean xenPv) {
    if (xenPv) {
      return MissReason.XEN_PV_GUEST;
    }
    if (r.rcx() != r.rip()) {
      return MissReason.RCX_NOT_RIP;
    }
    if (r.r11() != r.rflags()) {
      return MissReason.R11_NOT_RFLAGS;
    }
    if (r.cs() != 51) {
      return MissReason.CS_NOT_USER_CS;
    }
    if (r.ss() != 43) {
      return MissReason.SS_NOT_USER_DS;
    }
    return addressAndFlagsOf67(r, la57);
  }

  /** Like 6.7, with selectors of 16 bits (sheet 2.9). */
  private static MissReason firstOf69(PtRegs r, boolean la57, boolean xenPv) {
    if (xenPv) {
      return MissReason.XEN_PV_GUEST;
    }
    if (r.rcx() != r.rip()) {
      return MissReason.RCX_NOT_RIP;
    }
    if (r.r11() != r.rflags()) {
      return MissReason.R11_NOT_RFLAGS;
    }
    if ((short) r.cs() != 51) {
      return MissReason.CS_NOT_USER_CS;
    }
    if ((short) r.ss() != 43) {
      return MissReason.SS_NOT_USER_DS;
    }
    return addressAndFlagsOf67(r, la57);
  }

  private static MissReason addressAndFlagsOf67(PtRegs r, boolean la57) {
    if (r.rip() < 0) {
      return MissReason.RIP_NOT_USER_ADDRESS;
    }
    if (la57 ? r.rip() > 72_057_594_037_923_839L : r.rip() > 140_737_488_351_231L) {
      return MissReason.RIP_NOT_USER_ADDRESS;
    }
    if (odd(r.rflags() >> 16)) {
      return MissReason.RF_SET;
    }
    return odd(r.rflags() >> 8) ? MissReason.TF_SET : null;
  }

  private static int allOf67(PtRegs r, boolean la57) {
    return (r.cs() - 51 == 0 ? 0 : bit(MissReason.CS_NOT_USER_CS))
        + (r.ss() - 43 == 0 ? 0 : bit(MissReason.SS_NOT_USER_DS))
        + allButSelectorsOf67(r, la57);
  }

  private static int allOf69(PtRegs r, boolean la57) {
    return (Math.floorMod(r.cs(), 65_536) == 51 ? 0 : bit(MissReason.CS_NOT_USER_CS))
        + (Math.floorMod(r.ss(), 65_536) == 43 ? 0 : bit(MissReason.SS_NOT_USER_DS))
        + allButSelectorsOf67(r, la57);
  }

  private static int allButSelectorsOf67(PtRegs r, boolean la57) {
    long pages = r.rip() < 0 ? Long.MAX_VALUE : r.rip() / PAGE;
    long userPages = (la57 ? TWO_TO_THE_56 : TWO_TO_THE_47) / PAGE - 1;
    return (r.rip() - r.rcx() == 0 ? 0 : bit(MissReason.RCX_NOT_RIP))
        + (r.r11() - r.rflags() == 0 ? 0 : bit(MissReason.R11_NOT_RFLAGS))
        + (pages < userPages ? 0 : bit(MissReason.RIP_NOT_USER_ADDRESS))
        + (odd(r.rflags() >> 16) ? bit(MissReason.RF_SET) : 0)
        + (odd(r.rflags() >> 8) ? bit(MissReason.TF_SET) : 0);
  }

  private static boolean odd(long value) {
    return value % 2 != 0;
  }

  private static int bit(MissReason reason) {
    return 1 << reason.ordinal();
  }
}
