package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sysretreplay.analytics.Amount;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.report.ShellWord;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Tells what is in a recording that has just been made, and what to run next.
 *
 * @param name what the user calls the workload; empty where the file's name is to tell
 * @param lost what to do where something was lost
 * @param nothing what to say where there is nothing in it, behind the name of the file
 */
record RecordSummary(
    RecordTarget target,
    Optional<String> name,
    String lost,
    String nothing,
    Terminal terminal,
    Messages messages,
    Surroundings surroundings) {

  /**
   * Tells it.
   *
   * @return this program's exit code
   */
  int tell(Path file, RecorderEnd end) {
    TraceInput input;
    Counts counts;
    try {
      input = input(file);
      counts = count(input);
    } catch (TraceException e) {
      // The command's own exit code, where perf did all it had to.
      throw target.isEnd(end) ? e : RecordSentences.unfinished(file, end.exit());
    }
    RecordSentences.ended(target, end).ifPresent(messages::note);
    messages.note(file + ": " + RecordSentences.content(counts));
    if (counts.lost() > 0) {
      messages.note(lost);
    }
    if (counts.seen() == 0) {
      messages.error(file + ": " + nothing);
      return ExitCode.INPUT;
    }
    messages.note("next: " + nextCommand(input));
    return counts.nothingAccepted() ? ExitCode.INPUT : ExitCode.OK;
  }

  private static TraceInput input(Path file) {
    TraceInputs found = TraceInputs.find(List.of(file), Optional.empty(), Optional.empty());
    if (!found.unreadable().isEmpty()) {
      throw found.unreadable().get(0);
    }
    return found.traces().get(0);
  }

  private Counts count(TraceInput input) {
    Amount all = Amount.bytes(input.bytes());
    try (Progress.Bar bar = ProgressBars.on(terminal).begin("count", 1, all);
        CountingReader reader = input.open(Reading.ASSEMBLED)) {
      while (reader.hasNext()) {
        reader.next();
      }
      bar.step(all);
      return reader.counts();
    }
  }

  /** How to look at the recording, under the name that it was to have. */
  private String nextCommand(TraceInput input) {
    String report =
        "%s report %s"
            .formatted(ShellWord.ofFile(surroundings.launcher()), ShellWord.ofFile(input.file()));
    return name.filter(it -> !it.equals(input.workload()))
        .map(it -> report + " --workload " + ShellWord.of(it))
        .orElse(report);
  }
}
