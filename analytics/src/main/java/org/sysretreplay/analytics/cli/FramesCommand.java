package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.listing.FrameFilter;
import org.sysretreplay.analytics.listing.FrameList;
import org.sysretreplay.analytics.listing.FrameList.Listed;
import org.sysretreplay.analytics.listing.ListFormat;
import org.sysretreplay.analytics.listing.ListQuestion;
import org.sysretreplay.analytics.report.FrameLines;
import org.sysretreplay.analytics.report.ShellWord;
import org.sysretreplay.analytics.verdict.VerdictOutput;
import org.sysretreplay.analytics.verdict.VerdictQuestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "frames",
    description = {
      "Lists the frames themselves: when and where each was seen, how it returned and why, its"
          + " registers, and its name for \"explain\".",
      "",
      "An option such as --cause or --comm lists only frames of that value; several values are"
          + " parted by commas, and \"-\" is for frames that have none; a comma within a value is"
          + " written \\, and the name - itself \\-. Of several such options all have to hold.",
      ""
    },
    footer = {
      "",
      "(amended) behind a frame: its registers are those after what came between the event and the"
          + " return, such as a signal; (early): nothing tells what came after the event.",
      "",
      "Five frames that a signal's delivery kept from SYSRET:",
      "  sysret-replay frames app.perf.data --cause signal_delivery --limit 5"
    },
    modelTransformer = FrameFilters.class,
    mixinStandardHelpOptions = true,
    showEndOfOptionsDelimiterInUsageHelp = true)
final class FramesCommand implements Callable<Integer> {

  private static final String NAME = "frames";

  private final Terminal terminal;
  private final Output out;
  private final Messages messages;

  @Spec private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      completionCandidates = Names.ListFormats.class,
      description = "text, jsonl, csv or parquet (default: ${DEFAULT-VALUE}).")
  private String formatName;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write to this file, whole or not at all, instead of standard output, which is also called"
              + " -; Parquet goes into a folder. What is there already is replaced.")
  private Path output;

  @Mixin private FrameLimit limit = new FrameLimit();
  @Mixin private CsvOptions csv = new CsvOptions();
  @Mixin private OneModel model = new OneModel();
  @Mixin private SourceArguments sources = new SourceArguments();
  @Mixin private EngineOptions work = new EngineOptions();

  FramesCommand(Terminal terminal, Output out, Messages messages) {
    this.terminal = terminal;
    this.out = out;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    work.prepare();
    ModelChoice judges = model.choice(NAME);
    ListFormat format = EnumOption.of(ListFormat.class, "--format", formatName);
    csv.prepare(format == ListFormat.CSV);
    Asked asked = new Asked(FrameFilters.of(spec.commandLine().getParseResult()), format);
    limit.check();
    file().ifPresentOrElse(it -> check(format, it), () -> checkPrinted(format));
    Sources found = sources.find(work, messages);
    if (found.isEmpty()) {
      return ExitCode.INPUT;
    }
    found.protectFrom(file());
    Listed listed = list(judges, asked, found);
    messages.unless(work.quiet()).notes(listed.unseen());
    tellWhatIsLeft(format, listed.totals());
    messages.input(listed.intake(), work.quiet());
    return found.complete() && listed.intake().isSound() ? ExitCode.OK : ExitCode.INPUT;
  }

  /**
   * Notes how many frames are not listed. The text format says so itself; formats for programs
   * cannot.
   */
  private void tellWhatIsLeft(ListFormat format, FrameLines.Totals totals) {
    if (format != ListFormat.TEXT && totals.shown() < totals.frames()) {
      messages
          .unless(work.quiet())
          .note(
              "%,d of %,d frames are listed; --limit all lists them all."
                  .formatted(totals.shown(), totals.frames()));
    }
  }

  /** Which frames to list, and how. */
  private record Asked(FrameFilter filter, ListFormat format) {}

  /** The file to write, if it is not standard output. */
  private Optional<Path> file() {
    return Optional.ofNullable(output).filter(it -> !StandardOutput.isNamed(it));
  }

  /** Checks before any work is done that the file can be written. */
  private static void check(ListFormat format, Path file) {
    switch (format) {
      case TEXT, JSONL, CSV -> OutputFile.check(file);
      case PARQUET -> {
        OutputFile.checkPlace(file);
        VerdictOutput.checkFolder(file);
      }
    }
  }

  private static void checkPrinted(ListFormat format) {
    if (format == ListFormat.PARQUET) {
      throw new UsageException(
          "--format parquet: Parquet files lie in a folder; name one with -o, or give --format"
              + " jsonl.");
    }
  }

  private Listed list(ModelChoice judges, Asked asked, Sources found) {
    return file()
        .map(it -> list(judges, asked, it, found))
        .orElseGet(
            () ->
                PrintedFile.print(
                    asked.format().extension(), it -> list(judges, asked, it, found), out));
  }

  private Listed list(ModelChoice judges, Asked asked, Path target, Sources found) {
    try (Engine engine = work.engine(terminal)) {
      return model.ask(
          judges,
          found.look(judges.machine(), engine),
          engine,
          messages.unless(work.quiet()),
          (judging, inputs) -> write(engine, judging, asked, inputs, target),
          Listed::intake);
    }
  }

  private Listed write(
      Engine engine, VerdictQuestion judging, Asked asked, Inputs inputs, Path target) {
    ListQuestion question =
        new ListQuestion(
            judging, asked.filter(), limit.of(asked.format()), asked.format(), csv.cells());
    return FrameList.write(engine, question, inputs, target, headAndFoot(question));
  }

  private FrameList.HeadAndFoot headAndFoot(ListQuestion question) {
    return new FrameList.HeadAndFoot() {
      @Override
      public String head() {
        return FrameLines.head(judge(question.judging()), question.filter().sentence());
      }

      @Override
      public String foot(Listed listed) {
        String explain = listed.first().map(FramesCommand.this::explain).orElse("");
        return FrameLines.foot(listed.totals(), explain, listed.intake());
      }
    };
  }

  private static String judge(VerdictQuestion judging) {
    return judging.models().isByTrace()
        ? "the model of its own kernel"
        : judging.models().ids().get(0);
  }

  /** The command that explains a frame as it is judged here. */
  private String explain(String frame) {
    String source = sources.one().map(ShellWord::ofFile).orElse("SOURCE");
    return FollowUpCommands.explain(
        spec.commandLine().getParseResult(), source, ShellWord.of(frame));
  }
}
