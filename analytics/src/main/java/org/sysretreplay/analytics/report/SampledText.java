package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.SampledWorkloads;
import org.sysretreplay.ingest.trace.Sampling;

/** What to know of an input of which not every event was recorded. */
public final class SampledText {

  /** What a sample alone cannot show, as part of a sentence. */
  public static final String NOT_SEEN =
      "what a thread did next (a signal, a restart, a debugger's edit) is not seen";

  /** A sentence names no more workloads than these. */
  private static final int MOST_NAMES = 5;

  private SampledText() {}

  /** A sentence for each thing to know; none where every event was recorded. */
  public static List<String> remarks(Intake intake) {
    SampledWorkloads sampled = intake.sampled();
    if (!sampled.isAny()) {
      return List.of();
    }
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "Sampled, %s: counts are of the sample, shares have an interval of 95 %%, and each event is judged as recorded: %s."
            .formatted(how(sampled), NOT_SEEN));
    remarks.add(
        "perf counts each event by itself, and without -a each thread from its start on: what a thread does first, such as execve, is not met, nor threads of few events; no interval covers that.");
    boolean some = sampled.exits() < intake.counts().exits();
    if (some || byRate(sampled).size() > 1) {
      remarks.add(
          "%s of %s exits are sampled, so that sums over workloads weigh each by how much of it was recorded, not by how much it did."
              .formatted(number(sampled.exits()), number(intake.counts().exits())));
    }
    if (sampled.byWorkload().values().stream()
        .anyMatch(it -> it.sampling().equals(Sampling.VARYING))) {
      remarks.add(
          "At a rate that varies, quiet times count for more than busy ones; sysret-replay record --every N keeps the rate.");
    }
    return remarks;
  }

  /** How the workloads were sampled, as in {@code one of every 101 events of http, shell}. */
  private static String how(SampledWorkloads sampled) {
    return byRate(sampled).entrySet().stream()
        .map(it -> "%s of %s".formatted(it.getKey(), names(it.getValue())))
        .collect(Collectors.joining("; "));
  }

  private static Map<String, List<String>> byRate(SampledWorkloads sampled) {
    return sampled.byWorkload().entrySet().stream()
        .collect(
            Collectors.groupingBy(
                it -> it.getValue().sampling().sentence(),
                TreeMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
  }

  private static String names(List<String> workloads) {
    return workloads.size() <= MOST_NAMES
        ? String.join(", ", workloads)
        : "%s workloads".formatted(number(workloads.size()));
  }

  /** What the counted exits are called, as in {@code sampled exits}. */
  static String exits(boolean sampled) {
    return sampled ? "sampled exits" : "exits";
  }

  /** A share as text, with its margin where it is of a sample. */
  static String percent(Ratio share, boolean sampled, boolean unicode) {
    return sampled ? new SampleMargin(share).beside(unicode) : share.percent();
  }

  /** The rate of a sample as a key of JSON has it: null where there is none, 0 where it varies. */
  static Long every(Optional<Sampling> sampling) {
    return sampling.map(Sampling::every).orElse(null);
  }
}
