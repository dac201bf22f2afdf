package org.sysretreplay.analytics.choice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
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

/** The models that a user names. */
public final class ModelChoice {

  /** Stands for every model that can run on the machine. */
  public static final String ALL = "all";

  /** Stands for the model of the kernel that each trace was recorded on. */
  public static final String AUTO = "auto";

  /** The default model. */
  public static final String USUAL = ExitModels.SEED.id();

  private final List<String> texts;
  private final List<ModelName> names;
  private final Machine machine;

  /**
   * @param texts names of models; or {@value #ALL} or {@value #AUTO} alone
   * @throws ChoiceException if a model does not exist, or cannot run on the machine, or if others
   *     stand beside {@value #ALL} or {@value #AUTO}
   */
  public ModelChoice(List<String> texts, Machine machine) {
    this(texts, machine, ModelName::parse);
  }

  private ModelChoice(List<String> texts, Machine machine, Function<String, ModelName> parse) {
    this.texts = List.copyOf(texts);
    this.machine = machine;
    checkAlone(texts);
    names = isAll() || isAuto() ? List.of() : texts.stream().map(parse).toList();
    names.forEach(it -> demandThatItRuns(it, machine));
  }

  /**
   * The model that a part of an argument names.
   *
   * @param argument the whole argument as the user wrote it
   * @throws ChoiceException if the model does not exist, or cannot run on the machine
   */
  public static ModelChoice in(String argument, String model, Machine machine) {
    return new ModelChoice(List.of(model), machine, it -> ModelName.parseIn(argument, it));
  }

  private static void checkAlone(List<String> texts) {
    for (String text : texts) {
      if (texts.size() > 1 && (text.equals(ALL) || text.equals(AUTO))) {
        throw ChoiceException.of(
            "%s %s: %s stands alone; leave it out, or leave out all others.",
            OptionName.MODEL, String.join(",", texts), text);
      }
    }
  }

  private boolean isAll() {
    return texts.equals(List.of(ALL));
  }

  private boolean isAuto() {
    return texts.equals(List.of(AUTO));
  }

  /** Whether each trace is judged by one model only. */
  public boolean isOne() {
    return texts.size() == 1 && !isAll();
  }

  /** The machine asked for. */
  public Machine machine() {
    return machine;
  }

  /** The id of the first model, or {@value #AUTO}. */
  public String id() {
    return isAuto() ? AUTO : names.get(0).model().id();
  }

  /**
   * What is known of the machines. Reads the frames, which may show their kernel's model, but only
   * for {@value #AUTO} and if a trace does not name its kernel.
   */
  public Machines learnt(Machines known, Inputs inputs, Reading reading, Engine engine) {
    if (!isAuto() || known.withoutOwnModel().isEmpty()) {
      return known;
    }
    Question any =
        new Question(
            new Models(List.of(ExitModels.SEED.id()), Map.of()), known, reading, List.of());
    return known.with(engine.answer("look", any, inputs).intake().signs());
  }

  /** The inputs that are judged; for {@value #AUTO} without the traces whose model is not known. */
  public Inputs judged(Inputs inputs, Machines machines) {
    return isAuto() ? inputs.without(machines.withoutOwnModel().keySet()) : inputs;
  }

  /** Which traces are not judged, why, and what to do; one sentence for each reason. */
  public List<Sentence> unjudged(Machines machines) {
    if (!isAuto()) {
      return List.of();
    }
    Map<String, List<String>> byRelease = new TreeMap<>();
    machines
        .withoutOwnModel()
        .forEach(
            (trace, it) ->
                byRelease.computeIfAbsent(it.release(), key -> new ArrayList<>()).add(trace));
    List<Sentence> sentences = new ArrayList<>();
    byRelease.forEach(
        (release, traces) ->
            sentences.add(
                Sentence.of(
                    "%s auto: %s, and %s left out; %s.",
                    OptionName.MODEL,
                    complaint(traces, machines),
                    traces.size() == 1 ? "is" : "are",
                    remedy(traces, machines))));
    return sentences;
  }

