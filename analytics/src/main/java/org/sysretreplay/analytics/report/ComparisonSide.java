package org.sysretreplay.analytics.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.OwnKernel;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.analytics.SampledWorkloads;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.ingest.trace.Sampling;

/**
 * One side of a comparison.
 *
 * @param model as the user named it; may be {@code auto}
 * @param runs at least one, in the user's order
 */
public record ComparisonSide(String model, List<ComparisonRun> runs) {

  public ComparisonSide {
    runs = List.copyOf(runs);
  }

  /** The sources of all runs, separated by commas. */
  public String source() {
    return runs.stream().map(ComparisonRun::source).collect(Collectors.joining(", "));
  }

  /** The models of all runs. */
  public Models models() {
    Map<String, String> byTrace = new TreeMap<>();
    Map<String, Set<KernelRelease>> named = new TreeMap<>();
    runs.forEach(it -> byTrace.putAll(it.models().byTrace()));
    runs.forEach(it -> named.putAll(it.models().named()));
    List<String> ids = runs.stream().flatMap(it -> it.models().ids().stream()).distinct().toList();
    return new Models(ids, byTrace, named);
  }

  /** What is known of the machines that the runs were recorded on. */
  public Machines machines() {
    Map<String, RecordedOn> all = new TreeMap<>();
    runs.forEach(it -> all.putAll(it.machines().recordedOn()));
    return new Machines(runs.get(0).machines().asked(), all);
  }

  /** What became of the records of all runs. */
  public Intake intake() {
    return runs.stream().map(ComparisonRun::intake).reduce(Intake.zero(), Intake::plus);
  }

  /** How a workload was sampled in all runs; empty where it was not. */
  Optional<Sampling> sampling(ComparedWorkload.Part part) {
    // Runs of one workload each are compared whatever these are called.
    boolean oneEach = runs.stream().allMatch(it -> it.table().workloads().size() == 1);
    return sampled(it -> it.of(part.workload()))
        .or(() -> oneEach ? sampled(SampledWorkloads::ofAll) : Optional.empty());
  }

  private Optional<Sampling> sampled(Function<SampledWorkloads, Optional<Sampling>> ofRun) {
    return runs.stream()
        .flatMap(it -> ofRun.apply(it.intake().sampled()).stream())
        .reduce(Sampling::plus);
  }

  /** Whether exits of any run are a sample. */
  boolean isSampled() {
    return runs.stream().anyMatch(it -> it.intake().sampled().isAny());
  }

  /** The outcomes under the kernels that the runs were recorded on. */
  public Map<OwnKernel, OutcomeCounts> own() {
    Map<OwnKernel, OutcomeCounts> all = new TreeMap<>();
    runs.forEach(
        run -> run.own().forEach((it, counts) -> all.merge(it, counts, OutcomeCounts::plus)));
    return all;
  }
}
