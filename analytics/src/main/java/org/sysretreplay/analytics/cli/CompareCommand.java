package org.sysretreplay.analytics.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.choice.Comparer;
import org.sysretreplay.analytics.choice.MachineNotes;
import org.sysretreplay.analytics.choice.Sentence;
import org.sysretreplay.analytics.report.Comparability;
import org.sysretreplay.analytics.report.Comparison;
import org.sysretreplay.analytics.report.Comparison.Terms;
import org.sysretreplay.analytics.report.ComparisonRun;
import org.sysretreplay.analytics.report.ComparisonSide;
import org.sysretreplay.analytics.report.Gate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    description = "Compares two runs, or what two kernels make of one run.",
    mixinStandardHelpOptions = true,
    showEndOfOptionsDelimiterInUsageHelp = true,
    footer = {
      "",
      "A side is SOURCE, SOURCE@MODEL, or @MODEL, which takes the source of the other"
          + " side. SOURCE is a store, a trace file, a folder of either, or - for standard"
          + " input. MODEL is an id of \"models\" or a kernel's release, with policies or"
          + " without, or auto.",
      "",
      "  sysret-replay compare before/ after/ --fail-below 0.5",
      "  sysret-replay compare b1 b2 b3 --against o1 o2 o3 --fail-below 1",
      "  sysret-replay compare app.perf.data @6.12",
      "  sysret-replay compare store@linux-4.1 @linux-4.1+irq-check",
      "",
      "Workloads are compared by name; where each run has only one, these are compared"
          + " whatever they are called. Where both sides are the same runs, every frame"
          + " that changes is counted, by what made it so. Else a difference comes with an"
          + " interval of 95 %%, and is noise where that holds 0: of chance alone (Newcombe)"
          + " where a side is one run, and of the spread between runs as well (Welch's t)"
          + " where there are several."
    })
final class CompareCommand implements Callable<Integer> {

  private static final Pattern POINTS = Pattern.compile("\\d{1,2}(\\.\\d{1,9})?|100(\\.0{1,9})?");