  private static Sentence remedy(List<String> alike, Machines machines) {
    if (machines.of(alike.get(0)).model().isPresent()) {
      return Sentence.of(
          "leave out %s, or name a later model with %s", OptionName.LA57, OptionName.MODEL);
    }
    boolean saysNone = machines.of(alike.get(0)).release().isEmpty();
    return Sentence.of(
        "name a model with %s, or its kernel: as kernel_release in FILE.machine.json beside it, or by"
            + " perf script --header%s",
        OptionName.MODEL, saysNone ? "; split a text that names several" : "");
  }

  /**
   * The models that judge.
   *
   * @throws ChoiceException for {@value #AUTO} if no trace's own model is known
   */
  public Models models(Machines machines) {
    if (isAuto()) {
      return own(machines);
    }
    List<String> ids =
        isAll() ? all() : names.stream().map(it -> it.model().id()).distinct().toList();
    return new Models(ids, Map.of(), named());
  }

  /** Sentences on which models were chosen and why, and which were left out. */
  public List<Sentence> notes(Machines machines) {
    if (isAuto()) {
      return choices(machines);
    }
    return isAll() ? leftOut() : names.stream().flatMap(it -> it.notes().stream()).toList();
  }

  /** The kernel releases that the user named models by, by the models' ids. */
  private Map<String, Set<KernelRelease>> named() {
    Map<String, Set<KernelRelease>> named = new TreeMap<>();
    for (ModelName name : names) {
      name.release()
          .ifPresent(
              it -> named.computeIfAbsent(name.model().id(), key -> new HashSet<>()).add(it));
    }
    return named;
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
        .forEach(
            (trace, on) -> machines.ownModel(trace).ifPresent(it -> byTrace.put(trace, it.id())));
    if (byTrace.isEmpty()) {
      throw nobody(machines);
    }
    List<String> used =
        ExitModels.all().stream().map(ExitModel::id).filter(byTrace::containsValue).toList();
    return new Models(used, byTrace);
  }

  private static ChoiceException nobody(Machines machines) {
    List<String> traces = List.copyOf(machines.withoutOwnModel().keySet());
    String release = machines.of(traces.get(0)).release();
    List<String> alike =
        traces.stream().filter(it -> machines.of(it).release().equals(release)).toList();
    return ChoiceException.of(
        "%s auto: %s; %s.", OptionName.MODEL, complaint(alike, machines), remedy(alike, machines));
  }

  /** Why traces of one release cannot be judged. */
  private static Sentence complaint(List<String> traces, Machines machines) {
    boolean one = traces.size() == 1;
    String which =
        one
            ? "trace " + traces.get(0)
            : "%,d traces (%s and %s)"
                .formatted(
                    traces.size(),
                    traces.get(0),
                    traces.size() == 2 ? traces.get(1) : traces.size() - 1 + " more");
    RecordedOn on = machines.of(traces.get(0));
    if (on.model().isPresent()) {
      return Sentence.of(
          "%s %s recorded on kernel %s, which cannot run with 5-level paging (%s)",
          which, one ? "was" : "were", on.release(), OptionName.LA57);
    }
    return on.release().isEmpty()
        ? Sentence.of("%s %s", which, one ? "does not name its kernel" : "do not name their kernel")
        : Sentence.of(
            "%s %s the kernel \"%s\", which is no release",
            which, one ? "names" : "name", on.release());
  }

  private static List<Sentence> choices(Machines machines) {
    Map<Sentence, List<String>> traces =
        new TreeMap<>(Comparator.comparing(Sentence::onCommandLine));
    machines
        .recordedOn()
        .forEach(
            (trace, it) -> {
              if (machines.ownModel(trace).isPresent()) {
                traces.computeIfAbsent(why(it), key -> new ArrayList<>()).add(trace);
              }
            });
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

  private static void demandThatItRuns(ModelName name, Machine machine) {
    if (!name.canRunOn(machine)) {
      throw ChoiceException.of(
          "%s: %s cannot run with 5-level paging; leave out %s, or name a later model.",
          OptionName.LA57, name.kernel(), OptionName.LA57);
    }
  }

  /**
   * The model with this name.
   *
   * @throws ChoiceException if there is none, or it cannot run on the machine
   */
  public static ModelName one(String text, Machine machine) {
    ModelName name = ModelName.parse(text);
    demandThatItRuns(name, machine);
    return name;
  }
}
