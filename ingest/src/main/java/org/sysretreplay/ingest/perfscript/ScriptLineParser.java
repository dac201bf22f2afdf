package org.sysretreplay.ingest.perfscript;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.sample.EventFields;
import org.sysretreplay.ingest.sample.EventKind;
import org.sysretreplay.ingest.sample.PerfRegister;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.SharedNumbers;
import org.sysretreplay.ingest.sample.TracepointEvents;
import org.sysretreplay.ingest.sample.UserRegisters;
import org.sysretreplay.ingest.text.EventText;
import org.sysretreplay.ingest.text.LineParser;
import org.sysretreplay.ingest.text.RegisterText;
import org.sysretreplay.ingest.text.TextCursor;
import org.sysretreplay.ingest.text.Words;
import org.sysretreplay.ingest.trace.RejectReason;

/** Makes a sample of each line that {@code perf script} prints. */
final class ScriptLineParser extends LineParser {

  private static final String ABI = "ABI:";
  private static final byte[] ABI_WORD = (" " + ABI).getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LOST = "lost ".getBytes(StandardCharsets.US_ASCII);

  private final Words<EventWord> eventWords = new Words<>(EventWord::of);
  private final Tasks tasks = new Tasks();

  ScriptLineParser(String source) {
    super(source);
  }

  @Override
  protected void parse(byte[] line, int start, int end) {
    if (line[start] == '#') {
      takeComment(new String(line, start, end - start, StandardCharsets.UTF_8));
      return;
    }
    Optional<LineStart> found = LineStart.find(line, start, end);
    if (found.isEmpty()) {
      malformed("no \"comm pid/tid [cpu] seconds:\" at its start");
      return;
    }
    TextCursor rest = new TextCursor(line, end, found.get().end());
    rest.skipBlanks();
    EventWord event = rest.takeWord(eventWords);
    if (event.isRecord()) {
      countLost(event.text(), rest);
    } else if (event.kind() == null) {
      malformed("no event name with a colon behind the time");
    } else {
      takeSample(tasks.of(line, start, found.get()), found.get(), event, rest);
    }
  }

  private void takeComment(String comment) {
    note(facts -> facts.addToHeader(header -> ScriptHeader.with(header, comment)));
    ScriptHeader.event(comment).ifPresent(event -> note(facts -> facts.events().add(event)));
  }

  /** Lines of {@code --show-lost-events}: {@code PERF_RECORD_LOST lost 17}. */
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

  /** Takes the sample, unless one of its registers cannot be read. */
  private void takeSample(Task task, LineStart start, EventWord event, TextCursor rest) {
    EventFields fields =
        event.matters() ? EventText.fields(event.kind().name(), rest) : EventFields.NONE;
    UserRegisters registers = UserRegisters.NONE;
    if (event.matters() && movesBehindAbi(rest)) {
      registers = takeRegisters(rest);
      if (registers == null) {
        return;
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
  }

  /** Mostly it stands where the fields end; fields that are not needed may hold anything. */
  private static boolean movesBehindAbi(TextCursor rest) {
    rest.skipBlanks();
    stepBack(rest);
    return rest.take(ABI_WORD) || rest.moveBehindLast(ABI_WORD);
  }

  /** To the blank before the word. */
  private static void stepBack(TextCursor rest) {
    rest.moveTo(rest.at() - 1);
  }

  /**
   * The registers behind the ABI, or behind a later one: those of an interrupted kernel come before
   * those of user space. Null where they cannot be read, and the line is rejected.
   */
  private UserRegisters takeRegisters(TextCursor rest) {
    boolean numbered = rest.takesDecimal(false);
    UserRegisters registers = new UserRegisters(rest.number());
    if (numbered && takesRegisters(rest, registers)) {
      return registers;
    }
    stepBack(rest);
    if (rest.moveBehindLast(ABI_WORD)) {
      return takeRegisters(rest);
    }
    rest.skipBlanks();
    if (numbered) {
      brokenRegister(rest.takeWord());
    } else {
      malformed("no number behind ABI:");
    }
    return null;
  }

  /** Takes all registers; false where the cursor stands on a word that is none. */
  private static boolean takesRegisters(TextCursor rest, UserRegisters to) {
    int next = 0;
    for (rest.skipBlanks(); !rest.atEnd(); rest.skipBlanks()) {
      int start = rest.at();
      PerfRegister register = PerfRegister.ofPacked(rest.takePacked(':'), next);
      if (register != null && rest.takesPrefixedHex()) {
        to.put(register, rest.number());
        next = register.ordinal() + 1;
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
    return colon >= 0
        && !word.startsWith(ABI)
        && RegisterText.parse(word.substring(colon + 1)).isPresent();
  }

  private void brokenRegister(String word) {
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
}
