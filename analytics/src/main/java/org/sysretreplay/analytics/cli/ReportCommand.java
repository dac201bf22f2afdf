package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.analytics.spark.SparkReplay;
import org.sysretreplay.ingest.spark.TraceStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = "Reports on traces, stores, or folders of them, with Spark.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Messages messages;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SOURCE",
      arity = "1..*",
      description = "A store, a trace file, or a folder of either.")
  private List<Path> sources;

  @Mixin private QuestionOptions questionOptions = new QuestionOptions();
  @Mixin private InputOptions inputOptions = new InputOptions();
  @Mixin private ReportOutput output = new ReportOutput();
  @Mixin private SparkOptions spark = new SparkOptions();

  ReportCommand(Terminal terminal, Messages messages) {
    this.terminal = terminal;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    Question question = questionOptions.question(output.format());
    output.prepare();
    Sources found =
        Sources.find(sources, inputOptions.workload(), Optional.empty(), messages, spark.quiet());
    if (found.isEmpty()) {
      return ExitCode.INPUT;
    }
    Report report = Report.of(question, answer(question, found));
    output.write(report, terminal, spec.commandLine().getOut());
    messages.rejects(report.rejects());
    messages.lost(report.input());
    return found.complete() && !report.nothingAccepted() ? ExitCode.OK : ExitCode.INPUT;
  }

  private Answer answer(Question question, Sources found) {
    SparkSession session = spark.session();
    List<TraceStore> stores =
        found.stores().stream().map(store -> TraceStore.at(session, store.toString())).toList();
    return TaskProgress.during(
        session,
        "replay",
        spark.showsProgress(terminal),
        () -> SparkReplay.answer(session, question, found.traces(), stores));
  }
}
