package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Describes in words what was compared: sources, models and the kernels that traces were recorded
 * on.
 */
public final class ComparedSides {

  private static final String INPUT = "Input";
  private static final String INPUT_OF_BASE = "Input of base";
  private static final String INPUT_OF_OTHER = "Input of other";

  private final Comparison comparison;
  private final OwnKernels ofBase;
  private final OwnKernels ofOther;

  public ComparedSides(Comparison comparison) {
    this.comparison = comparison;
    ofBase = OwnKernels.of(comparison.base());
    ofOther = OwnKernels.of(comparison.other());
  }

  /**
   * Writes the outcomes under the kernels that the workload was recorded on, unless a side already
   * shows them.
   */
  void writeOwnKernels(ComparedWorkload row, Page page) {
    if (comparison.whatIf()) {
      if (ofOther.areShown()) {
        headline("", ofBase, row.base(), page);
      }
    } else {
      headline("base ", ofBase, row.base(), page);
      headline("other ", ofOther, row.other(), page);
    }
  }

  private static void headline(
      String side, OwnKernels kernels, Optional<ComparedWorkload.Part> part, Page page) {
    part.flatMap(it -> kernels.headline(it.workload()))
        .ifPresent(it -> page.indented(2, side + it));
  }

  /** Writes the sides, their models, the machine and the input. */
  void write(Page page) {
    side("Base: ", comparison.base(), page);
    side("Other: ", comparison.other(), page);
    judging().forEach(page::paragraph);
    if (comparison.whatIf()) {
      IntakeText.write(page, INPUT, comparison.base().intake());
    } else {
      IntakeText.write(page, INPUT_OF_BASE, comparison.base().intake());
      IntakeText.write(page, INPUT_OF_OTHER, comparison.other().intake());
    }
    IntakeText.writeLeftOut(page, comparison.unjudgedTraces());
  }

  /** One line for each side: its source and its model. */
  public List<String> names() {
    return List.of(
        "Base: %s under %s".formatted(comparison.base().source(), under(comparison.base())),
        "Other: %s under %s".formatted(comparison.other().source(), under(comparison.other())));
  }

  /** The models that judged, their machine, and what became of the records. */
  public List<String> paragraphs() {
    List<String> all = judging();
    if (comparison.whatIf()) {
      all.add(IntakeText.counts(INPUT, comparison.base().intake()));
    } else {
      all.add(IntakeText.counts(INPUT_OF_BASE, comparison.base().intake()));
      all.add(IntakeText.counts(INPUT_OF_OTHER, comparison.other().intake()));
    }
    return all;
  }

  private List<String> judging() {
    List<String> all = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>(comparison.base().models().ids());
    ids.addAll(comparison.other().models().ids());
    List<ExitModel> judging = ids.stream().map(id -> ExitModels.byId(id).orElseThrow()).toList();
    for (ExitModel model : judging) {
      all.add(
          "Model %s: %s. %s"
              .formatted(
                  model.id(), model.description().versions(), model.description().summary()));
    }
    all.addAll(ownSentences());
    Map<String, RecordedOn> recordedOn = new TreeMap<>(comparison.base().machines().recordedOn());
    recordedOn.putAll(comparison.other().machines().recordedOn());
    boolean eachItsOwn =
        comparison.base().models().isByTrace() && comparison.other().models().isByTrace();
    all.add(
        MachineText.of(
            new Machines(comparison.terms().machine(), recordedOn), judging, eachItsOwn));
    if (comparison.terms().reading() == Reading.AS_RECORDED) {
      all.add("Judged as recorded: each event's own registers, whatever the thread did next.");
    }
    return all;
  }

  private List<String> ownSentences() {
    if (comparison.whatIf()) {
      return ofBase.areShown() && ofOther.areShown() ? List.of(ofBase.sentences()) : List.of();
    }
    return Stream.concat(sentences("Base: ", ofBase), sentences("Other: ", ofOther)).toList();
  }

  private static Stream<String> sentences(String side, OwnKernels kernels) {
    return kernels.areShown()
        ? Stream.of(side + Sentences.small(kernels.sentences()))
        : Stream.empty();
  }

  private static void side(String name, ComparisonSide side, Page page) {
    // A path is never cut, so that it can be copied.
    page.line(name + side.source()).indented(2, "under " + under(side));
  }

  /**
   * The model as the user named it; if each trace has its own, the models and how many traces each
   * has.
   */
  private static String under(ComparisonSide side) {
    return side.models().isByTrace()
        ? "the model of each trace's kernel (%s)".formatted(perModel(side))
        : side.model();
  }

  private static String perModel(ComparisonSide side) {
    Map<String, Long> traces =
        side.models().byTrace().values().stream()
            .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
    return traces.entrySet().stream()
        .map(it -> "%s for %s".formatted(it.getKey(), number(it.getValue())))
        .collect(Collectors.joining(", "));
  }
}
