package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.Sentences.capital;
import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.Doubt;
import org.sysretreplay.emulator.ExitModel;

/** Notes on how a report was judged, for every form of the report. */
public final class ReportNotes {

  private final Report report;

  private ReportNotes(Report report) {
    this.report = report;
  }

  /** One paragraph for each note. */
  public static List<String> of(Report report) {
    return new ReportNotes(report).all();
  }

  /**
   * Sentences on the outcomes under the traces' own kernels; empty if the report shows them anyway.
   */
  public static Optional<String> own(Report report) {
    OwnKernels own = OwnKernels.of(report);
    return own.areShown() ? Optional.of(own.sentences()) : Optional.empty();
  }

  private List<String> all() {
    Question question = report.question();
    List<String> notes = new ArrayList<>();
    question.allModels().forEach(it -> notes.add(model(it)));
    notes.add(
        MachineText.of(question.machines(), question.allModels(), question.models().isByTrace()));
    doubts().ifPresent(notes::add);
    carriedOver().ifPresent(notes::add);
    return notes;
  }

  private static String model(ExitModel model) {
    return "Model %s: %s. %s"
        .formatted(model.id(), model.description().versions(), model.description().summary());
  }

  /** Counted for each model by itself, since all of them judged the same exits. */
  private Optional<String> doubts() {
    return ofEveryModel(it -> number(it.doubts()), it -> it.doubts() > 0)
        .map(
            it ->
                "Not told by the trace: of some 32-bit returns it is open how they left: %s. %s."
                    .formatted(it, capital(Doubt.COMPAT_RETURN.sentence())));
  }

  private Optional<String> carriedOver() {
    return ofEveryModel(ReportNotes::carriedOver, it -> !it.carriedOver().isEmpty())
        .map(
            it ->
                "Carried over from the recorded kernel, as another one may not change such frames: %s."
                    .formatted(it));
  }

  private static String carriedOver(Tally tally) {
    return tally.carriedOver().entrySet().stream()
        .map(it -> "%s %s".formatted(it.getKey(), number(it.getValue())))
        .collect(Collectors.joining(", "));
  }

  /**
   * One text for the exits under each model, with their total; models with the same text are listed
   * together.
   */
  private Optional<String> ofEveryModel(Function<Tally, String> told, Predicate<Tally> isToTell) {
    Map<String, List<String>> models = new LinkedHashMap<>();
    for (String model : report.question().modelIds()) {
      Tally total = Report.total(report.rowsUnder(model));
      if (isToTell.test(total)) {
        String text = "%s of %s exits".formatted(told.apply(total), number(total.exits()));
        models.computeIfAbsent(text, it -> new ArrayList<>()).add(model);
      }
    }
    return models.isEmpty()
        ? Optional.empty()
        : Optional.of(
            models.entrySet().stream()
                .map(it -> "%s under %s".formatted(it.getKey(), String.join(", ", it.getValue())))
                .collect(Collectors.joining("; ")));
  }
}
