package org.sysretreplay.ingest.perfscript;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.sample.EventFields;
import org.sysretreplay.ingest.sample.EventFields.SyscallEnter;
import org.sysretreplay.ingest.sample.EventFields.SyscallExit;
import org.sysretreplay.ingest.sample.EventKind;
import org.sysretreplay.ingest.sample.PerfRegister;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.TracepointEvents;
import org.sysretreplay.ingest.sample.UserRegisters;
import org.sysretreplay.ingest.text.EventText;
import org.sysretreplay.ingest.text.JoinedRecords;
import org.sysretreplay.ingest.text.LineParser;
import org.sysretreplay.ingest.text.RecordBorders;
import org.sysretreplay.ingest.text.RegisterText;
import org.sysretreplay.ingest.text.TextCursor;
import org.sysretreplay.ingest.text.TextFacts;
import org.sysretreplay.ingest.text.WordCache;
import org.sysretreplay.ingest.trace.RejectReason;

/**
 * Parses each record that {@code perf script} prints into a sample. Mostly a record is one line;
 * with call stacks it is a line, the functions below it, and a line of registers.
 */
final class ScriptLineParser extends LineParser implements PrintedRegisters.Complaints {

  /** The start of the names of perf's own records. */
  static final String RECORD = "PERF_RECORD_";

  private static final byte[] LOST = "lost ".getBytes(StandardCharsets.US_ASCII);
  private static final String NO_START = "no \"comm pid/tid [cpu] seconds:\" at its start";

  private static final RecordBorders BORDERS = RecordBorders.before(ScriptLineParser::isFirst);

  /** The only code of user space at an address of the kernel's half. */
  private static final long VSYSCALL_PAGE = 0xffff_ffff_ff60_0000L;

  /** The bits of CS that are set in user code. */
  private static final int USER_PRIVILEGE = 3;

  /** A sample whose registers may stand on a line of their own, further down. */
  private record Open(
      Task task, LineStart start, EventWord event, EventFields fields, Line first) {}

  /** A line of the block. */
  private record Line(long number, int start, int end) {}

  private final WordCache<EventWord> eventWords = new WordCache<>(EventWord::of);
  private final TaskCache tasks = new TaskCache();

  /** The sample that waits for its registers; null where none does. */
  private Open open;

  /** Where the last function below that sample stands; that of the sample if there is none. */
  private int functionStart;

  /** Whether this parser has noted that samples have registers. */
  private boolean toldOfRegisters;

  /** What continuation lines at this place belong to. */
  private Continuation continuation = Continuation.OF_NO_SAMPLE;

  private enum Continuation {
    /** There is no record above them. */
    OF_NO_SAMPLE,
    /** They belong to a line that was rejected. */
    OF_REJECT,
    /** They belong to an event that does not matter. */
    NOT_LOOKED_AT,
    /** They belong to a sample, and may hold its registers. */
    OF_OPEN_SAMPLE,
    /** They belong to a sample that has its registers already. */
    OF_WHOLE_SAMPLE
  }

  ScriptLineParser(String source) {
    super(source);
  }

  @Override
  protected RecordBorders borders() {
    return BORDERS;
  }

  private static boolean isFirst(byte[] line, int start, int end) {
    return end > start
        && (isComment(line, start, end) || LineStart.find(line, start, end).isPresent());
  }

  /** Whether the line is a sample with a time, or with an event that has a group. */
  static boolean isWhole(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    Optional<LineStart> start = LineStart.find(bytes, 0, bytes.length);
    if (start.isEmpty()) {
      return false;
    }
    TextCursor rest = new TextCursor(bytes, bytes.length, start.get().end());
    EventWord event = EventWord.of(rest.takeWord());
    return event.isRecord()
        || event.kind() != null && (start.get().timed() || event.kind().name().contains(":"));
  }

  /**
   * Whether the line is a comment. Comments have a blank or nothing behind the hash; otherwise it
   * may begin the name of a thread.
   */
  private static boolean isComment(byte[] line, int start, int end) {
    return line[start] == '#'
        && (end == start + 1
            || line[start + 1] <= ' '
            || LineStart.find(line, start, end).isEmpty());
  }

  /**
   * A line of values that does not end in a blank: perf prints one behind each register, and R11
   * behind all others that matter (tools/perf/arch/x86, the order of its registers). Or a line of
   * the stack of an interrupt that still waits for its registers.
   */
  @Override
  protected boolean needsEnd(byte[] line, int start, int end) {
    if (isComment(line, start, end) || line[end - 1] == ' ') {
      return false;
    }
    return isInterruptOpen() && ContinuationLines.isIndented(line, start)
        || LineStart.find(line, start, end).isPresent()
        || isOfRegisters(new TextCursor(line, end, start));
  }

  @Override
  protected void dropRecord(byte[] line, int start, int end) {
    if (LineStart.find(line, start, end).isEmpty()) {
      open = null;
    }
  }

