package org.sysretreplay.ingest.ftrace;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.ingest.sample.EventFields;
import org.sysretreplay.ingest.sample.EventKind;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.UserRegisters;
import org.sysretreplay.ingest.text.EventText;
import org.sysretreplay.ingest.text.HeaderFact;
import org.sysretreplay.ingest.text.JoinedRecords;
import org.sysretreplay.ingest.text.LineParser;
import org.sysretreplay.ingest.text.TextCursor;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;

/** Parses each line that ftrace prints for an event that matters into a sample. */
final class FtraceLineParser extends LineParser {

  /**
   * {@code CPU:1 [LOST 190 EVENTS]} of tracefs, {@code CPU:1 [190 EVENTS DROPPED]} of trace-cmd.
   */
  private static final Pattern LOST =
      Pattern.compile("CPU:\\d+ \\[(?:LOST )?(?:(\\d+) )?EVENTS(?: DROPPED)?]");

  /** {@code # entries-in-buffer/entries-written: 146/6291 #P:2}. */
  private static final Pattern WRITTEN =
      Pattern.compile("# entries-in-buffer/entries-written: (\\d+)/(\\d+)\\s.*");

  /** Lines that trace-cmd prints before the first record. */
  private static final Pattern PREFACE =
      Pattern.compile("cpus=\\d+|version = \\d+|CPU \\d+ is empty");

  /** Lines that users may put before the text, in the form of perf script --header. */
  private static final Pattern RELEASE = Pattern.compile("# os release : (\\S+)\\s*");

  private static final Pattern EVENT = Pattern.compile("# event : name = ([^,\\s]+).*");

  /**
   * Lines of the tracers function_graph ({@code 0) 0.2 us | foo();}) and, in latency format, of
   * irqsoff and others ({@code ls-5 0d..1 3us : foo <-bar}). They lack the time or the thread.
   */
  private static final Pattern OTHER_TRACER =
      Pattern.compile(
          "\\s*+(\\d+\\.\\d+ \\|\\s+)?\\d+\\)\\s.*"
              + "|\\s*+-{20,}\\s*"
              + "|.{0,64}?-\\d+\\s+\\d+\\S{3,8}\\s+\\d+us.?\\s*: \\S+ <-\\S+.*");

  /**
   * The start of our probes' names. A line without an event is not ignored if one of them stands
   * where events do.
   */
  private static final String PROBE = "sysret_";

  private static final String NO_START = "no \"task-pid [cpu] flags seconds:\" at its start";
  private static final String NO_EVENT = "no event name with a colon after the time";

  FtraceLineParser(String source) {
    super(source);
  }

  @Override
  protected boolean needsEnd(byte[] line, int start, int end) {
    return line[start] != '#';
  }

  @Override
  protected void parse(byte[] line, int start, int end) {
    if (line[start] == '#') {
      takeComment(text(line, start, end));
      return;
    }
    Optional<FtraceLineStart> found = FtraceLineStart.find(line, start, end);
    if (found.isEmpty()) {
      takeAside(text(line, start, end));
      return;
    }
    TextCursor rest = new TextCursor(line, end, found.get().end());
    rest.skipBlanks();
    String event = rest.takeWord();
    rest.skipBlanks();
    if (isDifference(event)) {
      event = rest.takeWord();
      rest.skipBlanks();
    }
    if (event.endsWith(":")) {
      takeEvent(FtraceEvents.fullName(withoutColon(event)), found.get(), rest);
    } else if (JoinedRecords.areIn(rest, found.get().end(), end)) {
      malformed(JoinedRecords.COMPLAINT);
    } else if (event.isEmpty() || event.startsWith(PROBE) || rest.takeWord().startsWith(PROBE)) {
      malformed(NO_EVENT);
    } else {
      // Functions, stacks, calls like sys_read(...) and measurements of tracers are no events.
      take(Ignored.IGNORED);
    }
  }

