package org.sysretreplay.ingest.text;

import java.util.OptionalLong;
import org.sysretreplay.ingest.sample.EventFields;
import org.sysretreplay.ingest.sample.EventFields.RseqAborted;
import org.sysretreplay.ingest.sample.EventFields.SignalDelivered;
import org.sysretreplay.ingest.sample.EventFields.SyscallEnter;
import org.sysretreplay.ingest.sample.EventFields.SyscallExit;
import org.sysretreplay.ingest.sample.OptionalLongCache;
import org.sysretreplay.ingest.sample.TracepointEvents;

/**
 * Parses the fields of an event as the kernel's print formats write them, in perf script and in
 * ftrace alike. Text in another form gives no fields and is no error.
 */
public final class EventText {

  private static final EventFields NOTHING_TOLD =
      new SyscallExit(OptionalLongCache.NONE, OptionalLongCache.NONE);

  private EventText() {}

  /**
   * The fields in the text behind the event's name.
   *
   * @param text stands right behind the colon of the event's name
   */
  public static EventFields fields(String event, TextCursor text) {
    text.skipBlanks();
    return switch (event) {
      case TracepointEvents.SYS_ENTER -> syscallEnter(text);
      case TracepointEvents.SYS_EXIT -> syscallExit(text);
      case TracepointEvents.SIGNAL_DELIVER -> signalDelivered(text);
      case TracepointEvents.RSEQ_IP_FIXUP -> rseqAborted(text);
      default -> EventFields.NONE;
    };
  }

  /** {@code NR 1 = 5}. */
  private static EventFields syscallExit(TextCursor text) {
    if (!takesNumber(text)) {
      return NOTHING_TOLD;
    }
    OptionalLong number = OptionalLongCache.of(text.number());
    boolean result = text.take(' ') && text.take('=') && text.take(' ') && text.takesDecimal(true);
    return new SyscallExit(
        number, result ? OptionalLongCache.of(text.number()) : OptionalLongCache.NONE);
  }

  /** {@code NR 1 (0, 7ffd, 2, 0, 0, 0)}, the arguments in hexadecimal digits. */
  private static EventFields syscallEnter(TextCursor text) {
    if (!takesNumber(text)) {
      return EventFields.NONE;
    }
    long number = text.number();
    if (!text.take(' ') || !text.take('(') || !text.takesHex()) {
      return EventFields.NONE;
    }
    long first = text.number();
    if (!takesNext(text)) {
      return EventFields.NONE;
    }
    long second = text.number();
    if (!takesNext(text)) {
      return EventFields.NONE;
    }
    long third = text.number();
    return takesNext(text)
        ? new SyscallEnter(number, first, second, third, text.number())
        : EventFields.NONE;
  }

  /** Takes the next argument, and says whether there is one. */
  private static boolean takesNext(TextCursor text) {
    text.take(',');
    text.skipBlanks();
    return text.takesHex();
  }

  private static boolean takesNumber(TextCursor text) {
    return text.take('N') && text.take('R') && text.take(' ') && text.takesDecimal(true);
  }

  /** {@code sig=14 errno=0 code=128 sa_handler=56074df4c340 sa_flags=14000000}. */
  private static EventFields signalDelivered(TextCursor text) {
    int start = text.at();
    OptionalLong signal = text.moveBehind("sig=") ? text.takeDecimal(true) : OptionalLong.empty();
    text.moveTo(start);
    OptionalLong handler = text.moveBehind("sa_handler=") ? wholeHex(text) : OptionalLong.empty();
    text.moveTo(start);
    OptionalLong flags = text.moveBehind("sa_flags=") ? wholeHex(text) : OptionalLong.empty();
    return signal.isPresent() && handler.isPresent()
        ? new SignalDelivered(signal.getAsLong(), handler.getAsLong(), flags.orElse(0))
        : EventFields.NONE;
  }

  /** {@code regs_ip=0x401000 start_ip=0x... post_commit_offset=8 abort_ip=0x...}. */
  private static EventFields rseqAborted(TextCursor text) {
    int start = text.at();
    OptionalLong ip = text.moveBehind("regs_ip=0x") ? wholeHex(text) : OptionalLong.empty();
    text.moveTo(start);
    OptionalLong abort = text.moveBehind("abort_ip=0x") ? wholeHex(text) : OptionalLong.empty();
    return ip.isPresent() && abort.isPresent()
        ? new RseqAborted(ip.getAsLong(), abort.getAsLong())
        : EventFields.NONE;
  }

  /** A number that is its whole word: with a prefix it is that of another print format. */
  private static OptionalLong wholeHex(TextCursor text) {
    OptionalLong number = text.takeHex();
    return text.atEnd() || text.peek() == ' ' ? number : OptionalLong.empty();
  }
}
