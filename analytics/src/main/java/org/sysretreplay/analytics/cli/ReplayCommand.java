package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.listing.FrameDetail;
import org.sysretreplay.analytics.verdict.ExtraColumns;
import org.sysretreplay.analytics.verdict.VerdictFormat;
import org.sysretreplay.analytics.verdict.VerdictOutput;
import org.sysretreplay.analytics.verdict.Verdicts;
import org.sysretreplay.analytics.verdict.Verdicts.Form;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    description = "Writes one verdict for every frame, for other programs to read.",
    footer = {
      "",
      "How often each thread's name misses:",
      "  sysret-replay replay app.perf.data --format jsonl -o - --columns comm |",
      "    jq -r 'select(.outcome == \"IRET_MISS\") | .comm' | sort | uniq -c"
    },
    mixinStandardHelpOptions = true,
    showEndOfOptionsDelimiterInUsageHelp = true)
final class ReplayCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Output out;
  private final Messages messages;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description =
          "The file of JSON lines, or the folder of Parquet files, to write; - for JSON lines on"
              + " standard output.")
  private Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "parquet",
      completionCandidates = Names.VerdictFormats.class,
      description = "parquet or jsonl (default: ${DEFAULT-VALUE}).")
  private String formatName;

  @Option(
      names = "--columns",
      split = ",",
      converter = Stripped.class,
      paramLabel = "COLUMN",
      completionCandidates = Names.VerdictColumns.class,
      description =
          "What else to write of each frame, of ${COMPLETION-CANDIDATES}; columns are called as those"
              + " of \"frames\" (default: the verdict only).")
  private List<String> columns = List.of();

  @Mixin private OneModel model = new OneModel();
  @Mixin private SourceArguments sources = new SourceArguments();
  @Mixin private EngineOptions work = new EngineOptions();

  ReplayCommand(Terminal terminal, Output out, Messages messages) {
    this.out = out;
    this.terminal = terminal;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    work.prepare();
    ModelChoice judges = model.choice("replay");
    VerdictFormat format = EnumOption.of(VerdictFormat.class, "--format", formatName);
    Form form = new Form(format, columns());
    check(format);
    Sources found = sources.find(work, messages);
    if (found.isEmpty()) {
      return ExitCode.INPUT;
    }
    found.protectFrom(Optional.of(output).filter(it -> !toStandardOutput()));
    Intake intake =
        toStandardOutput()
            ? PrintedFile.print(".jsonl", it -> write(judges, it, form, found), out)
            : write(judges, output, form, found);
    messages.input(intake, work.quiet());
    return found.complete() && intake.isSound() ? ExitCode.OK : ExitCode.INPUT;
  }

  private List<ExtraColumns> columns() {
    return columns.stream()
        .<ExtraColumns>map(it -> EnumOption.of(FrameDetail.class, "--columns", it))
        .distinct()
        .toList();
  }

  private boolean toStandardOutput() {
    return StandardOutput.isNamed(output);
  }

  /** Checks before any work is done that the output can be written. */
  private void check(VerdictFormat format) {
    switch (format) {
      case JSONL -> {
        if (!toStandardOutput()) {
          OutputFile.check(output);
        }
      }
      case PARQUET -> {
        if (toStandardOutput()) {
          throw new UsageException(
              "-o -: Parquet files lie in a folder; name one, or give --format jsonl.");
        }
        OutputFile.checkPlace(output);
        VerdictOutput.checkFolder(output);
      }
    }
  }

  private Intake write(ModelChoice judges, Path target, Form form, Sources found) {
    try (Engine engine = work.engine(terminal)) {
      return model.ask(
          judges,
          found.look(judges.machine(), engine),
          engine,
          messages.unless(work.quiet()),
          (question, inputs) -> Verdicts.write(engine, question, form, inputs, target),
          Function.identity());
    }
  }
}
