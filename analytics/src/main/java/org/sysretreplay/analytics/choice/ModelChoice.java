package org.sysretreplay.analytics.choice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.ingest.trace.Reading;

/** The models that somebody names. */
public final class ModelChoice {

  /** Every model that can judge. */
  public static final String ALL = "all";

  /** The model of the kernel that each trace was recorded on. */
  public static final String AUTO = "auto";

  /** Judges where nobody else is named. */
  public static final String USUAL = ExitModels.SEED.id();

  private final List<String> texts;
  private final List<ModelName> names;
  private final Machine machine;

  /**
   * Models by their names; {@value #ALL} and {@value #AUTO} stand alone.
   *
   * @throws ChoiceException where a model does not exist, or cannot run on the machine
   */
  public ModelChoice(List<String> texts, Machine machine) {
    this.texts = List.copyOf(texts);
    this.machine = machine;
    names = isAll() || isAuto() ? List.of() : texts.stream().map(ModelName::parse).toList();
    names.forEach(it -> on(machine, it.model()));
  }

  private boolean isAll() {
    return texts.equals(List.of(ALL));
  }

  private boolean isAuto() {
    return texts.equals(List.of(AUTO));
  }

  /** Whether one model judges each trace. */
  public boolean isOne() {
    return texts.size() == 1 && !isAll();
  }

  /** The machine that was asked for, with what a release that names a model says of it. */
  public Machine machine() {
    Machine known = machine;
    for (ModelName name : names) {
      known = name.on(known);
    }
    return known;
  }

  /** The id of the one model that is asked for, or {@value #AUTO}. */
  public String id() {
    return isAuto() ? AUTO : names.get(0).model().id();
  }

  /**
   * What is known of the machines once frames were asked that may show the model of their kernel;
   * that is only needed where each trace's own is wanted and something names none.
   */
  public Machines learnt(Machines known, Inputs inputs, Reading reading, Engine engine) {
    if (!isAuto() || known.allNameTheirModel()) {
      return known;
    }
    Question any =
        new Question(
            new Models(List.of(ExitModels.SEED.id()), Map.of()), known, reading, List.of());
    return known.with(engine.answer("look", any, inputs).intake().signs());
  }

  /**
   * The models that judge.
   *
   * @throws ChoiceException where a trace's own is asked for, which is not known
   */
  public Models models(Machines machines) {
    if (isAuto()) {
      return own(machines);
    }
    List<String> ids =
        isAll() ? all() : names.stream().map(it -> it.model().id()).distinct().toList();
    return new Models(ids, Map.of());
  }

  /** Which models were chosen and why, and which were left out. */
  public List<Sentence> notes(Machines machines) {
    if (isAuto()) {
      return choices(machines);
    }
    return isAll() ? leftOut() : names.stream().flatMap(it -> it.note().stream()).toList();
  }

  private List<String> all() {
    return ExitModels.all().stream()
        .filter(model -> model.supports(machine))
        .map(ExitModel::id)
        .toList();
  }

  private List<Sentence> leftOut() {
    List<String> left =
        ExitModels.all().stream()
            .filter(model -> !model.supports(machine))
            .map(ExitModel::id)
            .toList();
    return left.isEmpty()
        ? List.of()
        : List.of(
            Sentence.of(
                "left out, since they cannot run with 5-level paging: %s.",
                String.join(", ", left)));
  }

  private Models own(Machines machines) {
    Map<String, String> byTrace = new TreeMap<>();
    machines
        .recordedOn()
        .forEach((trace, it) -> byTrace.put(trace, on(machine, own(trace, it)).id()));
    List<String> used =
        ExitModels.all().stream().map(ExitModel::id).filter(byTrace::containsValue).toList();
    return new Models(used, byTrace);
  }

  private static ExitModel own(String trace, RecordedOn on) {
    return on.model()
        .orElseThrow(
            () ->
                ChoiceException.of(
                    "%s auto: trace %s %s; name a model (perf script needs --header to print the"
                        + " kernel).",
                    OptionName.MODEL, trace, complaint(on.release())));
  }

  private static String complaint(String release) {
    return release.isEmpty()
        ? "does not name its kernel"
        : "names the kernel \"" + release + "\", which is no release";
  }

  private static List<Sentence> choices(Machines machines) {
    Map<Sentence, List<String>> traces =
        new TreeMap<>(Comparator.comparing(Sentence::onCommandLine));
    machines
        .recordedOn()
        .forEach(
            (trace, it) -> traces.computeIfAbsent(why(it), key -> new ArrayList<>()).add(trace));
    List<Sentence> choices = new ArrayList<>();
    traces.forEach(
        (why, of) -> {
          RecordedOn on = machines.of(of.get(0));
          String which = of.size() == 1 ? of.get(0) : of.size() + " traces";
          String id = on.model().orElseThrow().id();
          choices.add(Sentence.of("model %s for %s: %s.", id, which, why));
        });
    return choices;
  }

  private static Sentence why(RecordedOn on) {
    if (on.fred().isYes()) {
      return Sentence.of(
          "FRED was active, as %s",
          on.signs().contains(MachineSign.FRED) ? "the frames show" : "its machine.json says");
    }
    Optional<KernelRelease> release = KernelRelease.parse(on.release());
    ExitModel model = release.orElseThrow().model();
    return Sentence.of(
        "recorded on kernel %s, and mainline has this rule in %s; %s (choose it with %s)",
        on.release(),
        model.description().versions(),
        release.get().vendor().sentence(),
        OptionName.MODEL);
  }

  private static ExitModel on(Machine machine, ExitModel model) {
    if (!model.supports(machine)) {
      throw ChoiceException.of(
          "%s: %s cannot run with 5-level paging; leave out %s, or name a later model.",
          OptionName.LA57, model.id(), OptionName.LA57);
    }
    return model;
  }

  /**
   * The one model that is called so.
   *
   * @throws ChoiceException where there is none, or where it cannot run on the machine
   */
  public static ModelName one(String text, Machine machine) {
    ModelName name = ModelName.parse(text);
    on(machine, name.model());
    return name;
  }
}
