package org.sysretreplay.analytics.report;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.OwnKernel;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.KernelVendor;

/**
 * The outcomes by the kernels that the traces were recorded on. They are shown beside the answer if
 * one model judged all traces and a trace's kernel has another model.
 */
final class OwnKernels {

  /** How many kernels a sentence names. */
  private static final int MOST = 3;

  private final Map<OwnKernel, OutcomeCounts> own;
  private final Map<String, OutcomeCounts> byWorkload = new HashMap<>();
  private final boolean shown;
  private final long exits;

  /**
   * @param own the outcomes by each kernel
   * @param models the models that judged
   * @param exits how many exits there are, including those of unknown kernels
   */
  OwnKernels(Map<OwnKernel, OutcomeCounts> own, Models models, long exits) {
    this.own = new TreeMap<>(own);
    this.own.values().removeIf(it -> it.exits() == 0);
    this.own.forEach((it, counts) -> byWorkload.merge(it.workload(), counts, OutcomeCounts::plus));
    this.exits = exits;
    List<String> ids = models.ids();
    shown =
        ids.size() == 1
            && !models.isByTrace()
            && this.own.keySet().stream().anyMatch(it -> !it.modelId().equals(ids.get(0)));
  }

  /** The own kernels of a report's traces. */
  static OwnKernels of(Report report) {
    return new OwnKernels(
        report.own(), report.question().models(), Report.total(report.rows()).exits());
  }

  /** The own kernels of the traces on one side of a comparison. */
  static OwnKernels of(ComparisonSide side) {
    return new OwnKernels(side.own(), side.models(), side.intake().counts().exits());
  }

  /** Whether they say anything that the answer does not. */
  boolean areShown() {
    return shown;
  }

  /** The outcomes by a workload's own kernels. */
  OutcomeCounts counts(String workload) {
    return byWorkload.getOrDefault(workload, OutcomeCounts.NONE);
  }

  /** The outcomes by the own kernels of some workloads. */
  OutcomeCounts counts(Collection<String> workloads) {
    return workloads.stream().map(this::counts).reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
  }

  /** The outcomes by all own kernels. */
  OutcomeCounts counts() {
    return counts(byWorkload.keySet());
  }

  /** The rates by a workload's own kernels, as part of a sentence; empty if they are not shown. */
  Optional<String> headline(String workload) {
    List<String> models =
        own.keySet().stream()
            .filter(it -> it.workload().equals(workload))
            .map(OwnKernel::modelId)
            .distinct()
            .toList();
    if (!shown || models.isEmpty()) {
      return Optional.empty();
    }
    OutcomeCounts counts = counts(workload);
    return Optional.of(
        "by its own kernel (%s): SYSRET share %s, hit rate %s"
            .formatted(
                String.join(", ", models),
                counts.sysretShare().percent(),
                counts.hitRate().percent()));
  }

  /** The kernel and its model, for example {@code Linux 6.18.44 (linux-6.9)}. */
  private static String name(OwnKernel kernel) {
    return kernel.release().isEmpty()
        ? kernel.modelId()
        : "Linux %s (%s)".formatted(kernel.release(), kernel.modelId());
  }

  /** Which kernels these are and what they do, as sentences. */
  String sentences() {
    Map<String, OutcomeCounts> byKernel = new LinkedHashMap<>();
    own.forEach((it, counts) -> byKernel.merge(name(it), counts, OutcomeCounts::plus));
    String each =
        byKernel.entrySet().stream()
            .limit(MOST)
            .map(it -> it.getKey() + shareOf(it.getValue(), byKernel.size()))
            .collect(Collectors.joining(", "));
    int others = byKernel.size() - MOST;
    String more =
        others > 0 ? " and %d other kernel%s".formatted(others, others == 1 ? "" : "s") : "";
    OutcomeCounts all = counts();
    Ratio share = all.sysretShare();
    String known = all.exits() == exits ? "" : " whose kernel is known";
    return "Recorded on %s%s. By their own kernel %s of %s exits%s return by SYSRET (%s), and of those that it checks %s; --model auto reports that.%s"
        .formatted(
            each,
            more,
            TextTable.number(share.hits()),
            TextTable.number(share.total()),
            known,
            share.percent(),
            all.hitRate().percent(),
            guess(own.keySet()));
  }

  private static String shareOf(OutcomeCounts counts, int kernels) {
    return kernels == 1 ? "" : ": " + counts.sysretShare().percent();
  }

  /** A caution for each vendor whose releases do not tell for certain which model applies. */
  private static String guess(Collection<OwnKernel> kernels) {
    return kernels.stream()
        .flatMap(it -> KernelRelease.parse(it.release()).stream())
        .map(KernelRelease::vendor)
        .filter(KernelVendor::isGuess)
        .distinct()
        .map(it -> " %s.".formatted(Sentences.capital(it.sentence())))
        .collect(Collectors.joining());
  }
}
