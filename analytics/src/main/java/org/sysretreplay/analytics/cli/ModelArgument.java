package org.sysretreplay.analytics.cli;

import java.util.ArrayList;
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

/** The models named on the command line. */
final class ModelArgument {

  /** Every model that can judge. */
  static final String ALL = "all";

  /** The model of the kernel that each trace was recorded on. */
  static final String AUTO = "auto";

  private final List<String> texts;
  private final List<ModelName> names;
  private final Machine machine;

  /**
   * What {@code --model} says.
   *
   * @throws UsageException where a model does not exist, or cannot run on the machine
   */
  ModelArgument(List<String> texts, Machine machine) {
    this.texts = texts;
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

  /** The machine that was asked for, with what a release that names a model says of it. */
  Machine machine() {
    Machine known = machine;
    for (ModelName name : names) {
      known = name.on(known);
    }
    return known;
  }

  /** The id of the one model that is asked for, or {@value #AUTO}. */
  String id() {
    return isAuto() ? AUTO : names.get(0).model().id();
  }

  /**
   * What is known of the machines once frames were asked that may show the model of their kernel;
   * that is only needed where each trace's own is wanted and something names none.
   */
  Machines learnt(Machines known, Inputs inputs, Reading reading, Engine engine) {
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
   * @throws UsageException where a trace's own is asked for, which is not known
   */
  Models models(Machines machines) {
    if (isAuto()) {
      return own(machines);
    }
    List<String> ids =
        isAll() ? all() : names.stream().map(it -> it.model().id()).distinct().toList();
    return new Models(ids, Map.of());
  }

  /** Says which models were chosen and why, and which were left out. */
  void tell(Machines machines, Messages messages) {
    if (isAuto()) {
      tellChoices(machines, messages);
    } else if (isAll()) {
      tellLeftOut(messages);
    } else {
      names.forEach(it -> it.note().ifPresent(messages::note));
    }
  }

  private List<String> all() {
    return ExitModels.all().stream()
        .filter(model -> model.supports(machine))
        .map(ExitModel::id)
        .toList();
  }

  private void tellLeftOut(Messages messages) {
    List<String> left =
        ExitModels.all().stream()
            .filter(model -> !model.supports(machine))
            .map(ExitModel::id)
            .toList();
    if (!left.isEmpty()) {
      messages.note(
          "left out, since they cannot run with 5-level paging: " + String.join(", ", left) + ".");
    }
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
                new UsageException(
                    "--model auto: trace %s %s; name a model (perf script needs --header to print the"
                            .formatted(trace, complaint(on.release()))
                        + " kernel)."));
  }

  private static String complaint(String release) {
    return release.isEmpty()
        ? "does not name its kernel"
        : "names the kernel \"" + release + "\", which is no release";
  }

  private static void tellChoices(Machines machines, Messages messages) {
    Map<String, List<String>> traces = new TreeMap<>();
    machines
        .recordedOn()
        .forEach(
            (trace, it) -> traces.computeIfAbsent(why(it), key -> new ArrayList<>()).add(trace));
    traces.forEach(
        (why, of) -> {
          RecordedOn on = machines.of(of.get(0));
          String which = of.size() == 1 ? of.get(0) : of.size() + " traces";
          String id = on.model().orElseThrow().id();
          messages.note("model %s for %s: %s.".formatted(id, which, why));
        });
  }

  private static String why(RecordedOn on) {
    if (on.fred().isYes()) {
      return "FRED was active, as %s"
          .formatted(
              on.signs().contains(MachineSign.FRED) ? "the frames show" : "its machine.json says");
    }
    Optional<KernelRelease> release = KernelRelease.parse(on.release());
    ExitModel model = release.orElseThrow().model();
    return "recorded on kernel %s, and mainline has this rule in %s; %s (choose it with --model)"
        .formatted(on.release(), model.description().versions(), release.get().vendor().sentence());
  }

  private static ExitModel on(Machine machine, ExitModel model) {
    if (!model.supports(machine)) {
      throw new UsageException(
          "--la57: %s cannot run with 5-level paging; leave out --la57, or name a later model."
              .formatted(model.id()));
    }
    return model;
  }

  /**
   * The one model that is called so.
   *
   * @throws UsageException where there is none, or where it cannot run on the machine
   */
  static ModelName one(String text, Machine machine) {
    ModelName name = ModelName.parse(text);
    on(machine, name.model());
    return name;
  }
}
