package org.sysretreplay.analytics.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Policy;

/** The models named on the command line. */
final class ModelArgument {

  private static final String ALL = "all";
  private static final String AUTO = "auto";

  private final List<String> ids;
  private final Machine machine;

  /**
   * What {@code --model} says.
   *
   * @throws UsageException where a model does not exist, or cannot run on the machine
   */
  ModelArgument(List<String> ids, Machine machine) {
    this.ids = ids;
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

  /** The models that judge; says which were chosen and why, and which were left out. */
  Models models(Kernels kernels, Messages messages) {
    if (isAuto()) {
      return chosen(kernels.releases(), messages);
    }
    return new Models(isAll() ? all(messages) : ids.stream().distinct().toList(), Map.of());
  }

  private List<String> all(Messages messages) {
    List<String> left =
        ExitModels.all().stream()
            .filter(model -> !model.supports(machine))
            .map(ExitModel::id)
            .toList();
    if (!left.isEmpty()) {
      messages.note(
          "left out, since they cannot run with 5-level paging: " + String.join(", ", left) + ".");
    }
    return ExitModels.all().stream()
        .filter(model -> model.supports(machine))
        .map(ExitModel::id)
        .toList();
  }

  private Models chosen(Map<String, String> releases, Messages messages) {
    Map<String, String> byTrace = new TreeMap<>();
    Map<String, List<String>> tracesByRelease = new TreeMap<>();
    releases.forEach(
        (trace, release) -> {
          byTrace.put(trace, on(machine, chosen(trace, release)).id());
          tracesByRelease.computeIfAbsent(release, it -> new ArrayList<>()).add(trace);
        });
    tracesByRelease.forEach((release, traces) -> messages.note(choice(release, traces)));
    List<String> used =
        ExitModels.all().stream().map(ExitModel::id).filter(byTrace::containsValue).toList();
    return new Models(used, byTrace);
  }

  private static ExitModel chosen(String trace, String release) {
    return KernelRelease.parse(release)
        .map(KernelRelease::model)
        .orElseThrow(
            () ->
                new UsageException(
                    "--model auto: trace %s %s; name a model (perf script needs --header to print the"
                            .formatted(
                                trace,
                                release.isEmpty()
                                    ? "does not name its kernel"
                                    : "names the kernel \"" + release + "\", which is no release")
                        + " kernel)."));
  }

  private static String choice(String release, List<String> traces) {
    ExitModel model = KernelRelease.parse(release).orElseThrow().model();
    String which = traces.size() == 1 ? traces.get(0) : traces.size() + " traces";
    return "model %s for %s: recorded on kernel %s, and mainline has this rule in %s; a distribution's kernel may have another (choose it with --model)."
        .formatted(model.id(), which, release, model.description().versions());
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
   * The one model of that id.
   *
   * @throws UsageException where there is none, or where it cannot run on the machine
   */
  static ExitModel model(String id, Machine machine) {
    return on(machine, model(id));
  }

  /**
   * The model of that id.
   *
   * @throws UsageException where there is none
   */
  static ExitModel model(String id) {
    return ExitModels.byId(id).orElseThrow(() -> new UsageException(complaint(id)));
  }

  private static String complaint(String id) {
    String kernel = id.split("\\" + Policy.SEPARATOR, -1)[0];
    if (ExitModels.byId(kernel).filter(ExitModel::hasCheck).isPresent()) {
      return "--model %s: there is no such policy; choose from %s.".formatted(id, Policy.IDS);
    }
    if (ExitModels.byId(kernel).isPresent()) {
      return "--model %s: %s has no check that a policy could change; name another model."
          .formatted(id, kernel);
    }
    return "--model %s: there is no such model; choose from %s, or see \"sysret-replay models\"."
        .formatted(
            id, ExitModels.all().stream().map(ExitModel::id).collect(Collectors.joining(", ")));
  }
}
