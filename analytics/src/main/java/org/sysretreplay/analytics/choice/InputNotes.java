package org.sysretreplay.analytics.choice;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sysretreplay.analytics.EmptyInput;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.RejectSummary;
import org.sysretreplay.analytics.report.LostText;
import org.sysretreplay.analytics.report.SampledText;
import org.sysretreplay.analytics.report.Sentences;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs.PassedOver;
import org.sysretreplay.ingest.source.TraceInputs.Why;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Sampling;

/** Sentences on what was read. */
public final class InputNotes {

  private InputNotes() {}

  /** What the scan of a folder left out, one sentence for each reason. */
  public static List<Sentence> passedOver(List<PassedOver> entries) {
    Map<Why, List<PassedOver>> byReason =
        entries.stream()
            .collect(groupingBy(PassedOver::why, () -> new EnumMap<>(Why.class), toList()));
    List<Sentence> notes = new ArrayList<>();
    byReason.forEach(
        (why, of) -> {
          String more = of.size() == 1 ? "" : " and %d more".formatted(of.size() - 1);
          notes.add(Sentence.of("passed over %s%s (%s).", of.get(0).path(), more, why.sentence()));
        });
    return notes;
  }

  /** Why records were rejected: the first record of each reason, and how many more there are. */
  public static List<Sentence> rejects(RejectSummary rejects) {
    return rejects.entries().values().stream().map(InputNotes::reject).toList();
  }

  private static Sentence reject(RejectSummary.Entry entry) {
    String first = entry.first().sentence();
    return entry.count() == 1
        ? Sentence.of("%s", first)
        : Sentence.of("%s %,d more like it.", first, entry.count() - 1);
  }

  /**
   * What the user has to know of the inputs that have records and no exit, for each at least one
   * sentence that names it: why its records were rejected, or that none is a return to user space.
   *
   * @param told the rejects that the user is told of besides, which are not said again
   */
  public static List<Sentence> exitless(Intake intake, RejectSummary told) {
    return intake.exitless().entrySet().stream()
        .flatMap(it -> exitless(it.getKey(), it.getValue(), told).stream())
        .toList();
  }

  private static List<Sentence> exitless(String source, RejectSummary own, RejectSummary told) {
    if (own.entries().isEmpty()) {
      return List.of(noExits(source));
    }
    return own.isShownBy(told) ? List.of() : rejects(own);
  }

  /** What the user has to know of a trace without samples, or without a return to user space. */
  public static List<Sentence> exitless(TraceInput trace, Counts counts) {
    if (counts.seen() == 0) {
      return List.of(noSample(EmptyInput.of(trace)));
    }
    return counts.ignored() == counts.seen() ? List.of(noExits(trace.file())) : List.of();
  }

  private static Sentence noExits(String source) {
    return Sentence.of(
        "%s: none of its records is a return to user space; record raw_syscalls:sys_exit,"
            + " exceptions:* or irq_vectors:*_exit.",
        source);
  }

  /** The sentence that a recording has no sample. */
  public static Sentence noSample(EmptyInput input) {
    return Sentence.of(
        input.isPrinted()
            ? "%s: there is not one sample in it: nothing was recorded, or perf script could not"
                + " print it; print it again, and see what perf script says."
            : "%s: there is not one sample in it; record again while something runs, with"
                + " raw_syscalls:sys_exit among the events.",
        input.source());
  }

  /** Says so where not every event was recorded. */
  public static List<Sentence> sampled(Intake intake) {
    return SampledText.remarks(intake).stream()
        .map(it -> Sentence.of("%s", Sentences.small(it)))
        .toList();
  }

  /** Says so where not every event of a trace was recorded. */
  public static List<Sentence> sampled(TraceInput trace, Sampling sampling) {
    return sampling.isSampled()
        ? List.of(
            Sentence.of(
                "%s is sampled, %s: its counts are of the sample, and %s.",
                trace.file(), sampling.sentence(), SampledText.NOT_SEEN))
        : List.of();
  }

  /** A sentence if the recorder lost samples. */
  public static List<Sentence> lost(Counts counts) {
    return counts.lost() > 0 ? List.of(Sentence.of("%s", LostText.sentence(counts))) : List.of();
  }
}
