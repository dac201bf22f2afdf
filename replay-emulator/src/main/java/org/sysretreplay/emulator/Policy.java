package org.sysretreplay.emulator;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change to a model that no kernel has made, for asking what it would save. {@code
 * seed+signal-delivery-hits} names a model under a policy; several can be joined.
 */
public enum Policy {
  SIGNAL_DELIVERY_HITS(
      "signal delivery also wrote the handler's RIP and RFLAGS to RCX and R11",
      Cause.SIGNAL_DELIVERY),
  EXEC_HITS("execve also wrote the new program's RIP and RFLAGS to RCX and R11", Cause.EXECVE),
  IRQ_CHECK("returns from interrupts and exceptions were checked, as before 4.1") {
    @Override
    ExitModel.Rule change(ExitModel.Rule rule) {
      return rule.withRoutes(interruptsBy(Route.CHECK, rule));
    }
  },
  NO_IRQ_CHECK("returns from interrupts and exceptions went straight to IRET, as since 4.1") {
    @Override
    ExitModel.Rule change(ExitModel.Rule rule) {
      return rule.withRoutes(interruptsBy(Route.IRET, rule));
    }
  },
  NO_CANONICAL_PESSIMISM("every canonical address passed, that of vsyscall=native too") {
    @Override
    ExitModel.Rule change(ExitModel.Rule rule) {
      return rule.withChecks(rule.checks().stream().map(Policy::exactlyCanonical).toList());
    }
  };

  /** Stands between a model's id and a policy's. */
  public static final String SEPARATOR = "+";

  /** All ids, for a message or a help text. */
  public static final String IDS =
      Stream.of(values()).map(Policy::id).collect(Collectors.joining(", "));

  private final String sentence;
  private final Set<Cause> mended;

  Policy(String sentence, Cause... mended) {
    this.sentence = sentence;
    this.mended = Set.of(mended);
  }

  /** The name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What would be different, as the rest of a sentence that begins with "what if". */
  public String sentence() {
    return sentence;
  }

  /** The policy of that id, if there is one. */
  public static Optional<Policy> byId(String id) {
    return Stream.of(values()).filter(policy -> policy.id().equals(id)).findFirst();
  }

  /**
   * Whether the kernel would write RIP and RFLAGS into RCX and R11 of that exit. A policy that
   * changes only the rule mends no exit.
   */
  boolean mends(Exit exit) {
    return exit.cause().filter(mended::contains).isPresent();
  }

  /** The rule as the policy changes it. */
  ExitModel.Rule change(ExitModel.Rule rule) {
    return rule;
  }

  private static Routes interruptsBy(Route route, ExitModel.Rule rule) {
    return rule.routes().but(route, EntryPath.INTERRUPT, EntryPath.EXCEPTION);
  }

  private static Check exactlyCanonical(Check check) {
    return check.reason() == MissReason.RIP_NOT_USER_ADDRESS
        ? new Check(
            check.reason(),
            new Condition.SignExtends(Register.RCX, Register.RCX),
            "SYSRET to a non-canonical address faults in the kernel on Intel; any other may pass.",
            Evidence.inferred("the SYSRET pseudo-code of the Intel SDM, volume 2"))
        : check;
  }
}
