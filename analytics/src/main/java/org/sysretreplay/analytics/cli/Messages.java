package org.sysretreplay.analytics.cli;

import java.io.PrintWriter;
import java.util.List;
import org.sysretreplay.analytics.EmptyInput;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.RejectSummary;
import org.sysretreplay.analytics.choice.InputNotes;
import org.sysretreplay.analytics.choice.Sentence;
import org.sysretreplay.analytics.report.Comparison;
import org.sysretreplay.analytics.report.Gate;
import org.sysretreplay.ingest.source.TraceInputs.PassedOver;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Printable;

/** Writes all messages to standard error, one sentence a line. */
final class Messages {

  private static final String PREFIX = "sysret-replay: ";

  private final PrintWriter err;
  private final boolean quiet;

  Messages(PrintWriter err) {
    this(err, false);
  }

  private Messages(PrintWriter err, boolean quiet) {
    this.err = err;
    this.quiet = quiet;
  }

  /** The same, but without notes if {@code notWanted}. */
  Messages unless(boolean notWanted) {
    return new Messages(err, notWanted);
  }

  void error(String sentence) {
    err.println(PREFIX + Printable.line(sentence));
  }

  void note(String sentence) {
    if (!quiet) {
      err.println(PREFIX + Printable.line(sentence));
    }
  }

  void bug(Throwable e) {
    error("this is a bug in sysret-replay; please report it with the lines below.");
    PrintWriter lines = new PrintWriter(new PrintableWriter(err));
    e.printStackTrace(lines);
    lines.flush();
  }

  /** One line for each sentence, even when notes are not wanted. */
  void errors(List<Sentence> sentences) {
    sentences.stream().map(Sentence::onCommandLine).forEach(this::error);
  }

  /** One line for each sentence. */
  void notes(List<Sentence> sentences) {
    sentences.stream().map(Sentence::onCommandLine).forEach(this::note);
  }

  /** Tells what the scan of a folder left out, one sentence for each reason. */
  void passedOver(List<PassedOver> entries) {
    notes(InputNotes.passedOver(entries));
  }

  /**
   * Tells the user what became of the input.
   *
   * @param quiet whether to tell only what explains an error
   */
  void input(Intake intake, boolean quiet) {
    RejectSummary told = quiet ? new RejectSummary() : intake.rejects();
    notes(InputNotes.rejects(told));
    errors(InputNotes.exitless(intake, told));
    intake.empty().forEach(this::noSample);
    intake.refused().values().forEach(this::error);
    if (!quiet) {
      notes(InputNotes.sampled(intake));
      lost(intake.counts());
    }
  }

  /** Tells that a recording has no sample. */
  private void noSample(EmptyInput input) {
    error(InputNotes.noSample(input).onCommandLine());
  }

  /** Tells what the gate of a comparison could not judge, and for which workloads it fails. */
  void gate(Comparison comparison, Gate.Result result, boolean quiet) {
    List<String> unjudged = comparison.unjudged();
    if (!quiet && !unjudged.isEmpty()) {
      note(
          "--fail-below cannot judge what has exits on one side only: %s."
              .formatted(String.join(", ", unjudged)));
    }
    for (Gate.Regression it : result.regressions()) {
      error(
          "gate failed: %s; --fail-below allows %s."
              .formatted(it.sentence(), result.gate().allowedFall().toPlainString()));
    }
  }

  /** Tells if the recorder lost samples. */
  void lost(Counts counts) {
    notes(InputNotes.lost(counts));
  }
}
