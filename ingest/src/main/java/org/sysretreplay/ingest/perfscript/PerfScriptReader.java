package org.sysretreplay.ingest.perfscript;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.EventFields;
import org.sysretreplay.ingest.EventKind;
import org.sysretreplay.ingest.EventText;
import org.sysretreplay.ingest.Losses;
import org.sysretreplay.ingest.PerfRegister;
import org.sysretreplay.ingest.Reading;
import org.sysretreplay.ingest.RegisterText;
import org.sysretreplay.ingest.RejectReason;
import org.sysretreplay.ingest.Sample;
import org.sysretreplay.ingest.SampleTextReader;
import org.sysretreplay.ingest.SharedNumbers;
import org.sysretreplay.ingest.TextCursor;
import org.sysretreplay.ingest.TraceHeader;
import org.sysretreplay.ingest.TraceRecord;
import org.sysretreplay.ingest.TracepointEvents;
import org.sysretreplay.ingest.UserRegisters;
import org.sysretreplay.ingest.Words;

/**
 * Reads {@code perf script -F comm,pid,tid,cpu,time,event,trace,uregs}, with or without {@code
 * --ns} and {@code --header}. FORMATS.md has the layout of a line.
 */
public final class PerfScriptReader extends SampleTextReader {

  /** perf prints the thread's name right-aligned in a field of this many bytes. */
  private static final int COMM_WIDTH = 16;

  /** Newer kernels give kernel threads names of up to 64 bytes. */
  private static final int MAX_COMM_BYTES = 64 + 1;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private static final byte[] ABI = " ABI:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LOST = "lost ".getBytes(StandardCharsets.US_ASCII);

  private final Words<EventWord> eventWords = new Words<>(EventWord::of);
  private final Tasks tasks = new Tasks();
  private final Losses losses = new Losses();
  private TraceHeader header = TraceHeader.EMPTY;

