package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.emulator.Work;

/** Describes the machines that models judged for. */
final class MachineText {

  private static final String XEN_PV_COST = "where SYSRET is the iret hypercall and saves nothing.";

  private MachineText() {}

  /**
   * The assumptions about the machines, as sentences.
   *
   * @param judging the models that judged
   * @param eachItsOwn whether each trace was judged by its own kernel's model
   */
  static String of(Machines machines, Collection<ExitModel> judging, boolean eachItsOwn) {
    List<String> sentences = new ArrayList<>(List.of(observed(machines.asked())));
    work(machines.asked(), sentences);
    paging(machines, judging, sentences);
    xen(machines, sentences);
    if (!eachItsOwn) {
      fred(machines, judging, sentences);
    }
    return String.join(" ", sentences);
  }

  private static String observed(Machine machine) {
    return machine.has(Work.TRACING)
        ? "Judged as the traced kernel ran: recording the syscall events keeps every syscall off"
            + " the unchecked fast path (--untraced judges the kernel unobserved)."
        : "Judged as the kernel would have run unobserved (--untraced).";
  }

  private static void work(Machine machine, List<String> sentences) {
    List<String> work = new ArrayList<>();
    if (machine.has(Work.SECCOMP)) {
      work.add("with seccomp filters (--seccomp)");
    }
    if (machine.has(Work.AUDIT)) {
      work.add("with audit (--audit)");
    }
    if (machine.has(Work.NOHZ_FULL)) {
      work.add("on processors of nohz_full (--nohz-full)");
    }
    if (!work.isEmpty()) {
      String all = Sentences.capital(String.join(", ", work));
      sentences.add(
          machine.has(Work.TRACING)
              ? all + "; that decides nothing beside the recording's own work without --untraced."
              : all + ".");
    }
    if (machine.patchedForkChildren()) {
      sentences.add("With the fix for children of fork (--patched-fork-children).");
    }
  }

  private static void paging(
      Machines machines, Collection<ExitModel> judging, List<String> sentences) {
    if (machines.asked().la57()) {
      sentences.add("With 5-level paging (--la57).");
    } else if (any(machines, MachineSign.LA57)) {
      sentences.add(
          "With 5-level paging, as recorded%s.".formatted(of(machines, MachineSign.LA57)));
      String unable =
          judging.stream()
              .filter(it -> !it.supports(Machine.TRACED.withLa57(true)))
              .map(ExitModel::id)
              .collect(Collectors.joining(", "));
      if (!unable.isEmpty()) {
        sentences.add("Without it for %s, which cannot run so.".formatted(unable));
      }
    }
  }

  private static void xen(Machines machines, List<String> sentences) {
    if (machines.asked().xenPv()) {
      sentences.add("As a Xen PV guest (--xen-pv), " + XEN_PV_COST);
    } else if (any(machines, MachineSign.XEN_PV)) {
      sentences.add(
          "As a Xen PV guest, as recorded%s, ".formatted(of(machines, MachineSign.XEN_PV))
              + XEN_PV_COST);
    }
  }

  /**
   * FRED leaves RCX and R11 as they are, so that its frames fail the first check of every other
   * kernel.
   */
  private static void fred(
      Machines machines, Collection<ExitModel> judging, List<String> sentences) {
    boolean others = judging.stream().anyMatch(it -> it != ExitModels.FRED && it.hasCheck());
    if (others && any(machines, MachineSign.FRED)) {
      sentences.add(
          "Recorded with FRED active%s, which leaves RCX and R11 as they were: what other models than fred say of these exits tells of no kernel (--model auto)."
              .formatted(of(machines, MachineSign.FRED)));
    }
  }

  private static boolean any(Machines machines, MachineSign sign) {
    return count(machines, sign) > 0;
  }

  private static long count(Machines machines, MachineSign sign) {
    return machines.recordedOn().values().stream().filter(it -> has(it, sign)).count();
  }

  private static boolean has(RecordedOn on, MachineSign sign) {
    return on.fact(sign).isYes();
  }

  /** How many of the traces have the sign, in brackets; empty if all have it. */
  private static String of(Machines machines, MachineSign sign) {
    long some = count(machines, sign);
    int all = machines.recordedOn().size();
    return some == all ? "" : " (%d of %d traces)".formatted(some, all);
  }
}
