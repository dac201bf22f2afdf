package org.sysretreplay.ingest.perfscript;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.EventFields;
import org.sysretreplay.ingest.EventText;
import org.sysretreplay.ingest.Losses;
import org.sysretreplay.ingest.PerfRegister;
import org.sysretreplay.ingest.Place;
import org.sysretreplay.ingest.Reading;
import org.sysretreplay.ingest.RegisterText;
import org.sysretreplay.ingest.RejectReason;
import org.sysretreplay.ingest.Sample;
import org.sysretreplay.ingest.SampleTextReader;
import org.sysretreplay.ingest.TextCursor;
import org.sysretreplay.ingest.TraceHeader;
import org.sysretreplay.ingest.TraceRecord;
import org.sysretreplay.ingest.TracepointEvents;
import org.sysretreplay.ingest.UserRegisters;

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

  private final Losses losses = new Losses();
  private TraceHeader header = TraceHeader.EMPTY;

  public PerfScriptReader(Path path, Reading reading) {
    super(path, reading);
  }

  @Override
  public TraceHeader header() {
    return header;
  }

  @Override
  public long lost() {
    return losses.total();
  }

  @Override
  protected Optional<TraceRecord> parse(byte[] bytes, int length, Place place) {
    if (bytes[0] == '#') {
      String comment = new String(bytes, 0, length, StandardCharsets.UTF_8);
      header = ScriptHeader.with(header, comment);
      ScriptHeader.event(comment).ifPresent(this::noteEvent);
      return Optional.empty();
    }
    Optional<LineStart> start = LineStart.find(bytes, length);
    if (start.isEmpty()) {
      return Optional.of(malformed(place, "no \"comm pid/tid [cpu] seconds:\" at its start"));
    }
    TextCursor rest = new TextCursor(bytes, length, start.get().end());
    rest.skipBlanks();
    String event = rest.takeWord();
    if (event.startsWith("PERF_RECORD_")) {
      countLost(event, rest);
      return Optional.empty();
    }
    if (!event.endsWith(":")) {
      return Optional.of(malformed(place, "no event name with a colon behind the time"));
    }
    return sample(start.get(), event.substring(0, event.length() - 1), rest, place);
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
    int at = rest.lastIndexOf("lost ");
    if (at < 0) {
      return 0;
    }
    rest.moveTo(at + "lost ".length());
    long tooGreat = rest.digits() > 0 ? Long.MAX_VALUE : 0;
    return rest.takeDecimal(false).orElse(tooGreat);
  }

  /** Takes the sample, or gives the reject that it is. */
  private Optional<TraceRecord> sample(
      LineStart start, String event, TextCursor rest, Place place) {
    boolean matters = TracepointEvents.matters(event);
    int abi = rest.lastIndexOf(" ABI:");
    EventFields fields = matters ? EventText.fields(event, rest) : EventFields.NONE;
    UserRegisters registers = UserRegisters.NONE;
    if (abi >= 0 && matters) {
      rest.moveTo(abi + " ABI:".length());
      OptionalLong word = rest.takeDecimal(false);
      if (word.isEmpty()) {
        return Optional.of(malformed(place, "no number behind ABI:"));
      }
      registers = new UserRegisters(word.getAsLong());
      Optional<TraceRecord> broken = takeRegisters(rest, registers, place);
      if (broken.isPresent()) {
        return broken;
      }
    }
    take(
        new Sample(
            place,
            event,
            OptionalLong.of(start.timeNanos()),
            start.cpu(),
            new Task(start.pid(), start.tid(), Optional.of(start.comm())),
            fields,
            registers));
    return Optional.empty();
  }

  private Optional<TraceRecord> takeRegisters(
      TextCursor rest, UserRegisters registers, Place place) {
    for (rest.skipBlanks(); !rest.atEnd(); rest.skipBlanks()) {
      String word = rest.takeWord();
      int colon = word.indexOf(':');
      if (colon < 0) {
        return Optional.of(malformed(place, "\"" + word + "\" among the registers"));
      }
      String name = word.substring(0, colon);
      OptionalLong value = RegisterText.parse(word.substring(colon + 1));
      if (value.isEmpty()) {
        return Optional.of(
            reject(
                place,
                RejectReason.MALFORMED_REGISTER,
                RegisterText.complaint(name, word.substring(colon + 1))));
      }
      PerfRegister.ofName(name).ifPresent(it -> registers.put(it, value.getAsLong()));
    }
    return Optional.empty();
  }

  private TraceRecord malformed(Place place, String detail) {
    return reject(
        place,
        RejectReason.MALFORMED_LINE,
        RejectReason.MALFORMED_LINE.sentence() + " (" + detail + ")");
  }

  /**
   * Who, where and when, up to the colon behind the time.
   *
   * @param end the position behind that colon
   */
  record LineStart(
      String comm, OptionalLong pid, OptionalLong tid, OptionalLong cpu, long timeNanos, int end) {

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
      OptionalLong first = line.takeDecimal(true);
      OptionalLong second = line.take('/') ? line.takeDecimal(true) : first;
      line.skipBlanks();
      if (second.isEmpty() || !line.take('[')) {
        return Optional.empty();
      }
      OptionalLong cpu = line.takeDecimal(true);
      if (cpu.isEmpty() || !line.take(']')) {
        return Optional.empty();
      }
      line.skipBlanks();
      OptionalLong time = takeTime(line);
      if (time.isEmpty() || !line.take(':')) {
        return Optional.empty();
      }
      String comm = line.text(0, commEnd).stripLeading();
      return Optional.of(new LineStart(comm, first, second, cpu, time.getAsLong(), line.at()));
    }

    /** Seconds, a dot, and 1 to 9 digits (perf prints 6 or 9), as whole nanoseconds. */
    private static OptionalLong takeTime(TextCursor line) {
      OptionalLong seconds = line.takeDecimal(false);
      if (seconds.isEmpty() || !line.take('.')) {
        return OptionalLong.empty();
      }
      int digits = line.digits();
      OptionalLong fraction = line.takeDecimal(false);
      if (fraction.isEmpty()
          || digits > 9
          || seconds.getAsLong() > Long.MAX_VALUE / NANOS_PER_SECOND - 1) {
        return OptionalLong.empty();
      }
      long nanos = fraction.getAsLong();
      for (int i = digits; i < 9; i++) {
        nanos *= 10;
      }
      return OptionalLong.of(seconds.getAsLong() * NANOS_PER_SECOND + nanos);
    }
  }
}
