package org.sysretreplay.analytics.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Policy;

/** The models that somebody names. */
public final class ModelChoice {

  /** Names all models that there are. */
  public static final String ALL = "all";

  /** Names the model of the kernel that each trace was recorded on. */
  public static final String AUTO = "auto";

  /** Judges where nobody else is named. */
  public static final String USUAL = ExitModels.SEED.id();

  private final List<String> ids;
  private final Machine machine;

  /**
   * Models by their names; {@link #ALL} and {@link #AUTO} stand alone.
   *
   * @throws ChoiceException where a model does not exist, or cannot run on the machine
   */
  public ModelChoice(List<String> ids, Machine machine) {
    this.ids = List.copyOf(ids);
    this.machine = machine;
    if (!isAll() && !isAuto()) {
      ids.forEach(id -> on(machine, model(id)));
    }
  }

  private boolean isAll() {
    return ids.equals(List.of(ALL));
  }

  private boolean isAuto() {
    return ids.equals(List.of(AUTO));
  }

  /**
   * The models that judge.
   *
   * @param releases of the kernel that each trace was recorded on; asked for by {@link #AUTO} only
   * @param notes are told which were chosen and why, and which were left out
   * @throws ChoiceException where a trace does not name its kernel
   */
  public Models models(Supplier<Map<String, String>> releases, Consumer<Sentence> notes) {
    if (isAuto()) {
      return chosen(releases.get(), notes);
    }
    return new Models(isAll() ? all(notes) : ids.stream().distinct().toList(), Map.of());
  }

  private List<String> all(Consumer<Sentence> notes) {
    List<String> left =
        ExitModels.all().stream()
            .filter(model -> !model.supports(machine))
            .map(ExitModel::id)
            .toList();
    if (!left.isEmpty()) {
      notes.accept(
          Sentence.of(
              "left out, since they cannot run with 5-level paging: %s.", String.join(", ", left)));
    }
    return ExitModels.all().stream()
        .filter(model -> model.supports(machine))
        .map(ExitModel::id)
        .toList();
  }

  private Models chosen(Map<String, String> releases, Consumer<Sentence> notes) {
    Map<String, String> byTrace = new TreeMap<>();
    Map<String, List<String>> tracesByRelease = new TreeMap<>();
    releases.forEach(
        (trace, release) -> {
          byTrace.put(trace, on(machine, chosen(trace, release)).id());
          tracesByRelease.computeIfAbsent(release, it -> new ArrayList<>()).add(trace);
        });
    tracesByRelease.forEach((release, traces) -> notes.accept(choice(release, traces)));
    List<String> used =
        ExitModels.all().stream().map(ExitModel::id).filter(byTrace::containsValue).toList();
    return new Models(used, byTrace);
  }

  private static ExitModel chosen(String trace, String release) {
    return KernelRelease.parse(release)
        .map(KernelRelease::model)
        .orElseThrow(
            () ->
                ChoiceException.of(
                    "%s auto: trace %s %s; name a model (perf script needs --header to print the"
                        + " kernel).",
                    OptionName.MODEL,
                    trace,
                    release.isEmpty()
                        ? "does not name its kernel"
                        : "names the kernel \"" + release + "\", which is no release"));
  }

  private static Sentence choice(String release, List<String> traces) {
    ExitModel model = KernelRelease.parse(release).orElseThrow().model();
    String which = traces.size() == 1 ? traces.get(0) : traces.size() + " traces";
    return Sentence.of(
        "model %s for %s: recorded on kernel %s, and mainline has this rule in %s; a distribution's kernel may have another (choose it with %s).",
        model.id(), which, release, model.description().versions(), OptionName.MODEL);
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
   * The one model of that id.
   *
   * @throws ChoiceException where there is none, or where it cannot run on the machine
   */
  public static ExitModel model(String id, Machine machine) {
    return on(machine, model(id));
  }

  /**
   * The model of that id.
   *
   * @throws ChoiceException where there is none
   */
  public static ExitModel model(String id) {
    return ExitModels.byId(id).orElseThrow(() -> complaint(id));
  }

  private static ChoiceException complaint(String id) {
    String kernel = id.split(Pattern.quote(String.valueOf(Policy.SEPARATOR)), -1)[0];
    if (ExitModels.byId(kernel).filter(ExitModel::hasCheck).isPresent()) {
      return ChoiceException.of(
          "%s %s: there is no such policy; choose from %s.", OptionName.MODEL, id, Policy.IDS);
    }
    if (ExitModels.byId(kernel).isPresent()) {
      return ChoiceException.of(
          "%s %s: %s has no check that a policy could change; name another model.",
          OptionName.MODEL, id, kernel);
    }
    return ChoiceException.of(
        "%s %s: there is no such model; choose from %s, or see \"sysret-replay models\".",
        OptionName.MODEL,
        id,
        ExitModels.all().stream().map(ExitModel::id).collect(Collectors.joining(", ")));
  }
}