  /** Whether a line holds the registers of the sample above it; moves behind their ABI then. */
  private static boolean isOfRegisters(TextCursor line) {
    int start = line.at();
    line.skipBlanks();
    return line.at() > start && PrintedRegisters.takesAbi(line, line.at() - 1);
  }

  @Override
  protected void parse(byte[] line, int start, int end) {
    if (isComment(line, start, end)) {
      endRecord();
      takeComment(new String(line, start, end - start, StandardCharsets.UTF_8));
      return;
    }
    Optional<LineStart> found = LineStart.find(line, start, end);
    if (found.isPresent()) {
      endRecord();
      takeFirstLine(line, start, end, found.get());
    } else {
      takeFurtherLine(line, start, end);
    }
  }

  private void takeFirstLine(byte[] line, int start, int end, LineStart found) {
    TextCursor rest = new TextCursor(line, end, found.end());
    EventWord event = rest.takeWord(eventWords);
    if (event.isRecord()) {
      continuation = Continuation.NOT_LOOKED_AT;
      countLost(event.text(), rest);
    } else if (event.kind() == null) {
      malformed("no event name with a colon after the time");
    } else if (isNameJoined(line, start, found.commEnd())) {
      joined();
    } else {
      Line first = new Line(lineNumber(), start, end);
      takeSample(tasks.of(line, start, found), found, event, first, rest);
    }
  }

  /** Whether the sample that waits for registers would pass for that of a kernel thread. */
  private boolean isInterruptOpen() {
    return open != null && open.event().kind().entry().equals(Optional.of(EntryKind.INTERRUPT));
  }

  /** Whether a record that was cut off stands in the name. User threads have shorter names. */
  private static boolean isNameJoined(byte[] line, int start, int end) {
    if (end - start <= LineStart.COMM_WIDTH) {
      return false;
    }
    TextCursor name = new TextCursor(line, end, start);
    name.skipBlanks();
    return end - name.at() > LineStart.COMM_WIDTH && JoinedRecords.areInName(name, name.at(), end);
  }

  /**
   * Takes a line that is no first line of a sample: registers, a function of a stack, or no output
   * of perf.
   */
  private void takeFurtherLine(byte[] line, int start, int end) {
    TextCursor rest = new TextCursor(line, end, start);
    if (isOfRegisters(rest)) {
      takeRegisterLine(rest);
    } else if (ContinuationLines.isMessage(line, start, end)) {
      ContinuationLines.lostChunks(line, start, end)
          .ifPresent(lost -> note(facts -> facts.losses().addSamples(lost)));
      malformed("it holds no sample but a message of perf");
    } else if (isOfStack(line, start, end)) {
      functionStart = ContinuationLines.isIndented(line, start) ? start : functionStart;
    } else {
      takeUnknownLine(new String(line, start, end - start, StandardCharsets.UTF_8));
    }
  }

  private boolean isOfStack(byte[] line, int start, int end) {
    return ContinuationLines.isIndented(line, start)
        ? !isTabbedSample(line, start, end)
        : continuation != Continuation.OF_NO_SAMPLE
            && ContinuationLines.canBelong(line, start, end);
  }

  /** Whether the line is no function but a sample whose blanks became tabs. */
  private boolean isTabbedSample(byte[] line, int start, int end) {
    return (continuation == Continuation.OF_NO_SAMPLE || continuation == Continuation.OF_REJECT)
        && new String(line, start, end - start, StandardCharsets.UTF_8).contains("\tABI:");
  }

  private void takeUnknownLine(String line) {
    endRecord();
    if (!line.startsWith(RECORD)) {
      continuation = Continuation.OF_REJECT;
      malformed(line.startsWith("\t") ? "its blanks became tabs" : NO_START);
    }
  }

  private void takeRegisterLine(TextCursor rest) {
    switch (continuation) {
      case OF_OPEN_SAMPLE -> {
        Open sample = open;
        open = null;
        continuation = Continuation.OF_WHOLE_SAMPLE;
        takeRegisters(sample, rest);
      }
      case OF_NO_SAMPLE, OF_REJECT ->
          malformed("registers without the line of their sample above them");
      case OF_WHOLE_SAMPLE -> malformed("registers once more of the sample above them");
      case NOT_LOOKED_AT -> {}
    }
  }

  /** Takes the sample that still waits for its registers without any. */
  @Override
  protected void endRecord() {
    if (open != null) {
      Open sample = open;
      open = null;
      take(sample, UserRegisters.NONE);
    }
    continuation = Continuation.OF_NO_SAMPLE;
  }

  /**
   * Takes the sample that still waits for its registers as cut off, if its stack ends in user code:
   * then user code was interrupted, which has registers. Below a kernel thread's sample stand
   * functions of the kernel alone; so a cut behind these is not told from a kernel thread.
   */
  @Override
  protected void endText(byte[] text, int end) {
    if (open != null
        && functionStart > open.first().start()
        && ContinuationLines.isOfUserCode(new TextCursor(text, end, functionStart))) {
      Open sample = open;
      open = null;
      takeCutOff(sample(sample, UserRegisters.NONE), sample.first().start(), sample.first().end());
    }
  }

