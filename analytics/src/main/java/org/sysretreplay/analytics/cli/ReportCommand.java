package org.sysretreplay.analytics.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.MissSites;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.choice.FoundSources.Looked;
import org.sysretreplay.analytics.choice.MachineNotes;
import org.sysretreplay.analytics.choice.Settled;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.analytics.report.TopSites;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "report",
    aliases = "check",
    description = "Reports on traces, stores, or folders of them.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Output out;
  private final Messages messages;

  @Mixin private QuestionOptions questionOptions = new QuestionOptions();
  @Mixin private SiteOptions siteOptions = new SiteOptions();
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
    siteOptions.prepare(output.format(), questionOptions.isOneModel());
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
    output.write(report, sites(settled.machines(), looked.inputs(), engine), terminal, out);
    messages.input(report.intake(), work.quiet());
    return found.complete() && report.intake().isSound() ? ExitCode.OK : ExitCode.INPUT;
  }

  private Optional<TopSites> sites(Machines machines, Inputs inputs, Engine engine) {
    if (!siteOptions.areAsked()) {
      return Optional.empty();
    }
    Answer<MissSites> answer =
        engine.answer(
            "sites", questionOptions.sites(machines), questionOptions.judged(inputs, machines));
    return Optional.of(TopSites.of(questionOptions.modelId(), answer.table(), siteOptions.most()));
  }

  private Report report(Machines machines, Inputs inputs, Engine engine) {
    Question question = questionOptions.question(output.format(), machines);
    return Report.of(
        question, engine.answer("report", question, questionOptions.judged(inputs, machines)));
  }
}
