package org.sysretreplay.analytics.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.choice.FrameChoice;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.choice.ModelName;
import org.sysretreplay.analytics.report.FrameText;
import org.sysretreplay.analytics.report.ShellWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description =
        "Explains one frame in words: where it comes from, every check of a model, and what each"
            + " instruction would do.",
    customSynopsis = {
      "sysret-replay explain [OPTIONS] SOURCE FRAME-ID",
      "       sysret-replay explain [OPTIONS] --rip=V --rcx=V --r11=V --rflags=V"
    },
    mixinStandardHelpOptions = true,
    showEndOfOptionsDelimiterInUsageHelp = true)
final class ExplainCommand implements Callable<Integer> {

  /** A frame's name as lists show it: {@code TRACE:SEQ}. */
  private static final Pattern FRAME_NAME = Pattern.compile(".+:\\d+", Pattern.DOTALL);

  private static final String HOW =
      "give SOURCE and FRAME-ID, or " + RegisterOptions.NEEDED + " by hand";

  private final Output out;
  private final Messages messages;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SOURCE",
      description = "A trace file, a store, a folder of either, or - for standard input.")
  private Path source;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FRAME-ID",
      description =
          "The frame as \"frames\" shows it, or its number (seq). Where SOURCE holds several traces, TRACE:SEQ;"
              + " TRACE is a workload, a trace's id, or part of one.")
  private String frameId;

  @Mixin private RegisterOptions registers = new RegisterOptions();

  @Option(
      names = "--model",
      paramLabel = "ID",
      defaultValue = "seed",
      completionCandidates = Names.OwnOrModels.class,
      description =
          "The model to judge by: an id of \"models\" or a kernel's release (6.12), with policies"
              + " (seed+exec-hits) or without, or \"auto\" for the kernel that the trace was recorded"
              + " on (default: ${DEFAULT-VALUE}).")
  private String model;

  @Mixin private InputFormat inputFormat = new InputFormat();
  @Mixin private MachineOptions machine = new MachineOptions();

  @Option(names = "--quiet", description = "No notes on standard error.")
  private boolean quiet;

  ExplainCommand(Output out, Messages messages) {
    this.out = out;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    if (model.equals(ModelChoice.ALL)) {
      throw new UsageException("--model all: explain asks one model; name it.");
    }
    ModelChoice judges = new ModelChoice(List.of(model), machine.machine());
    String text = registers.given() || source == null ? byHand() : ofTrace(judges);
    out.page(text);
    return ExitCode.OK;
  }

  private String byHand() {
    if (source != null) {
      throw new UsageException(
          source + ": registers by hand belong to no trace; " + HOW + ", not both.");
    }
    if (!registers.given()) {
      throw new UsageException("there is no frame to explain; " + HOW + ".");
    }
    if (model.equals(ModelChoice.AUTO)) {
      throw new UsageException("--model auto: registers by hand name no kernel; name a model.");
    }
    ModelName judge = ModelChoice.one(model, machine.machine());
    messages.unless(quiet).notes(judge.notes());
    return FrameText.explain(judge.model(), judge.on(machine.machine()), registers.frame());
  }

  private String ofTrace(ModelChoice judges) {
    if (frameId == null) {
      throw noFrame();
    }
    FrameChoice chosen =
        FrameChoice.find(
            List.of(source.toString()),
            frameId,
            inputFormat.format(),
            inputFormat.bounds(),
            machine.reading(),
            Map.of(),
            it -> messages.unless(quiet).note(it.getMessage()));
    Machines machines = chosen.machines(judges.machine());
    Models models = judges.models(machines);
    messages.unless(quiet).notes(judges.notes(machines));
    messages.unless(quiet).notes(chosen.notes(judges.machine()));
    return FrameText.explain(models, machines, chosen.story());
  }

  private UsageException noFrame() {
    String name = source.toString();
    boolean isFrame = FRAME_NAME.matcher(name).matches() && Files.notExists(source);
    return new UsageException(
        isFrame
            ? "%s: there is no such file; to explain a frame of that name, put its source before it: explain SOURCE %s."
                .formatted(name, ShellWord.of(name))
            : "%s: which frame of it? Give its number (seq) as replay shows it, as in: explain %s 0."
                .formatted(name, ShellWord.of(name)));
  }
}
