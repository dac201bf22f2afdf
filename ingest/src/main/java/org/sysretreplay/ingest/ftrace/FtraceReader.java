package org.sysretreplay.ingest.ftrace;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.ingest.EventFields;
import org.sysretreplay.ingest.EventKind;
import org.sysretreplay.ingest.EventText;
import org.sysretreplay.ingest.Losses;
import org.sysretreplay.ingest.Reading;
import org.sysretreplay.ingest.RejectReason;
import org.sysretreplay.ingest.Sample;
import org.sysretreplay.ingest.SampleTextReader;
import org.sysretreplay.ingest.TextCursor;
import org.sysretreplay.ingest.TraceHeader;
import org.sysretreplay.ingest.TraceRecord;
import org.sysretreplay.ingest.TraceRecord.Ignored;
import org.sysretreplay.ingest.UserRegisters;

/**
 * Reads what ftrace prints of probe events that carry the registers as fields: the files {@code
 * trace} and {@code trace_pipe} of tracefs, and {@code trace-cmd report}. FORMATS.md has the events
 * and the layout of a line.
 */
public final class FtraceReader extends SampleTextReader {

  /**
   * {@code CPU:1 [LOST 190 EVENTS]} of tracefs, {@code CPU:1 [190 EVENTS DROPPED]} of trace-cmd.
   */
  private static final Pattern LOST =
      Pattern.compile("CPU:\\d+ \\[(?:LOST )?(?:(\\d+) )?EVENTS(?: DROPPED)?]");

  /** {@code # entries-in-buffer/entries-written: 146/6291 #P:2}. */
  private static final Pattern WRITTEN =
      Pattern.compile("# entries-in-buffer/entries-written: (\\d+)/(\\d+)\\s.*");

  /** What trace-cmd says before the first line. */
  private static final Pattern PREFACE =
      Pattern.compile("cpus=\\d+|version = \\d+|CPU \\d+ is empty");

  /** What the user may put before the text, as perf script --header words it. */
  private static final Pattern RELEASE = Pattern.compile("# os release : (\\S+)\\s*");

  private static final Pattern EVENT = Pattern.compile("# event : name = ([^,\\s]+).*");

  private static final String NO_START = "no \"task-pid [cpu] flags seconds:\" at its start";
  private static final String NO_EVENT = "no event name with a colon behind the time";

  private final Losses losses = new Losses();
  private TraceHeader header = TraceHeader.EMPTY;

  public FtraceReader(Path path, Reading reading) {
    super(path, reading);
  }

  /** Empty unless comments before the text name the kernel: ftrace itself does not. */
  @Override
  protected TraceHeader headerRead() {
    return header;
  }

  @Override
  protected long lostRead() {
    return losses.total();
  }

  @Override
  protected Optional<TraceRecord> parse(byte[] bytes, int length) {
    if (bytes[0] == '#') {
      takeComment(text(bytes, length));
      return Optional.empty();
    }
    Optional<FtraceLine> start = FtraceLine.find(bytes, length);
    if (start.isEmpty()) {
      return isAside(text(bytes, length)) ? Optional.empty() : Optional.of(malformed(NO_START));
    }
    TextCursor rest = new TextCursor(bytes, length, start.get().end());
    rest.skipBlanks();
    String event = rest.takeWord();
    rest.skipBlanks();
    if (event.endsWith(":")) {
      return event(FtraceEvents.fullName(withoutColon(event)), start.get(), rest);
    }
    return Optional.of(isNoEvent(event, rest) ? Ignored.IGNORED : malformed(NO_EVENT));
  }

  private static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static String withoutColon(String event) {
    return event.substring(0, event.length() - 1);
  }

  /** What a full buffer overwrote, or what the user says of the trace. */
  private void takeComment(String comment) {
    Matcher written = WRITTEN.matcher(comment);
    Matcher release = RELEASE.matcher(comment);
    Matcher event = EVENT.matcher(comment);
    if (written.matches()) {
      losses.addSamples(Math.max(0, number(written.group(2)) - number(written.group(1))));
    } else if (release.matches()) {
      header = new TraceHeader(release.group(1), "", "", "", "");
    } else if (event.matches() && FtraceEvents.isEvidence(event.group(1))) {
      noteEvent(event.group(1));
    }
  }

  /** Whether the line holds no record: a loss, which is counted, or what goes with other lines. */
  private boolean isAside(String line) {
    Matcher lost = LOST.matcher(line);
    if (lost.matches()) {
      losses.addRecords(lost.group(1) == null ? 1 : number(lost.group(1)));
      return true;
    }
    return PREFACE.matcher(line).matches() || line.stripLeading().startsWith("=> ");
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** The function tracer prints {@code function <-caller}, and stacks have no event's name. */
  private static boolean isNoEvent(String word, TextCursor rest) {
    return word.startsWith("<") || rest.peek() == '<';
  }

  private Optional<TraceRecord> event(String event, FtraceLine start, TextCursor rest) {
    Optional<EntryKind> probe = FtraceEvents.probeOf(event);
    if (probe.isPresent()) {
      return probe(event, probe.get(), start, ProbeFields.take(rest));
    }
    if (!FtraceEvents.isEvidence(event)) {
      return Optional.of(Ignored.IGNORED);
    }
    take(sample(event, start, EventText.fields(event, rest), UserRegisters.NONE));
    return Optional.empty();
  }

  /** Takes the sample of a probe, or gives the record that it is by itself. */
  private Optional<TraceRecord> probe(
      String event, EntryKind entry, FtraceLine start, ProbeFields fields) {
    if (fields.broken().isPresent()) {
      return Optional.of(reject(RejectReason.MALFORMED_REGISTER, fields.broken().get()));
    }
    if (!fields.missing().isEmpty()) {
      String detail = event + ": " + RejectReason.PROBE_FIELD_MISSING.sentence();
      return Optional.of(
          reject(RejectReason.PROBE_FIELD_MISSING, detail + ": " + fields.missing()));
    }
    if (!fields.isOfUserCode()) {
      return Optional.of(Ignored.IGNORED);
    }
    EventFields own =
        entry == EntryKind.SYSCALL
            ? new EventFields.SyscallExit(fields.syscall(), fields.result())
            : EventFields.NONE;
    take(sample(event, start, own, fields.registers()));
    return Optional.empty();
  }

  private Sample sample(
      String event, FtraceLine start, EventFields fields, UserRegisters registers) {
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

  private TraceRecord malformed(String detail) {
    return reject(
        RejectReason.MALFORMED_TRACE_LINE,
        RejectReason.MALFORMED_TRACE_LINE.sentence() + " (" + detail + ")");
  }
}
