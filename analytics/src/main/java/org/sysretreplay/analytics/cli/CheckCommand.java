package org.sysretreplay.analytics.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.TraceReplay;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = "Reports on one trace at once, without Spark.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Messages messages;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "perf.data, perf script text, ftrace text, JSON lines, or Parquet.")
  private Path file;

  @Mixin private QuestionOptions questionOptions = new QuestionOptions();
  @Mixin private InputOptions inputOptions = new InputOptions();
  @Mixin private ReportOutput output = new ReportOutput();

  @Option(names = "--quiet", description = "No notes on standard error.")
  private boolean quiet;

  CheckCommand(Terminal terminal, Messages messages) {
    this.terminal = terminal;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    if (Files.isDirectory(file)) {
      throw new UsageException(
          file + ": check reads one trace; use \"sysret-replay report\" for a folder.");
    }
    questionOptions.prepare(output.format());
    output.prepare();
    Sources source = Sources.ofTrace(input());
    source.protectFrom(output.file());
    TraceInput input = source.traces().get(0);
    Question question =
        questionOptions.question(output.format(), source::kernelReleases, messages.unless(quiet));
    Report report = Report.of(question, TraceReplay.answer(question, input));
    output.write(report, terminal, spec.commandLine().getOut());
    messages.input(report.intake(), quiet);
    return report.intake().nothingAccepted() ? ExitCode.INPUT : ExitCode.OK;
  }

  private TraceInput input() {
    TraceInputs inputs = TraceInputs.find(List.of(file), inputOptions.workload(), Optional.empty());
    if (!inputs.unreadable().isEmpty()) {
      throw inputs.unreadable().get(0);
    }
    return inputs.traces().get(0);
  }
}
