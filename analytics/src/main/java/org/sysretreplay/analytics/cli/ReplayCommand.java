package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.spark.VerdictFile;
import org.sysretreplay.emulator.ExitModel;
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
      description = "A store, a trace file, or a folder of either.")
  private List<Path> sources;

  @Option(
      names = "--model",
      paramLabel = "ID",
      defaultValue = "seed",
      description = "The model to judge by (default: ${DEFAULT-VALUE}); see \"models\".")
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
  @Mixin private SparkOptions spark = new SparkOptions();

  ReplayCommand(Terminal terminal, Messages messages) {
    this.terminal = terminal;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    ExitModel judge = ModelArgument.model(model, machine.machine());
    VerdictFile.Format format = Choice.of(VerdictFile.Format.class, "--format", formatName);
    switch (format) {
      case JSONL -> OutputFile.check(output);
      case PARQUET -> {
        OutputFile.checkPlace(output);
        VerdictFile.checkFolder(output);
      }
    }
    Sources found =
        Sources.find(
            spark.located(sources),
            inputOptions.workload(),
            Optional.empty(),
            messages,
            spark.quiet());
    if (found.isEmpty()) {
      return ExitCode.INPUT;
    }
    found.protectFrom(Optional.of(output));
    Intake intake =
        spark
            .engine(terminal)
            .writeVerdicts(
                judge,
                machine.machine(),
                machine.reading(),
                found.traces(),
                found.stores(),
                output,
                format);
    messages.input(intake, spark.quiet());
    return found.complete() && !intake.nothingAccepted() ? ExitCode.OK : ExitCode.INPUT;
  }
}
