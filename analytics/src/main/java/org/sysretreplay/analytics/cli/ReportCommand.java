package org.sysretreplay.analytics.cli;

import java.util.concurrent.Callable;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.choice.FoundSources.Looked;
import org.sysretreplay.analytics.choice.MachineNotes;
import org.sysretreplay.analytics.choice.Settled;
import org.sysretreplay.analytics.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "report",
    aliases = "check",
    description =
        "Reports how often the frames of traces, stores, or folders of them return by SYSRET, and"
            + " what keeps the others from it.",
    footer = {
      "",
      "Which system calls miss, judged by the kernel that was recorded:",
      "  sysret-replay report app.perf.data --by entry,syscall --model auto"
    },
    mixinStandardHelpOptions = true,
    showEndOfOptionsDelimiterInUsageHelp = true)
final class ReportCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Output out;
  private final Messages messages;

  @Mixin private QuestionOptions questionOptions = new QuestionOptions();
  @Mixin private AskedSources sources = new AskedSources();
  @Mixin private ReportOutput output = new ReportOutput();
  @Mixin private EngineOptions work = new EngineOptions();

  ReportCommand(Terminal terminal, Output out, Messages messages) {
    this.out = out;
    this.terminal = terminal;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    work.prepare();
    questionOptions.prepare(output.format());
    output.prepare();
    Sources found = sources.find(work, messages);
    if (found.isEmpty()) {
      return ExitCode.INPUT;
    }
    found.protectFrom(output.file());
    try (Engine engine = work.engine(terminal)) {
      return report(found, engine);
    }
  }

  private int report(Sources found, Engine engine) {
    Messages notes = messages.unless(work.quiet());
    Looked looked = found.look(questionOptions.machine(), engine);
    if (!work.quiet()) {
      messages.notes(looked.doubles());
    }
    Machines known = questionOptions.learnt(looked.machines(), looked.inputs(), engine);
    Settled<Report> settled =
        Settled.ask(
            known, it -> report(it, looked.inputs(), engine), report -> report.intake().signs());
    Report report = settled.answer();
    questionOptions.tell(settled.machines(), notes);
    notes.notes(MachineNotes.of(settled.machines(), settled.signs()));
    output.write(report, terminal, out);
    messages.input(report.intake(), work.quiet());
    return found.complete() && report.intake().isSound() ? ExitCode.OK : ExitCode.INPUT;
  }

  private Report report(Machines machines, Inputs inputs, Engine engine) {
    Question question = questionOptions.question(output.format(), machines);
    return Report.of(
        question, engine.answer("report", question, questionOptions.judged(inputs, machines)));
  }
}
