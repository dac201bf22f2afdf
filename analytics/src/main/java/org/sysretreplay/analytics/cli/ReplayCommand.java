package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.choice.FoundSources.Looked;
import org.sysretreplay.analytics.choice.MachineNotes;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.choice.Settled;
import org.sysretreplay.analytics.verdict.VerdictFormat;
import org.sysretreplay.analytics.verdict.VerdictOutput;
import org.sysretreplay.analytics.verdict.VerdictQuestion;
import org.sysretreplay.analytics.verdict.Verdicts;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TemporaryFiles;
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
  private final Output out;
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
      description =
          "The file of JSON lines, or the folder of Parquet files, to write; - for JSON lines on"
              + " standard output.")
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

  ReplayCommand(Terminal terminal, Output out, Messages messages) {
    this.out = out;
    this.terminal = terminal;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    work.prepare();
    if (model.equals(ModelChoice.ALL)) {
      throw new UsageException("--model all: replay asks one model; name it.");
    }
    ModelChoice judges = new ModelChoice(List.of(model), machine.machine());
    VerdictFormat format = Choice.of(VerdictFormat.class, "--format", formatName);
    check(format);
    Sources found =
        Sources.find(
            work.located(sources),
            inputOptions.workload(),
            inputOptions.format(),
            inputOptions.bounds(),
            messages,
            work.quiet());
    if (found.isEmpty()) {
      return ExitCode.INPUT;
    }
    Intake intake = toStandardOutput() ? print(judges, found) : write(judges, format, found);
    messages.input(intake, work.quiet());
    return found.complete() && intake.isSound() ? ExitCode.OK : ExitCode.INPUT;
  }

  private boolean toStandardOutput() {
    return output.equals(StandardOutput.NAME);
  }

  /** Finds out now, before any work, what cannot be written. */
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

  private Intake write(ModelChoice judges, VerdictFormat format, Sources found) {
    found.protectFrom(Optional.of(output));
    return write(judges, output, format, found);
  }

  private Intake write(ModelChoice judges, Path target, VerdictFormat format, Sources found) {
    try (Engine engine = work.engine(terminal)) {
      Looked looked = found.look(judges.machine(), engine);
      Settled<Intake> settled =
          Settled.ask(
              judges.learnt(looked.machines(), looked.inputs(), machine.reading(), engine),
              machines ->
                  Verdicts.write(
                      engine,
                      new VerdictQuestion(judges.models(machines), machines, machine.reading()),
                      judges.judged(looked.inputs(), machines),
                      target,
                      format),
              Intake::signs);
      Messages notes = messages.unless(work.quiet());
      notes.notes(judges.notes(settled.machines()));
      messages.errors(judges.unjudged(settled.machines()));
      notes.notes(MachineNotes.of(settled.machines(), settled.signs()));
      return settled.answer();
    }
  }

  /** Nothing is printed before everything was judged: what cannot be read prints nothing. */
  private Intake print(ModelChoice judges, Sources found) {
    try {
      Path file = TemporaryFiles.newFile(".jsonl");
      try {
        Intake intake = write(judges, file, VerdictFormat.JSONL, found);
        print(file);
        return intake;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw OutputException.unwritable("standard output", e);
    }
  }

  private void print(Path file) throws IOException {
    try (Reader lines = Files.newBufferedReader(file)) {
      out.data(lines);
    }
  }
}