  public PerfScriptReader(Path path, Reading reading) {
    super(path, reading);
  }

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
      takeComment(new String(bytes, 0, length, StandardCharsets.UTF_8));
      return Optional.empty();
    }
    Optional<LineStart> start = LineStart.find(bytes, length);
    if (start.isEmpty()) {
      return Optional.of(malformed("no \"comm pid/tid [cpu] seconds:\" at its start"));
    }
    TextCursor rest = new TextCursor(bytes, length, start.get().end());
    rest.skipBlanks();
    EventWord event = rest.takeWord(eventWords);
    if (event.isRecord()) {
      countLost(event.text(), rest);
      return Optional.empty();
    }
    if (event.kind() == null) {
      return Optional.of(malformed("no event name with a colon behind the time"));
    }
    return sample(tasks.of(bytes, start.get()), start.get(), event, rest);
  }

  private void takeComment(String comment) {
    header = ScriptHeader.with(header, comment);
    ScriptHeader.event(comment).ifPresent(this::noteEvent);
  }

  /** Lines of {@code --show-lost-events}: {@code PERF_RECORD_LOST lost 17}. */
  private void countLost(String event, TextCursor rest) {
    if (event.equals("PERF_RECORD_LOST")) {
      losses.addRecords(takeLost(rest));
    } else if (event.startsWith("PERF_RECORD_LOST")) {
      losses.addSamples(takeLost(rest));
    }
  }

  private static long takeLost(TextCursor rest) {
    int at = rest.lastIndexOf(LOST);
    if (at < 0) {
      return 0;
    }
    rest.moveTo(at + LOST.length);
    long tooGreat = rest.digits() > 0 ? Long.MAX_VALUE : 0;
    return rest.takeDecimal(false).orElse(tooGreat);
  }

  /** Takes the sample, or gives the reject that it is. */
  private Optional<TraceRecord> sample(
      Task task, LineStart start, EventWord event, TextCursor rest) {
    EventFields fields = EventFields.NONE;
    UserRegisters registers = UserRegisters.NONE;
    if (event.matters()) {
      int abi = rest.lastIndexOf(ABI);
      fields = EventText.fields(event.kind().name(), rest);
      if (abi >= 0) {
        rest.moveTo(abi + ABI.length);
        if (!rest.takesDecimal(false)) {
          return Optional.of(malformed("no number behind ABI:"));
        }
        registers = new UserRegisters(rest.number());
        if (!takesRegisters(rest, registers)) {
          return Optional.of(brokenRegister(rest.takeWord()));
        }
      }
    }
    take(
        new Sample(
            places(),
            lineNumber(),
            event.kind(),
            true,
            start.timeNanos(),
            SharedNumbers.of(start.cpu()),
            task,
            fields,
            registers));
    return Optional.empty();
  }

  /** Takes all registers; false where the cursor stands on a word that is none. */
  private static boolean takesRegisters(TextCursor rest, UserRegisters to) {
    for (rest.skipBlanks(); !rest.atEnd(); rest.skipBlanks()) {
      int start = rest.at();
      PerfRegister register = PerfRegister.ofPacked(rest.takePacked(':'));
      if (register != null && rest.takesPrefixedHex()) {
        to.put(register, rest.number());
      } else {
        rest.moveTo(start);
        if (!isOtherRegister(rest.takeWord())) {
          rest.moveTo(start);
          return false;
        }
      }
    }
    return true;
  }

  /** Whether the word is a register that is not needed. */
  private static boolean isOtherRegister(String word) {
    int colon = word.indexOf(':');
    return colon >= 0 && RegisterText.parse(word.substring(colon + 1)).isPresent();
  }

  private TraceRecord brokenRegister(String word) {
    int colon = word.indexOf(':');
    return colon < 0
        ? malformed("\"" + word + "\" among the registers")
        : reject(
            RejectReason.MALFORMED_REGISTER,
            RegisterText.complaint(word.substring(0, colon), word.substring(colon + 1)));
  }

  private TraceRecord malformed(String detail) {
    return reject(
        RejectReason.MALFORMED_LINE, RejectReason.MALFORMED_LINE.sentence() + " (" + detail + ")");
  }

  /**
   * The word where an event's name stands.
   *
   * @param kind null where it is no event's name with a colon
   * @param matters whether the event shows a return, or tells what became of one
   */
  private record EventWord(String text, EventKind kind, boolean matters) {

    static EventWord of(String text) {
      if (!text.endsWith(":")) {
        return new EventWord(text, null, false);
      }
      String name = text.substring(0, text.length() - 1);
      return new EventWord(text, EventKind.of(name), TracepointEvents.matters(name));
    }

    boolean isRecord() {
      return text.startsWith("PERF_RECORD_");
    }
  }

  /**
   * Who, where and when, up to the colon behind the time.
   *
   * @param commEnd the position behind the name
   * @param withPid whether the process is told, and not only the thread
   * @param end the position behind that colon
   */
  record LineStart(
      int commEnd, boolean withPid, long pid, long tid, long cpu, long timeNanos, int end) {

    /**
     * The start of a line. A name may hold blanks, digits and slashes, so its field's width is
     * tried first; then, for text that lost its alignment, every blank from the left.
     */
    static Optional<LineStart> find(byte[] bytes, int length) {
      Optional<LineStart> aligned = at(bytes, length, COMM_WIDTH);
      for (int i = 1; aligned.isEmpty() && i < Math.min(length, MAX_COMM_BYTES); i++) {
        aligned = at(bytes, length, i);
      }
      return aligned;
    }

    private static Optional<LineStart> at(byte[] bytes, int length, int commEnd) {
      if (commEnd >= length || bytes[commEnd] != ' ') {
        return Optional.empty();
      }
      TextCursor line = new TextCursor(bytes, length, commEnd);
      line.skipBlanks();
      boolean withPid = line.takesDecimal(true);
      long pid = withPid ? line.number() : 0;
      boolean withTid = line.take('/') ? line.takesDecimal(true) : withPid;
      if (!withTid) {
        return Optional.empty();
      }
      long tid = line.number();
      line.skipBlanks();
      if (!line.take('[') || !line.takesDecimal(true)) {
        return Optional.empty();
      }
      long cpu = line.number();
      if (!line.take(']')) {
        return Optional.empty();
      }
      line.skipBlanks();
      long time = takeTime(line);
      return time >= 0 && line.take(':')
          ? Optional.of(new LineStart(commEnd, withPid, pid, tid, cpu, time, line.at()))
          : Optional.empty();
    }

    /** Seconds, a dot, and 1 to 9 digits (perf prints 6 or 9), as whole nanoseconds; else -1. */
    private static long takeTime(TextCursor line) {
      if (!line.takesDecimal(false)) {
        return -1;
      }
      long seconds = line.number();
      int digits = line.take('.') ? line.digits() : 0;
      if (digits < 1 || digits > 9 || seconds > Long.MAX_VALUE / NANOS_PER_SECOND - 1) {
        return -1;
      }
      line.takesDecimal(false);
      long nanos = line.number();
      for (int i = digits; i < 9; i++) {
        nanos *= 10;
      }
      return seconds * NANOS_PER_SECOND + nanos;
    }
  }
}
