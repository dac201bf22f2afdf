package org.sysretreplay.analytics.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.OwnKernel;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.KernelVendor;

/**
 * What the kernels do that traces were recorded on, beside what was asked: shown where one model
 * judged all traces and any of their kernels has another.
 */
final class OwnKernels {

  /** How many kernels a sentence tells one by one. */
  private static final int MOST = 3;

  private final Map<OwnKernel, OutcomeCounts> own;
  private final boolean shown;
  private final long exits;

  /**
   * The own kernels of some traces.
   *
   * @param own how the exits left each of them
   * @param models which models judged
   * @param exits how many exits there are, those of unknown kernels included
   */
  OwnKernels(Map<OwnKernel, OutcomeCounts> own, Models models, long exits) {
    this.own = new TreeMap<>(own);
    this.own.values().removeIf(it -> it.exits() == 0);
    this.exits = exits;
    List<String> ids = models.ids();
    shown =
        ids.size() == 1
            && !models.isByTrace()
            && this.own.keySet().stream().anyMatch(it -> !it.modelId().equals(ids.get(0)));
  }

  /** Those of a report. */
  static OwnKernels of(Report report) {
    return new OwnKernels(
        report.own(), report.question().models(), Report.total(report.rows()).exits());
  }

  /** Those of one side of a comparison. */
  static OwnKernels of(Comparison.Side side) {
    return new OwnKernels(side.own(), side.models(), side.intake().counts().exits());
  }

  /** Whether they say anything that the rest does not. */
  boolean areShown() {
    return shown;
  }

  /** What a workload's own kernels do. */
  OutcomeCounts counts(String workload) {
    return counts(own.entrySet().stream().filter(it -> it.getKey().workload().equals(workload)));
  }

  /** What the own kernels of some workloads do. */
  OutcomeCounts counts(Collection<String> workloads) {
    return counts(own.entrySet().stream().filter(it -> workloads.contains(it.getKey().workload())));
  }

  /** What all own kernels do. */
  OutcomeCounts counts() {
    return counts(own.entrySet().stream());
  }

  private static OutcomeCounts counts(Stream<Map.Entry<OwnKernel, OutcomeCounts>> kernels) {
    return kernels.map(Map.Entry::getValue).reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
  }

  /** What the kernels do that a workload was recorded on, as part of a sentence. */
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

  /** The kernel with its model: {@code Linux 6.18.44 (linux-6.9)}. */
  private static String name(OwnKernel kernel) {
    return kernel.release().isEmpty()
        ? kernel.modelId()
        : "Linux %s (%s)".formatted(kernel.release(), kernel.modelId());
  }

  /** The sentences that tell of them. */
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

  /** A release is no proof, and some vendors' releases are none at all. */
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
