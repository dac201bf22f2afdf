package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.analytics.spark.VerdictFile;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.spark.TraceStore;
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
  private VerdictFile.Format format;

  @Mixin private InputOptions inputOptions = new InputOptions();
  @Mixin private SparkOptions spark = new SparkOptions();

  ReplayCommand(Terminal terminal, Messages messages) {
    this.terminal = terminal;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    ExitModel judge = ModelArgument.model(model);
    if (format == VerdictFile.Format.JSONL) {
      OutputFile.check(output);
    }
    Sources found =
        Sources.find(sources, inputOptions.workload(), Optional.empty(), messages, spark.quiet());
    if (found.isEmpty()) {
      return ExitCode.INPUT;
    }
    SparkSession session = spark.session();
    List<TraceStore> stores =
        found.stores().stream().map(store -> TraceStore.at(session, store.toString())).toList();
    return TaskProgress.during(
        session,
        "replay",
        spark.showsProgress(terminal),
        () -> {
          VerdictFile.write(session, judge, Machine.TRACED, found.traces(), stores, output, format);
          return found.complete() ? ExitCode.OK : ExitCode.INPUT;
        });
  }
}
