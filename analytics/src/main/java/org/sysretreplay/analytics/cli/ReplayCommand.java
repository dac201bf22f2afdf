package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.verdict.VerdictFormat;
import org.sysretreplay.analytics.verdict.VerdictOutput;
import org.sysretreplay.analytics.verdict.VerdictQuestion;
import org.sysretreplay.analytics.verdict.Verdicts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "replay",
    description = "Writes one verdict for every frame.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Messages messages;

  @Parameters(
      paramLabel = "SOURCE",
      arity = "1..*",
      description = "A store, a trace file, a folder of either, or - for standard input.")
  private List<String> sources;

  @Option(
      names = "--model",
      paramLabel = "ID",
      defaultValue = "seed",
      description =
          "The model to judge by: an id of \"models\", a kernel's release (6.12), or \"auto\" for the"
              + " kernel that each trace was recorded on (default: ${DEFAULT-VALUE}).")
  private String model;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The file of JSON lines, or the folder of Parquet files, to write.")
  private Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "parquet",
      description = "parquet or jsonl (default: ${DEFAULT-VALUE}).")
  private String formatName;

  @Mixin private MachineOptions machine = new MachineOptions();
  @Mixin private InputOptions inputOptions = new InputOptions();
  @Mixin private EngineOptions work = new EngineOptions();

  ReplayCommand(Terminal terminal, Messages messages) {
    this.terminal = terminal;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    work.prepare();
    if (model.equals(ModelArgument.ALL)) {
      throw new UsageException("--model all: replay asks one model; name it.");
    }
    ModelArgument judges = new ModelArgument(List.of(model), machine.machine());
    VerdictFormat format = Choice.of(VerdictFormat.class, "--format", formatName);
    switch (format) {
      case JSONL -> OutputFile.check(output);
      case PARQUET -> {
        OutputFile.checkPlace(output);
        VerdictOutput.checkFolder(output);
      }
    }
    Sources found =
        Sources.find(
            work.located(sources),
            inputOptions.workload(),
            Optional.empty(),
            messages,
            work.quiet());
    if (found.isEmpty()) {
      return ExitCode.INPUT;
    }
    found.protectFrom(Optional.of(output));
    Intake intake;
    try (Engine engine = work.engine(terminal)) {
      intake = write(judges, format, found, engine);
    }
    messages.input(intake, work.quiet());
    return found.complete() && intake.isSound() ? ExitCode.OK : ExitCode.INPUT;
  }

  private Intake write(ModelArgument judges, VerdictFormat format, Sources found, Engine engine) {
    Settled<Intake> settled =
        Settled.ask(
            judges.learnt(
                found.machines(machine.machine(), engine),
                found.inputs(),
                machine.reading(),
                engine),
            machines ->
                Verdicts.write(
                    engine,
                    new VerdictQuestion(judges.models(machines), machines, machine.reading()),
                    found.inputs(),
                    output,
                    format),
            Intake::signs);
    Messages notes = messages.unless(work.quiet());
    judges.tell(settled.machines(), notes);
    MachineNotes.tell(settled.machines(), settled.signs(), notes);
    return settled.answer();
  }
}