  private void takeComment(String comment) {
    ScriptHeader.fact(comment)
        .ifPresent(fact -> note(facts -> facts.add(fact, ScriptHeader.value(comment))));
    ScriptHeader.event(comment)
        .ifPresent(event -> note(facts -> facts.addEvent(event, ScriptHeader.sampling(comment))));
  }

  /**
   * Counts the losses in a line of {@code --show-lost-events}: {@code PERF_RECORD_LOST lost 17}.
   */
  private void countLost(String event, TextCursor rest) {
    long lost = takeLost(rest);
    if (event.equals("PERF_RECORD_LOST")) {
      note(facts -> facts.losses().addRecords(lost));
    } else if (event.startsWith("PERF_RECORD_LOST")) {
      note(facts -> facts.losses().addSamples(lost));
    }
  }

  private static long takeLost(TextCursor rest) {
    if (!rest.moveBehindLast(LOST)) {
      return 0;
    }
    long tooGreat = rest.digits() > 0 ? Long.MAX_VALUE : 0;
    return rest.takeDecimal(false).orElse(tooGreat);
  }

  /**
   * Takes the sample with its registers. If the line has none, the sample stays open, because they
   * may come further down.
   */
  private void takeSample(
      Task task, LineStart start, EventWord event, Line first, TextCursor rest) {
    if (!event.matters()) {
      continuation = Continuation.NOT_LOOKED_AT;
      take(new Open(task, start, event, EventFields.NONE, first), UserRegisters.NONE);
      return;
    }
    int text = rest.at();
    EventFields fields = EventText.fields(event.kind().name(), rest);
    boolean isRead = fields instanceof SyscallExit || fields instanceof SyscallEnter;
    int unread = isRead ? rest.at() : text;
    boolean withAbi = PrintedRegisters.movesBehindAbi(rest);
    if (JoinedRecords.areIn(rest, unread, withAbi ? rest.at() : rest.end())) {
      joined();
      return;
    }
    Open sample = new Open(task, start, event, fields, first);
    if (!withAbi) {
      continuation = Continuation.OF_OPEN_SAMPLE;
      open = sample;
      functionStart = first.start();
      return;
    }
    continuation = Continuation.OF_WHOLE_SAMPLE;
    takeRegisters(sample, rest);
  }

  private void takeRegisters(Open sample, TextCursor rest) {
    UserRegisters taken = PrintedRegisters.take(rest, this);
    if (taken != null) {
      take(sample, taken);
    }
  }

  @Override
  public void joined() {
    continuation = Continuation.OF_REJECT;
    malformed(JoinedRecords.COMPLAINT);
  }

  @Override
  public void noAbi() {
    malformed("no number after ABI:");
  }

  private void take(Open sample, UserRegisters printed) {
    UserRegisters registers = isOfKernel(printed) ? UserRegisters.NONE : printed;
    if (!toldOfRegisters && registers.abi() != UserRegisters.ABI_NONE) {
      toldOfRegisters = true;
      note(TextFacts::seeRegisters);
    }
    take(sample(sample, registers), sample.first().start(), sample.first().end());
  }

  private Sample sample(Open sample, UserRegisters registers) {
    LineStart start = sample.start();
    return new Sample(
        places(),
        sample.first().number(),
        sample.event().kind(),
        start.timed(),
        start.timeNanos(),
        start.cpu(),
        sample.task(),
        sample.fields(),
        registers);
  }

  /**
   * Whether these are registers of the interrupted kernel ({@code -F iregs}), which are printed if
   * there are no user registers.
   */
  private static boolean isOfKernel(UserRegisters registers) {
    long ip = registers.value(PerfRegister.IP);
    return ip < 0
        && Long.compareUnsigned(ip, VSYSCALL_PAGE) < 0
        && (registers.value(PerfRegister.CS) & USER_PRIVILEGE) == 0;
  }

  @Override
  public void noRegister(String word) {
    int colon = word.indexOf(':');
    if (colon < 0) {
      malformed("\"" + word + "\" among the registers");
    } else {
      reject(
          RejectReason.MALFORMED_REGISTER,
          RegisterText.complaint(word.substring(0, colon), word.substring(colon + 1)));
    }
  }

  private void malformed(String detail) {
    reject(
        RejectReason.MALFORMED_LINE, RejectReason.MALFORMED_LINE.sentence() + " (" + detail + ")");
  }

  /**
   * The word at the place of an event's name.
   *
   * @param kind null if the word is no event's name with a colon
   * @param matters whether the event shows a return, or shows what happened to one
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
      return text.startsWith(RECORD);
    }
  }
}
