package org.sysretreplay.analytics.cli;

import java.io.PrintWriter;
import java.util.List;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.choice.InputNotes;
import org.sysretreplay.analytics.choice.Sentence;
import org.sysretreplay.analytics.report.Comparison;
import org.sysretreplay.analytics.report.Comparison.Gate;
import org.sysretreplay.ingest.source.TraceInputs.PassedOver;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Printable;

/** Everything that goes to standard error, one sentence a line. */
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

  /** The same without notes, where they are not wanted. */
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

  /** A line for each sentence that has to be read. */
  void errors(List<Sentence> sentences) {
    sentences.stream().map(Sentence::onCommandLine).forEach(this::error);
  }

  /** A line for each sentence. */
  void notes(List<Sentence> sentences) {
    sentences.stream().map(Sentence::onCommandLine).forEach(this::note);
  }

  /** What a folder scan left out, a sentence for each reason. */
  void passedOver(List<PassedOver> entries) {
    notes(InputNotes.passedOver(entries));
  }

  /**
   * What a user should know of the input.
   *
   * @param quiet only what explains an error
   */
  void input(Intake intake, boolean quiet) {
    if (!quiet || intake.nothingAccepted()) {
      notes(InputNotes.rejects(intake.rejects()));
    }
    noExits(intake.counts());
    intake.empty().forEach(this::noSample);
    intake.refused().values().forEach(this::error);
    if (!quiet) {
      notes(InputNotes.sampled(intake));
      lost(intake.counts());
    }
  }

  /** Says that a recording is no recording of anything. */
  void noSample(String source) {
    error(InputNotes.noSample(source).onCommandLine());
  }

  /** Says so where nothing was wrong with the records, and none was a return to user space. */
  void noExits(Counts counts) {
    notes(InputNotes.noExits(counts));
  }

  /** What the gate of a comparison could not judge, and what it fails for. */
  void gate(Comparison comparison, Gate gate, boolean quiet) {
    List<String> unjudged = comparison.unjudged();
    if (!quiet && !unjudged.isEmpty()) {
      note(
          "--fail-below cannot judge what has exits on one side only: %s."
              .formatted(String.join(", ", unjudged)));
    }
    for (Comparison.Regression it : comparison.regressions()) {
      error(
          "gate failed: %s; --fail-below allows %s."
              .formatted(it.sentence(), gate.allowedFall().toPlainString()));
    }
  }

  /** Says so where the recorder lost samples. */
  void lost(Counts counts) {
    notes(InputNotes.lost(counts));
  }
}
