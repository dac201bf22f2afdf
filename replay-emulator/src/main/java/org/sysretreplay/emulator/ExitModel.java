package org.sysretreplay.emulator;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * One kernel generation's rule for leaving to user space: which ways back reach the register check,
 * and the checks in order. A model is data; {@link #judge} is what reads it for a verdict, and
 * everything else shows it to people.
 *
 * <p>Instances are immutable and safe to share between threads.
 */
public final class ExitModel {

  private final Description description;
  private final Map<EntryPath, Route> routes;
  private final List<Check> checks;

  /** The verdict of every set of failing checks; bit i of the index is the i-th check. */
  private final Verdict[] checkedVerdicts;

  private final Map<Route, Verdict> uncheckedVerdicts = new EnumMap<>(Route.class);

  /**
   * What a reader wants to know of a model beside its rule.
   *
   * @param id the name on the command line, a public contract
   * @param versions the mainline kernels that have the rule
   * @param summary what distinguishes the rule, as a sentence
   * @param evidence where that is known from
   */
  public record Description(String id, String versions, String summary, String evidence) {}

  /**
   * A model from its parts.
   *
   * @param routes one route for every {@link EntryPath}
   * @param checks in the order in which the kernel tests; each reason at most once
   */
  public ExitModel(Description description, Map<EntryPath, Route> routes, List<Check> checks) {
    if (!routes.keySet().equals(EnumSet.allOf(EntryPath.class))) {
      throw new IllegalArgumentException(description.id() + " has not one route for every path");
    }
    if (checks.stream().map(Check::reason).distinct().count() != checks.size()) {
      throw new IllegalArgumentException(description.id() + " gives one reason twice");
    }
    this.description = description;
    this.routes = Map.copyOf(routes);
    this.checks = List.copyOf(checks);
    this.checkedVerdicts = checkedVerdicts(this.checks);
    uncheckedVerdicts.put(Route.FAST, Verdict.of(Outcome.FAST_SYSRET));
    uncheckedVerdicts.put(Route.IRET, Verdict.of(Outcome.IRET_ROUTE));
    uncheckedVerdicts.put(Route.ERETU, Verdict.of(Outcome.ERETU));
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

  /** The verdict on one frame. Never allocates: equal verdicts are one object. */
  public Verdict judge(EntryKind entry, PtRegs regs, Machine machine) {
    Route route = route(EntryPath.of(entry, regs), machine);
    return route == Route.CHECK ? check(regs) : uncheckedVerdicts.get(route);
  }

  /**
   * The route of one way back on one machine: a fast path is taken only while no work flag is set,
   * and becomes the route of a traced syscall otherwise (sheet 6.3).
   */
  public Route route(EntryPath path, Machine machine) {
    Route route = routes.get(path);
    return route == Route.FAST && machine.syscallWork()
        ? routes.get(EntryPath.SYSCALL_TRACED)
        : route;
  }

  /** The verdict of the register check alone, whatever the route. */
  public Verdict check(PtRegs regs) {
    int failed = 0;
    for (int i = 0; i < checks.size(); i++) {
      if (!checks.get(i).condition().holds(regs)) {
        failed |= 1 << i;
      }
    }
    return checkedVerdicts[failed];
  }

  /** The name on the command line. */
  public String id() {
    return description.id();
  }

  public Description description() {
    return description;
  }

  /** The route of every way back while no work flag is set. */
  public Map<EntryPath, Route> routes() {
    return routes;
  }

  /** The checks in the kernel's order; empty for a kernel that has none. */
  public List<Check> checks() {
    return checks;
  }

  /** This model with one check left out, for asking what that check is good for. */
  public ExitModel without(MissReason reason) {
    return new ExitModel(
        description, routes, checks.stream().filter(check -> check.reason() != reason).toList());
  }

  @Override
  public String toString() {
    return id();
  }
}