  private final Terminal terminal;
  private final Output out;
  private final Messages messages;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "BASE",
      description = "The run to compare with, and OTHER behind it, unless --against names OTHER.")
  private List<String> named;

  @Option(
      names = "--against",
      arity = "1..*",
      paramLabel = "OTHER",
      description = "What to compare with BASE: one run or several.")
  private List<String> against = List.of();

  @Option(
      names = "--model",
      paramLabel = "ID",
      defaultValue = "seed",
      completionCandidates = Names.OwnOrModels.class,
      description = "The model of a side that names none (default: ${DEFAULT-VALUE}).")
  private String model;

  @Option(
      names = "--fail-below",
      paramLabel = "POINTS",
      description =
          "Exit with code 4 where the share of all exits that return by SYSRET, checked or not, is"
              + " more than so many percentage points lower in OTHER: of any workload, or of all"
              + " together.")
  private String failBelow;

  @Option(
      names = "--only-beyond-noise",
      description =
          "With --fail-below: a fall counts only where chance, and the spread between the runs of a"
              + " side, do not explain it.")
  private boolean onlyBeyondNoise;

  @Mixin private MachineOptions machine = new MachineOptions();
  @Mixin private InputOptions inputOptions = new InputOptions();
  @Mixin private CompareOutput output = new CompareOutput();
  @Mixin private EngineOptions work = new EngineOptions();

  CompareCommand(Terminal terminal, Output out, Messages messages) {
    this.out = out;
    this.terminal = terminal;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    work.prepare();
    Terms terms = new Terms(machine.machine(), machine.reading(), gate());
    output.prepare(terminal);
    SideArguments sides = SideArguments.parse(named, against, model);
    ResolvedSide base = sides.base(work, machine.machine());
    ResolvedSide other = sides.other(work, machine.machine());
    return base.isSame(other) ? ofModels(base, other, terms) : ofRuns(base, other, terms);
  }

  private int ofModels(ResolvedSide base, ResolvedSide other, Terms terms) {
    Sources found = find(base.sources());
    return found.isEmpty()
        ? ExitCode.INPUT
        : compared(
            base,
            other,
            List.of(found),
            terms,
            it -> it.ofModels(base.ofOneRun(found), other.ofOneRun(found)));
  }

  private int ofRuns(ResolvedSide base, ResolvedSide other, Terms terms) {
    List<Sources> ofBase = base.sources().stream().map(it -> find(List.of(it))).toList();
    List<Sources> ofOther = other.sources().stream().map(it -> find(List.of(it))).toList();
    List<Sources> all = Stream.of(ofBase, ofOther).flatMap(List::stream).toList();
    return all.stream().anyMatch(Sources::isEmpty)
        ? ExitCode.INPUT
        : compared(
            base, other, all, terms, it -> it.ofRuns(base.ofRuns(ofBase), other.ofRuns(ofOther)));
  }

  private int compared(
      ResolvedSide base,
      ResolvedSide other,
      List<Sources> sources,
      Terms terms,
      Function<Comparer, Comparison> compare) {
    Messages notes = messages.unless(work.quiet());
    try (Engine engine = work.engine(terminal)) {
      Comparison comparison = compare.apply(new Comparer("compare", terms, engine, notes::notes));
      tell(comparison, base, other);
      output.write(comparison, FollowUpCommands.command(spec.commandLine().getParseResult()), out);
      boolean sound = told(comparison);
      int code = judged(comparison);
      return sound && sources.stream().allMatch(Sources::complete) ? code : ExitCode.INPUT;
    }
  }

  private Optional<Gate> gate() {
    if (failBelow == null) {
      if (onlyBeyondNoise) {
        throw new UsageException(
            "--only-beyond-noise: there is no gate; say with --fail-below POINTS how far a share may"
                + " fall.");
      }
      return Optional.empty();
    }
    if (!POINTS.matcher(failBelow).matches()) {
      throw new UsageException(
          "--fail-below %s: this is no number of percentage points; give one from 0 to 100, such as 0.5."
              .formatted(failBelow));
    }
    return Optional.of(new Gate(new BigDecimal(failBelow), onlyBeyondNoise));
  }

  private Sources find(List<String> sources) {
    Sources found =
        Sources.find(
            sources,
            inputOptions.workload(),
            inputOptions.format(),
            inputOptions.bounds(),
            messages,
            work.quiet());
    found.protectFrom(output.file());
    return found;
  }

  private void tell(Comparison comparison, ResolvedSide base, ResolvedSide other) {
    Messages notes = messages.unless(work.quiet());
    notes.notes(ofEachRun(comparison.base(), it -> base.judges().notes(it.machines())));
    notes.notes(ofEachRun(comparison.other(), it -> other.judges().notes(it.machines())));
    messages.errors(ofEachRun(comparison.base(), it -> base.judges().unjudged(it.machines())));
    messages.errors(ofEachRun(comparison.other(), it -> other.judges().unjudged(it.machines())));
    Comparability.of(comparison).forEach(notes::note);
    runs(comparison)
        .forEach(it -> notes.notes(MachineNotes.of(it.machines(), it.intake().signs())));
  }

  private static List<Sentence> ofEachRun(
      ComparisonSide side, Function<ComparisonRun, List<Sentence>> sentences) {
    return side.runs().stream().flatMap(it -> sentences.apply(it).stream()).distinct().toList();
  }

  /** The runs of both sides, each once if both sides are the same runs. */
  private static List<ComparisonRun> runs(Comparison comparison) {
    return comparison.whatIf()
        ? comparison.base().runs()
        : Stream.of(comparison.base(), comparison.other())
            .flatMap(it -> it.runs().stream())
            .toList();
  }

  /** Tells the user about the inputs; returns whether all of them are sound. */
  private boolean told(Comparison comparison) {
    List<Intake> inputs = runs(comparison).stream().map(ComparisonRun::intake).toList();
    inputs.forEach(it -> messages.input(it, work.quiet()));
    return inputs.stream().allMatch(Intake::isSound);
  }

  private int judged(Comparison comparison) {
    if (comparison.isEmpty()) {
      messages.error(
          "no workload has exits on both sides, so nothing was compared; --workload NAME counts the"
              + " traces of both sides under one name.");
      return ExitCode.USAGE;
    }
    Optional<Gate.Result> gate = comparison.gate();
    gate.ifPresent(it -> messages.gate(comparison, it, work.quiet()));
    return gate.map(it -> exitCode(comparison, it)).orElse(ExitCode.OK);
  }

  /** What has exits on one side only is told, and is no fault of the input. */
  private static int exitCode(Comparison comparison, Gate.Result gate) {
    if (gate.isFailed()) {
      return ExitCode.GATE;
    }
    return comparison.unjudgedTraces().isEmpty() ? ExitCode.OK : ExitCode.INPUT;
  }
}
