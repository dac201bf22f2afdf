package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.ingest.trace.Reading;

/** What was compared, for eyes: sources, models, the kernels that traces were recorded on. */
final class ComparedSides {

  private final Comparison comparison;
  private final OwnKernels ofBase;
  private final OwnKernels ofOther;

  ComparedSides(Comparison comparison) {
    this.comparison = comparison;
    ofBase = OwnKernels.of(comparison.base());
    ofOther = OwnKernels.of(comparison.other());
  }

  /** What the kernels do that the workload was recorded on, where no side asks that. */
  void writeOwnKernels(Comparison.Row row, Page page) {
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
      String side, OwnKernels kernels, Optional<Comparison.Part> part, Page page) {
    part.flatMap(it -> kernels.headline(it.workload()))
        .ifPresent(it -> page.indented(2, side + it));
  }

  /** The sides, their models, the machine, and the input. */
  void write(Page page) {
    side("Base: ", comparison.base(), page);
    side("Other: ", comparison.other(), page);
    Set<String> ids = new LinkedHashSet<>(comparison.base().models().ids());
    ids.addAll(comparison.other().models().ids());
    List<ExitModel> judging = ids.stream().map(id -> ExitModels.byId(id).orElseThrow()).toList();
    for (ExitModel model : judging) {
      page.paragraph(
          "Model %s: %s. %s"
              .formatted(
                  model.id(), model.description().versions(), model.description().summary()));
    }
    ownSentences(page);
    Map<String, RecordedOn> all = new TreeMap<>(comparison.base().machines().recordedOn());
    all.putAll(comparison.other().machines().recordedOn());
    boolean eachItsOwn =
        comparison.base().models().isByTrace() && comparison.other().models().isByTrace();
    page.paragraph(
        MachineText.of(new Machines(comparison.terms().machine(), all), judging, eachItsOwn));
    if (comparison.terms().reading() == Reading.AS_RECORDED) {
      page.paragraph(
          "Judged as recorded: each event's own registers, whatever the thread did next.");
    }
    if (comparison.whatIf()) {
      IntakeText.write(page, "Input", comparison.base().intake());
    } else {
      IntakeText.write(page, "Input of base", comparison.base().intake());
      IntakeText.write(page, "Input of other", comparison.other().intake());
    }
    IntakeText.writeLeftOut(page, comparison.unjudgedTraces());
  }

  private void ownSentences(Page page) {
    if (comparison.whatIf()) {
      if (ofBase.areShown() && ofOther.areShown()) {
        page.paragraph(ofBase.sentences());
      }
    } else {
      sentences("Base: ", ofBase, page);
      sentences("Other: ", ofOther, page);
    }
  }

  private static void sentences(String side, OwnKernels kernels, Page page) {
    if (kernels.areShown()) {
      page.paragraph(side + Sentences.small(kernels.sentences()));
    }
  }

  private static void side(String name, Comparison.Side side, Page page) {
    // A path is never cut, so that it can be copied.
    page.line(name + side.source()).indented(2, "under " + under(side));
  }

  /** The model as it was asked for; and which that came to where each trace has its own. */
  private static String under(Comparison.Side side) {
    return side.models().isByTrace()
        ? "the model of each trace's kernel (%s)".formatted(perModel(side))
        : side.model();
  }

  private static String perModel(Comparison.Side side) {
    Map<String, Long> traces =
        side.models().byTrace().values().stream()
            .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
    return traces.entrySet().stream()
        .map(it -> "%s for %s".formatted(it.getKey(), number(it.getValue())))
        .collect(Collectors.joining(", "));
  }
}