  /** Whether it is {@code (+1000)}, the time since the line before, as of {@code --ts-diff}. */
  private static boolean isDifference(String word) {
    return word.startsWith("(+") && word.endsWith(")");
  }

  private static String text(byte[] line, int start, int end) {
    return new String(line, start, end - start, StandardCharsets.UTF_8);
  }

  private static String withoutColon(String event) {
    return event.substring(0, event.length() - 1);
  }

  /** Takes a comment that counts overwritten events, or that states a fact about the trace. */
  private void takeComment(String comment) {
    Matcher written = WRITTEN.matcher(comment);
    Matcher release = RELEASE.matcher(comment);
    Matcher event = EVENT.matcher(comment);
    if (written.matches()) {
      long lost = Math.max(0, number(written.group(2)) - number(written.group(1)));
      note(facts -> facts.losses().addSamples(lost));
    } else if (release.matches()) {
      String kernel = release.group(1);
      note(facts -> facts.add(HeaderFact.KERNEL_RELEASE, kernel));
    } else if (event.matches() && FtraceEvents.isEvidence(event.group(1))) {
      note(facts -> facts.events().add(event.group(1)));
    }
  }

  /**
   * Takes a line without the start of a record: a loss, which is counted, or a line that goes with
   * others.
   */
  private void takeAside(String line) {
    Matcher matcher = LOST.matcher(line.strip());
    if (matcher.matches()) {
      long lost = matcher.group(1) == null ? 1 : number(matcher.group(1));
      note(facts -> facts.losses().addRecords(lost));
    } else if (OTHER_TRACER.matcher(line).matches() && !line.contains(PROBE)) {
      take(Ignored.IGNORED);
    } else if (!PREFACE.matcher(line).matches() && !line.stripLeading().startsWith("=> ")) {
      malformed(NO_START);
    }
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private void takeEvent(String event, FtraceLineStart start, TextCursor rest) {
    Optional<EntryKind> probe = FtraceEvents.probeOf(event);
    if (probe.isPresent()) {
      takeProbe(event, probe.get(), start, ProbeFields.take(rest));
    } else if (FtraceEvents.isEvidence(event)) {
      takeEvidence(event, start, rest);
    } else {
      take(Ignored.IGNORED);
    }
  }

  private void takeEvidence(String event, FtraceLineStart start, TextCursor rest) {
    if (JoinedRecords.areIn(rest, rest.at(), rest.end())) {
      malformed(JoinedRecords.COMPLAINT);
    } else {
      take(sample(event, start, EventText.fields(event, rest), UserRegisters.NONE));
    }
  }

  private void takeProbe(String event, EntryKind entry, FtraceLineStart start, ProbeFields fields) {
    if (fields.areJoined()) {
      malformed(JoinedRecords.COMPLAINT);
    } else if (fields.broken().isPresent()) {
      reject(RejectReason.MALFORMED_REGISTER, fields.broken().get());
    } else if (!fields.missing().isEmpty()) {
      String detail = event + ": " + RejectReason.PROBE_FIELD_MISSING.sentence();
      reject(RejectReason.PROBE_FIELD_MISSING, detail + ": " + fields.missing());
    } else if (fields.isOfUserCode()) {
      EventFields own =
          entry == EntryKind.SYSCALL
              ? new EventFields.SyscallExit(fields.syscall(), fields.result())
              : EventFields.NONE;
      take(sample(event, start, own, fields.registers()));
    } else {
      take(Ignored.IGNORED);
    }
  }

  private Sample sample(
      String event, FtraceLineStart start, EventFields fields, UserRegisters registers) {
    return new Sample(
        places(),
        lineNumber(),
        EventKind.of(event),
        start.timeNanos().isPresent(),
        start.timeNanos().orElse(0),
        start.cpu(),
        start.task(),
        fields,
        registers);
  }

  private void malformed(String detail) {
    reject(
        RejectReason.MALFORMED_TRACE_LINE,
        RejectReason.MALFORMED_TRACE_LINE.sentence() + " (" + detail + ")");
  }
}
