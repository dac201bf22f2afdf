package org.sysretreplay.ingest.perfdata;

import java.util.Map;
import java.util.OptionalLong;
import org.sysretreplay.ingest.EventFields;
import org.sysretreplay.ingest.EventFields.Arguments;
import org.sysretreplay.ingest.EventFields.RseqAborted;
import org.sysretreplay.ingest.EventFields.SignalDelivered;
import org.sysretreplay.ingest.EventFields.SyscallEnter;
import org.sysretreplay.ingest.EventFields.SyscallExit;
import org.sysretreplay.ingest.TracepointEvents;
import org.sysretreplay.ingest.perfdata.TracepointFormat.Field;

/**
 * The fields of a sample's raw data, found by the event's format, or, in files without formats,
 * where they stand on every kernel so far.
 */
final class RawFields {

  private static final Map<String, Field> SYS_ENTER =
      Map.of("id", new Field(8, 8), "args", new Field(16, 48));
  private static final Map<String, Field> SYS_EXIT =
      Map.of("id", new Field(8, 8), "ret", new Field(16, 8));
  private static final Map<String, Field> SIGNAL_DELIVER =
      Map.of("sig", new Field(8, 4), "sa_handler", new Field(24, 8));
  private static final Map<String, Field> RSEQ_IP_FIXUP =
      Map.of("regs_ip", new Field(8, 8), "abort_ip", new Field(32, 8));

  private final ByteCursor raw;
  private final Map<String, Field> fields;

  private RawFields(ByteCursor raw, Map<String, Field> fields) {
    this.raw = raw;
    this.fields = fields;
  }

  /** What the event's raw data tells; nothing where it does not reach a field. */
  static EventFields read(PerfEvent event, ByteCursor raw) {
    return switch (event.name()) {
      case TracepointEvents.SYS_ENTER -> of(event, SYS_ENTER, raw).syscallEnter();
      case TracepointEvents.SYS_EXIT -> of(event, SYS_EXIT, raw).syscallExit();
      case TracepointEvents.SIGNAL_DELIVER -> of(event, SIGNAL_DELIVER, raw).signalDelivered();
      case TracepointEvents.RSEQ_IP_FIXUP -> of(event, RSEQ_IP_FIXUP, raw).rseqAborted();
      default -> EventFields.NONE;
    };
  }

  private static RawFields of(PerfEvent event, Map<String, Field> usual, ByteCursor raw) {
    return new RawFields(raw, event.format().map(TracepointFormat::fields).orElse(usual));
  }

  private EventFields syscallExit() {
    return new SyscallExit(word("id"), word("ret"));
  }

  private EventFields syscallEnter() {
    OptionalLong number = word("id");
    Field args = fields.get("args");
    if (number.isEmpty() || args == null || !isThere(args, 4 * Long.BYTES)) {
      return EventFields.NONE;
    }
    int at = args.offset();
    return new SyscallEnter(
        number.getAsLong(),
        new Arguments(
            raw.at(at),
            raw.at(at + Long.BYTES),
            raw.at(at + 2 * Long.BYTES),
            raw.at(at + 3 * Long.BYTES)));
  }

  private EventFields signalDelivered() {
    OptionalLong handler = word("sa_handler");
    Field signal = fields.get("sig");
    if (handler.isEmpty() || signal == null || !isThere(signal, Integer.BYTES)) {
      return EventFields.NONE;
    }
    return new SignalDelivered(raw.peekU32("sig", signal.offset()), handler.getAsLong());
  }

  private EventFields rseqAborted() {
    OptionalLong ip = word("regs_ip");
    OptionalLong abortIp = word("abort_ip");
    return ip.isPresent() && abortIp.isPresent()
        ? new RseqAborted(ip.getAsLong(), abortIp.getAsLong())
        : EventFields.NONE;
  }

  /** A 64-bit field; absent where the raw data does not reach it. */
  private OptionalLong word(String name) {
    Field field = fields.get(name);
    boolean there = field != null && field.size() == Long.BYTES && isThere(field, Long.BYTES);
    return there ? OptionalLong.of(raw.at(field.offset())) : OptionalLong.empty();
  }

  private boolean isThere(Field field, int bytes) {
    return field.size() >= bytes && field.offset() <= raw.left() - bytes;
  }
}
