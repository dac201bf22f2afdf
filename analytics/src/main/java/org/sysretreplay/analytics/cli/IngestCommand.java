package org.sysretreplay.analytics.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.choice.Formats;
import org.sysretreplay.analytics.choice.InputNotes;
import org.sysretreplay.analytics.choice.MachineNotes;
import org.sysretreplay.analytics.choice.OptionName;
import org.sysretreplay.ingest.redact.Redaction;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Sampling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ingest",
    description = "Reads traces into a Parquet store. A trace that is there already is replaced.",
    footer = {
      "",
      "A recording and all that lies in a folder, then a report on both:",
      "  sysret-replay ingest app.perf.data more/ --into store",
      "  sysret-replay report store"
    },
    mixinStandardHelpOptions = true,
    showEndOfOptionsDelimiterInUsageHelp = true)
final class IngestCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Output out;
  private final Messages messages;

  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description = "A trace file, a folder of them, or - for standard input.")
  private List<String> inputs;

  @Option(
      names = "--into",
      paramLabel = "STORE",
      required = true,
      description = "The folder of the store; it is made where it does not exist.")
  private String store;

  @Option(
      names = "--format",
      paramLabel = "TRACE-FORMAT",
      completionCandidates = Names.TraceFormats.class,
      description = "Another name of --input-format.")
  private String format;

  /** What of the traces is redacted. */
  private Redaction redaction = Redaction.NONE;

  /** Whether every trace was read, and one of its records accepted. */
  private boolean allSound = true;

  @Mixin private RedactOptions redactOptions = new RedactOptions();
  @Mixin private InputOptions inputOptions = new InputOptions();
  @Mixin private EngineOptions work = new EngineOptions();

  IngestCommand(Terminal terminal, Output out, Messages messages) {
    this.out = out;
    this.terminal = terminal;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    work.prepare();
    redaction = redactOptions.redaction(inputOptions.workload().isPresent());
    Sources found =
        Sources.find(
            work.located(inputs),
            inputOptions.workload(),
            format(),
            inputOptions.bounds(),
            messages,
            work.quiet());
    if (!found.stores().isEmpty()) {
      throw new UsageException(
          found.stores().get(0) + ": this is a store already; report reads it as it is.");
    }
    if (found.traces().isEmpty()) {
      return ExitCode.INPUT;
    }
    messages.unless(work.quiet()).notes(MachineNotes.ofFiles(found.recordedOn()));
    Counts total;
    try (Engine engine = work.engine(terminal)) {
      total = engine.ingest(found.traces(), work.located(store), redaction, told());
    }
    if (!work.quiet()) {
      messages.lost(total);
    }
    return found.complete() && allSound ? ExitCode.OK : ExitCode.INPUT;
  }

  private Optional<TraceFormat> format() {
    return format == null ? inputOptions.format() : Formats.of(OptionName.FORMAT, format);
  }

  private Engine.Ingesting told() {
    return new Engine.Ingesting() {
      @Override
      public void done(TraceInput trace, Counts counts) {
        say(trace, counts);
      }

      @Override
      public void sampled(TraceInput trace, Sampling sampling) {
        messages.unless(work.quiet()).notes(InputNotes.sampled(trace, sampling));
      }

      @Override
      public void refused(TraceInput trace, String why) {
        allSound = false;
        messages.error(why);
      }
    };
  }

  private void say(TraceInput trace, Counts counts) {
    out.line(line(trace, counts));
    if (counts.accepted() == 0) {
      allSound = false;
    }
    messages.errors(InputNotes.exitless(trace, counts));
    if (counts.rejected() > 0 && (counts.nothingAccepted() || !work.quiet())) {
      messages.note(
          "%s: %,d of %,d records were rejected; \"sysret-replay report %s\" says why."
              .formatted(trace.file(), counts.rejected(), counts.seen(), store));
    }
  }

  private String line(TraceInput trace, Counts counts) {
    return "%s: workload %s, trace %s: %,d seen = %,d accepted + %,d rejected + %,d ignored; %,d lost"
        .formatted(
            trace.file(),
            redaction.workload(trace.workload()),
            redaction.traceId(trace.traceId()),
            counts.seen(),
            counts.accepted(),
            counts.rejected(),
            counts.ignored(),
            counts.lost());
  }
}
