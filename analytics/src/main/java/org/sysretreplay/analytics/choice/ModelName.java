package org.sysretreplay.analytics.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.emulator.CarryOver;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Policy;

/**
 * A model as a user names it: by its id or by the release of a kernel, optionally followed by
 * policies.
 *
 * @param given as the user wrote it, behind its option or in its argument if it has one
 * @param release the release, if the model is named by one; a text that is both an id and a release
 *     is taken for the id
 */
public record ModelName(Sentence given, ExitModel model, Optional<KernelRelease> release) {

  /**
   * The model with this name, which is the value of an option.
   *
   * @throws ChoiceException if there is none; the message offers similar names
   */
  public static ModelName parse(String text) {
    return parse(text, Sentence.of("%s %s", OptionName.MODEL, text));
  }

  /**
   * The model with this name, which stands by itself.
   *
   * @throws ChoiceException if there is none; the message offers similar names
   */
  public static ModelName parseArgument(String text) {
    return parseIn(text, text);
  }

  /**
   * The model with this name, which is a part of an argument.
   *
   * @param argument the whole argument as the user wrote it
   * @throws ChoiceException if there is none; the message offers similar names
   */
  static ModelName parseIn(String argument, String text) {
    return parse(text, Sentence.of("%s", argument));
  }

  private static ModelName parse(String text, Sentence given) {
    return find(text, given).orElseThrow(() -> new ChoiceException(complaint(text, given)));
  }

  /** Whether there is a model with this name. */
  public static boolean exists(String text) {
    return find(text).isPresent();
  }

  /** The model with this name, which stands by itself; empty if there is none. */
  public static Optional<ModelName> find(String text) {
    return find(text, Sentence.of("%s", text));
  }

  private static Optional<ModelName> find(String text, Sentence given) {
    Optional<ModelName> byId =
        ExitModels.byId(text).map(it -> new ModelName(given, it, Optional.empty()));
    return byId.or(() -> byRelease(text, given));
  }

  private static Optional<ModelName> byRelease(String text, Sentence given) {
    String kernel = kernel(text);
    return KernelRelease.ofHand(kernel)
        .filter(KernelRelease::exists)
        .flatMap(
            release ->
                ExitModels.byId(release.model().id() + text.substring(kernel.length()))
                    .map(it -> new ModelName(given, it, Optional.of(release))));
  }

  /** The name without the policies at its end; a release may itself contain a plus sign. */
  private static String kernel(String text) {
    String kernel = text;
    int plus = kernel.lastIndexOf(Policy.SEPARATOR);
    while (plus >= 0 && Policy.byId(kernel.substring(plus + 1)).isPresent()) {
      kernel = kernel.substring(0, plus);
      plus = kernel.lastIndexOf(Policy.SEPARATOR);
    }
    return kernel;
  }

  /**
   * Whether such a kernel can run on the machine: the model, and the release where one is named.
   */
  public boolean canRunOn(Machine machine) {
    return model.supports(machine)
        && (!machine.la57() || release.filter(it -> !it.canHave5Levels()).isEmpty());
  }

  /**
   * What cannot run with 5-level paging: the release, or its model where none of its releases can.
   */
  public String kernel() {
    return release
        .filter(it -> model.supports(Machine.TRACED.withLa57(true)))
        .map(KernelRelease::text)
        .orElse(model.id());
  }

  /** The machine, changed by what the release says about it. */
  public Machine on(Machine machine) {
    return release.map(it -> it.on(machine)).orElse(machine);
  }

  /**
   * Which model a release stands for, and how sure that is; empty if the model is named by its id.
   */
  public List<Sentence> notes() {
    return release.map(this::notes).orElseGet(List::of);
  }

  private List<Sentence> notes(KernelRelease of) {
    Sentence model =
        Sentence.of(
            "%s: this is %s, which mainline has in %s; %s.",
            given, this.model.id(), this.model.description().versions(), of.vendor().sentence());
    List<Sentence> notes = new ArrayList<>(List.of(model));
    if (CarryOver.abortsFewer(of)) {
      notes.add(fewerAborts());
    }
    if (!of.on(Machine.TRACED).equals(Machine.TRACED)) {
      notes.add(patched());
    }
    return notes;
  }

  private Sentence patched() {
    return Sentence.of(
        "%s: that release has the fix of CVE-2015-2830, so its children of fork leave the fast"
            + " path.",
        given);
  }

  private Sentence fewerAborts() {
    return Sentence.of(
        "%s: from 6.19 on a system call that no interrupt or exception came into is not returned to"
            + " an rseq abort handler; no trace shows that none came, so such frames of an older kernel"
            + " are carried over (RSEQ_ABORT).",
        given);
  }

  private static Sentence complaint(String text, Sentence given) {
    String first = text.split(Pattern.quote(String.valueOf(Policy.SEPARATOR)), -1)[0];
    Optional<ModelName> kernel = find(kernel(text)).or(() -> find(first));
    if (kernel.filter(it -> it.model().hasCheck()).isPresent()) {
      return Sentence.of(
          "%s: there is no such policy%s; choose from %s.", given, perhaps(text), Policy.IDS);
    }
    if (kernel.isPresent()) {
      return Sentence.of(
          "%s: %s has no check that a policy could change; name another model.",
          given, kernel.get().model().id());
    }
    return KernelRelease.ofHand(kernel(text))
        .map(it -> noSuchKernel(given, it))
        .orElseGet(() -> noSuchModel(given, first));
  }

  private static String perhaps(String text) {
    String unknown =
        Stream.of(text.split(Pattern.quote(String.valueOf(Policy.SEPARATOR)), -1))
            .skip(1)
            .filter(it -> Policy.byId(it).isEmpty())
            .reduce((first, last) -> last)
            .orElse("");
    return Nearest.perhaps(unknown, Stream.of(Policy.values()).map(Policy::id).toList());
  }

  private static Sentence noSuchKernel(Sentence given, KernelRelease release) {
    String nearest =
        Stream.concat(Stream.of(release.model()), release.nextModel().stream())
            .map(ExitModel::id)
            .collect(Collectors.joining(" or "));
    return Sentence.of(
        "%s: there is no such kernel; the nearest models are %s, and \"sysret-replay models\" lists all.",
        given, nearest);
  }

  private static Sentence noSuchModel(Sentence given, String kernel) {
    List<String> ids = ExitModels.all().stream().map(ExitModel::id).toList();
    List<String> nearest = Nearest.of(kernel, ids);
    String perhaps = nearest.isEmpty() ? "" : String.join(" or ", nearest) + ", or ";
    return Sentence.of(
        "%s: there is no such model; perhaps %sa kernel's release, such as 6.12; \"sysret-replay models\" lists all.",
        given, perhaps);
  }
}
