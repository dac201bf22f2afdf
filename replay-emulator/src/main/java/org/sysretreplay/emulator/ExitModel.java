package org.sysretreplay.emulator;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One kernel generation's rule for leaving to user space: which ways back reach the register check,
 * and the checks in order. A model is data; {@link #judge} is what reads it for a verdict, and
 * everything else shows it to people.
 *
 * <p>Instances are immutable and safe to share between threads.
 */
public final class ExitModel {

  private final Description description;
  private final Rule rule;
  private final Optional<ExitModel> kernel;
  private final List<Policy> policies;

  /** The verdict for every set of failing checks: bit i of the index is set if check i fails. */
  private final Verdict[] checkedVerdicts;

  private static final Set<Work> ONLY_AUDIT = Set.of(Work.AUDIT);

  private static final Verdict FAST = Verdict.of(Outcome.FAST_SYSRET);
  private static final Verdict IRET = Verdict.of(Outcome.IRET_ROUTE);
  private static final Verdict ERETU = Verdict.of(Outcome.ERETU);
  private static final Verdict COMPAT = Verdict.doubtful(Doubt.COMPAT_RETURN);

  /**
   * What a reader wants to know of a model besides its rule.
   *
   * @param id the name on the command line, a public contract
   * @param versions the mainline kernels that have the rule
   * @param summary what distinguishes the rule, as a sentence
   * @param evidence where the routes and the versions are known from
   * @param notes what else a reader should know, a sentence each
   */
  public record Description(
      String id, String versions, String summary, List<Evidence> evidence, List<String> notes) {

    public Description {
      evidence = List.copyOf(evidence);
      notes = List.copyOf(notes);
    }
  }

  /**
   * What decides how a frame leaves the kernel.
   *
   * @param routes what each way back does before any register is looked at
   * @param checks in the order in which the kernel tests; each reason at most once
   * @param compat what SYSRETL to 32-bit code demands, as far as a frame tells (sheet 3.4)
   * @param la57 whether such a kernel can run with 5-level paging (sheet 3.2)
   */
  public record Rule(Routes routes, List<Check> checks, List<Condition> compat, boolean la57) {

    public Rule {
      Objects.requireNonNull(routes, "routes");
      checks = List.copyOf(checks);
      compat = List.copyOf(compat);
    }

    /** This rule with other routes. */
    public Rule withRoutes(Routes other) {
      return new Rule(other, checks, compat, la57);
    }

    /** This rule with other checks. */
    public Rule withChecks(List<Check> other) {
      return new Rule(routes, other, compat, la57);
    }
  }

  /** A model from its parts. */
  public ExitModel(Description description, Rule rule) {
    this(description, rule, Optional.empty(), List.of());
  }

  private ExitModel(
      Description description, Rule rule, Optional<ExitModel> kernel, List<Policy> policies) {
    if (rule.checks().stream().map(Check::reason).distinct().count() != rule.checks().size()) {
      throw new IllegalArgumentException(description.id() + " gives one reason twice");
    }
    this.description = description;
    this.rule = rule;
    this.kernel = kernel;
    this.policies = List.copyOf(policies);
    this.checkedVerdicts = checkedVerdicts(rule.checks());
  }

  private static Verdict[] checkedVerdicts(List<Check> checks) {
    Verdict[] verdicts = new Verdict[1 << checks.size()];
    verdicts[0] = Verdict.of(Outcome.SYSRET);
    for (int failed = 1; failed < verdicts.length; failed++) {
      EnumSet<MissReason> all = EnumSet.noneOf(MissReason.class);
      for (int i = 0; i < checks.size(); i++) {
        if ((failed & 1 << i) != 0) {
          all.add(checks.get(i).reason());
        }
      }
      MissReason first = checks.get(Integer.numberOfTrailingZeros(failed)).reason();
      verdicts[failed] = Verdict.miss(first, all);
    }
    return verdicts;
  }

  /** The verdict on one frame. Equal verdicts are one object. */
  public Verdict judge(Exit exit, Machine machine) {
    return switch (route(exit, machine)) {
      case FAST -> FAST;
      case CHECK -> check(checked(exit), machine);
      case IRET -> IRET;
      case ERETU -> ERETU;
      case COMPAT_FAST -> COMPAT;
      case COMPAT_CHECK -> compat(exit.registers(), machine);
    };
  }

  /**
   * The registers that the register check sees: the exit's own, with RIP in RCX and RFLAGS in R11
   * where one of the policies mends the exit. Says nothing of whether its route reaches the check.
   */
  public PtRegs checked(Exit exit) {
    PtRegs regs = exit.registers();
    for (Policy policy : policies) {
      if (policy.mends(exit)) {
        return Registers.forSysret(regs);
      }
    }
    return regs;
  }

  /** IRET where the frame rules SYSRETL out; otherwise the trace does not tell which it was. */
  private Verdict compat(PtRegs regs, Machine machine) {
    for (Condition condition : rule.compat()) {
      if (!condition.holds(regs, machine)) {
        return IRET;
      }
    }
    return COMPAT;
  }

  /**
   * The route of an exit on one machine: that of its way back, or that of int $0x80 where CS shows
   * that neither SYSENTER nor 32-bit SYSCALL entered, which write 0x23 there (sheet 3.4, 5.12 and
   * 12.1).
   */
  public Route route(Exit exit, Machine machine) {
    Route route = route(exit.path(), machine);
    boolean isFastEntry = Selector.in(exit.registers().cs()) == Selector.USER32_CS;
    return route == Route.COMPAT_FAST && !isFastEntry ? route(EntryPath.INT80, machine) : route;
  }

  /**
   * The route of one way back on one machine. A fast path is taken only while no work keeps the
   * kernel from it (sheet 6.3 and 12.1).
   */
  public Route route(EntryPath path, Machine machine) {
    Route route = rule.routes().of(path);
    return switch (route) {
      case FAST -> fast(path, machine);
      case COMPAT_FAST -> compatFast(machine);
      case CHECK, IRET, ERETU, COMPAT_CHECK -> route;
    };
  }

  /**
   * The first kind of work that leaves the fast path decides: each kernel has only one slow path.
   */
  private Route fast(EntryPath path, Machine machine) {
    Routes routes = rule.routes();
    if (path == EntryPath.FORK_CHILD && machine.patchedForkChildren()) {
      return routes.of(EntryPath.FORK_CHILD_EXIT_WORK);
    }
    for (Work work : machine.work()) {
      Route byWork = routes.of(work.path());
      if (byWork != Route.FAST) {
        return byWork;
      }
    }
    return Route.FAST;
  }

  /** Audit alone comes back to the fast return to 32-bit code; any other work does not. */
  private Route compatFast(Machine machine) {
    return ONLY_AUDIT.containsAll(machine.work())
        ? Route.COMPAT_FAST
        : rule.routes().of(EntryPath.COMPAT_EXIT_WORK);
  }

  /** The verdict of the register check alone, whatever the route. */
  public Verdict check(PtRegs regs, Machine machine) {
    List<Check> checks = rule.checks();
    int failed = 0;
    for (int i = 0; i < checks.size(); i++) {
      if (!checks.get(i).condition().holds(regs, machine)) {
        failed |= 1 << i;
      }
    }
    return checkedVerdicts[failed];
  }

  /** Whether such a kernel can run on that machine (sheet 3.2). */
  public boolean supports(Machine machine) {
    return rule.la57() || !machine.la57();
  }

  /** The name on the command line. */
  public String id() {
    return description.id();
  }

  public Description description() {
    return description;
  }

  public Rule rule() {
    return rule;
  }

  /** The checks in the kernel's order; empty for a kernel that has none. */
  public List<Check> checks() {
    return rule.checks();
  }

  /** Whether the kernel has a register check. */
  public boolean hasCheck() {
    return !checks().isEmpty();
  }

  /** The model of the real kernel under the policies; this model if there are none. */
  public ExitModel kernel() {
    return kernel.orElse(this);
  }

  /** The what-if policies that made this model from a real kernel's; none for a real kernel. */
  public List<Policy> policies() {
    return policies;
  }

  /**
   * This model as that policy would change it.
   *
   * @throws IllegalArgumentException if there is no check that a policy could be about
   */
  public ExitModel under(Policy policy) {
    if (!hasCheck()) {
      throw new IllegalArgumentException(id() + " has no check that a policy could change");
    }
    Description named =
        new Description(
            id() + Policy.SEPARATOR + policy.id(),
            "no kernel: " + description.versions() + ", changed",
            description.summary() + " What if " + policy.sentence() + "?",
            description.evidence(),
            description.notes());
    List<Policy> all = Stream.concat(policies.stream(), Stream.of(policy)).toList();
    return new ExitModel(named, policy.change(rule), Optional.of(kernel()), all);
  }

  /** This model with one check left out, for asking what that check is good for. */
  public ExitModel without(MissReason reason) {
    return new ExitModel(
        description,
        rule.withChecks(checks().stream().filter(check -> check.reason() != reason).toList()),
        kernel,
        policies);
  }

  @Override
  public String toString() {
    return id();
  }
}
