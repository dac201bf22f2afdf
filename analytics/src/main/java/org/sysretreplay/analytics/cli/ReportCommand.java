package org.sysretreplay.analytics.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.MissSites;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Version;
import org.sysretreplay.analytics.choice.FoundSources.Contents;
import org.sysretreplay.analytics.choice.MachineNotes;
import org.sysretreplay.analytics.choice.SettledAnswer;
import org.sysretreplay.analytics.cli.ReportOutput.Format;
import org.sysretreplay.analytics.page.HtmlPage;
import org.sysretreplay.analytics.page.PageReport;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.analytics.report.TopSites;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

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

  /** The name of the work, for people. */
  private static final String NAME = "report";

  private final Terminal terminal;
  private final Output out;
  private final Messages messages;

  @Spec private CommandSpec spec;

  @Mixin private QuestionOptions questionOptions = new QuestionOptions();
  @Mixin private SiteOptions siteOptions = new SiteOptions();
  @Mixin private SourceArguments sources = new SourceArguments();
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
    output.prepare(terminal);
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
    return output.format() == Format.HTML
        ? answer(
            found,
            engine,
            (machines, inputs) -> page(machines, inputs, engine),
            PageReport::asked,
            (it, inputs) -> writePage(it))
        : answer(
            found,
            engine,
            (machines, inputs) -> report(machines, inputs, engine),
            it -> it,
            (it, inputs) -> {
              output.write(it, sites(it.question().machines(), inputs, engine), terminal, out);
              return true;
            });
  }

  /** Writes a page, and gives whether nothing is missing in it. */
  private boolean writePage(PageReport page) {
    output.write(page, origin(page.asked().question().machines()), out);
    page.unreadable().ifPresent(messages::error);
    return page.unreadable().isEmpty();
  }

  /**
   * Asks the question, writes the answer, and tells the user what to know about it.
   *
   * @param report gets the report in an answer, for its intake
   * @param write writes the answer, and gives whether nothing is missing in it
   */
  private <A> int answer(
      Sources found,
      Engine engine,
      BiFunction<Machines, Inputs, A> ask,
      Function<A, Report> report,
      BiPredicate<A, Inputs> write) {
    Messages notes = messages.unless(work.quiet());
    Contents looked = found.look(questionOptions.machine(), engine);
    notes.notes(looked.doubles());
    Machines known = questionOptions.learnt(looked.machines(), looked.inputs(), engine);
    SettledAnswer<A> settled =
        SettledAnswer.ask(
            known, it -> ask.apply(it, looked.inputs()), it -> report.apply(it).intake().signs());
    Intake intake = report.apply(settled.answer()).intake();
    questionOptions.tell(settled.machines(), notes);
    notes.notes(MachineNotes.of(settled.machines(), settled.signs()));
    boolean isWhole = write.test(settled.answer(), looked.inputs());
    messages.input(intake, work.quiet());
    return isWhole && found.complete() && intake.isSound() ? ExitCode.OK : ExitCode.INPUT;
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
        question, engine.answer(NAME, question, questionOptions.judged(inputs, machines)));
  }

  private PageReport page(Machines machines, Inputs inputs, Engine engine) {
    return PageReport.ask(
        engine,
        NAME,
        questionOptions.question(output.format(), machines),
        questionOptions.judged(inputs, machines));
  }

  private HtmlPage.Origin origin(Machines machines) {
    ParseResult parsed = spec.commandLine().getParseResult();
    return new HtmlPage.Origin(
        Optional.of(FollowUpCommands.command(parsed)),
        FollowUpCommands.frames(parsed, sources.all(), questionOptions.names(machines)),
        Version.line());
  }
}
