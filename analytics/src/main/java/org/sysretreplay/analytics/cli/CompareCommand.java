package org.sysretreplay.analytics.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.choice.Comparing;
import org.sysretreplay.analytics.choice.FoundSources;
import org.sysretreplay.analytics.choice.MachineNotes;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.report.Comparison;
import org.sysretreplay.analytics.report.Comparison.Terms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
      "  sysret-replay compare app.perf.data @6.12",
      "  sysret-replay compare store@linux-4.1 @linux-4.1+irq-check",
      "",
      "Workloads are compared by name; where each side has only one, these are compared"
          + " whatever they are called. Where both sides are one source, every frame"
          + " that changes is counted, by what made it so."
    })
final class CompareCommand implements Callable<Integer> {

  private static final Pattern POINTS = Pattern.compile("\\d{1,2}(\\.\\d{1,9})?|100(\\.0{1,9})?");

  private final Terminal terminal;
  private final Output out;
  private final Messages messages;

  @Parameters(index = "0", paramLabel = "BASE", description = "What it was, or is.")
  private String baseText;

  @Parameters(index = "1", paramLabel = "OTHER", description = "What it became, or would be.")
  private String otherText;

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

  @Mixin private MachineOptions machine = new MachineOptions();
  @Mixin private InputOptions inputOptions = new InputOptions();
  @Mixin private CompareOutput output = new CompareOutput();
  @Mixin private EngineOptions work = new EngineOptions();

  CompareCommand(Terminal terminal, Output out, Messages messages) {
    this.out = out;
    this.terminal = terminal;
    this.messages = messages;
  }

  /** One side, of which nothing is open. */
  private record Asked(Path source, ModelChoice judges) {

    /** The model's id, or auto. */
    String model() {
      return judges.id();
    }

    Comparing.Side with(Sources found) {
      return new Comparing.Side(source.toString(), found.found(), judges);
    }
  }

  @Override
  public Integer call() {
    work.prepare();
    Terms terms = new Terms(machine.machine(), machine.reading(), allowedFall());
    output.prepare();
    CompareSide baseSide = CompareSide.parse(baseText);
    CompareSide otherSide = CompareSide.parse(otherText);
    Asked base = asked(baseSide, otherSide);
    Asked other = asked(otherSide, baseSide);
    boolean whatIf = FoundSources.isSame(base.source.toString(), other.source.toString());
    if (whatIf && base.model().equals(other.model())) {
      throw new UsageException(
          "%s %s: both sides are %s under %s; name another source, or another model as @MODEL."
              .formatted(baseText, otherText, base.source, base.model()));
    }
    Sources ofBase = find(base);
    Sources ofOther = whatIf ? ofBase : find(other);
    if (ofBase.isEmpty() || ofOther.isEmpty()) {
      return ExitCode.INPUT;
    }
    try (Engine engine = work.engine(terminal)) {
      return compared(base, other, ofBase, ofOther, terms, engine);
    }
  }

  private int compared(
      Asked base, Asked other, Sources ofBase, Sources ofOther, Terms terms, Engine engine) {
    Comparing comparing = new Comparing("compare", terms, engine);
    Comparing.Side baseSide = base.with(ofBase);
    Comparing.Side otherSide = other.with(ofOther);
    Comparison comparison =
        ofBase == ofOther
            ? comparing.ofModels(baseSide, otherSide)
            : comparing.ofRuns(baseSide, otherSide);
    tell(comparison, base, other);
    output.write(comparison, out);
    boolean complete = ofBase.complete() && ofOther.complete();
    return told(comparison) && complete ? judged(comparison) : ExitCode.INPUT;
  }

  private Optional<BigDecimal> allowedFall() {
    if (failBelow != null && !POINTS.matcher(failBelow).matches()) {
      throw new UsageException(
          "--fail-below %s: this is no number of percentage points; give one from 0 to 100, such as"
                  .formatted(failBelow)
              + " 0.5.");
    }
    return Optional.ofNullable(failBelow).map(BigDecimal::new);
  }

  private Asked asked(CompareSide side, CompareSide opposite) {
    Path source =
        side.source()
            .or(opposite::source)
            .orElseThrow(
                () ->
                    new UsageException(
                        "%s %s: no side names a source; write one of them as SOURCE@MODEL."
                            .formatted(baseText, otherText)));
    String id = side.model().orElse(model);
    if (id.equals(ModelChoice.ALL)) {
      throw new UsageException(
          "--model all: compare takes one model a side; name one, or see \"sysret-replay report\".");
    }
    return new Asked(
        Path.of(work.located(source.toString())), new ModelChoice(List.of(id), machine.machine()));
  }

  private Sources find(Asked side) {
    Sources found =
        Sources.find(
            List.of(side.source.toString()),
            inputOptions.workload(),
            inputOptions.format(),
            inputOptions.bounds(),
            messages,
            work.quiet());
    found.protectFrom(output.file());
    return found;
  }

  private void tell(Comparison comparison, Asked base, Asked other) {
    Messages notes = messages.unless(work.quiet());
    notes.notes(base.judges.notes(comparison.base().machines()));
    notes.notes(other.judges.notes(comparison.other().machines()));
    messages.errors(base.judges.unjudged(comparison.base().machines()));
    messages.errors(other.judges.unjudged(comparison.other().machines()));
    sides(comparison)
        .forEach(it -> notes.notes(MachineNotes.of(it.machines(), it.intake().signs())));
  }

  /** Both sides, or the one that they are where both are one source. */
  private static List<Comparison.Side> sides(Comparison comparison) {
    return comparison.whatIf()
        ? List.of(comparison.base())
        : List.of(comparison.base(), comparison.other());
  }

  /** Says what a user should know of the inputs; whether each has something to judge. */
  private boolean told(Comparison comparison) {
    List<Intake> inputs = sides(comparison).stream().map(Comparison.Side::intake).toList();
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
    comparison.terms().allowedFall().ifPresent(it -> messages.gate(comparison, it, work.quiet()));
    if (!comparison.regressions().isEmpty()) {
      return ExitCode.GATE;
    }
    return comparison.gateIsOpen() ? ExitCode.INPUT : ExitCode.OK;
  }
}
