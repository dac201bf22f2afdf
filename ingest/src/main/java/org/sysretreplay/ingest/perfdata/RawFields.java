package org.sysretreplay.ingest.perfdata;

import java.util.Map;
import java.util.Optional;
import org.sysretreplay.ingest.perfdata.TracepointFormat.Field;
import org.sysretreplay.ingest.sample.EventFields;
import org.sysretreplay.ingest.sample.EventFields.RseqAborted;
import org.sysretreplay.ingest.sample.EventFields.SignalDelivered;
import org.sysretreplay.ingest.sample.EventFields.SyscallEnter;
import org.sysretreplay.ingest.sample.EventFields.SyscallExit;
import org.sysretreplay.ingest.sample.OptionalLongCache;
import org.sysretreplay.ingest.sample.TracepointEvents;

/**
 * The layout of an event's fields in the raw data of its samples: that of the event's format file,
 * or, if the recording has none, the layout that all kernels have had so far.
 */
sealed interface RawFields {

  /**
   * Reads the fields from the raw data of a sample; {@link EventFields#NONE} if it is too short for
   * one.
   *
   * @param body the sample's body
   * @param start the position of the raw data in it
   * @param bytes the size of the raw data
   */
  EventFields read(ByteCursor body, int start, int bytes);

  /** The layout of the event of that name. */
  static RawFields of(String event, Optional<TracepointFormat> format) {
    Optional<Map<String, Field>> told = format.map(TracepointFormat::fields);
    return switch (event) {
      case TracepointEvents.SYS_ENTER -> {
        Map<String, Field> fields =
            told.orElse(Map.of("id", new Field(8, 8), "args", new Field(16, 48)));
        yield new Enter(word(fields, "id"), part(fields, "args", 4 * Long.BYTES));
      }
      case TracepointEvents.SYS_EXIT -> {
        Map<String, Field> fields =
            told.orElse(Map.of("id", new Field(8, 8), "ret", new Field(16, 8)));
        yield new Exit(word(fields, "id"), word(fields, "ret"));
      }
      case TracepointEvents.SIGNAL_DELIVER -> {
        Map<String, Field> fields =
            told.orElse(
                Map.of(
                    "sig", new Field(8, 4),
                    "sa_handler", new Field(24, 8),
                    "sa_flags", new Field(32, 8)));
        yield new Signal(
            part(fields, "sig", Integer.BYTES),
            word(fields, "sa_handler"),
            word(fields, "sa_flags"));
      }
      case TracepointEvents.RSEQ_IP_FIXUP -> {
        Map<String, Field> fields =
            told.orElse(Map.of("regs_ip", new Field(8, 8), "abort_ip", new Field(32, 8)));
        yield new Rseq(word(fields, "regs_ip"), word(fields, "abort_ip"));
      }
      default -> new None();
    };
  }

  /** A 64-bit field. */
  private static Part word(Map<String, Field> fields, String name) {
    Field field = fields.get(name);
    return field != null && field.size() == Long.BYTES
        ? new Part(field.offset(), Long.BYTES)
        : Part.NOWHERE;
  }

  /** The first bytes of a field that has at least so many. */
  private static Part part(Map<String, Field> fields, String name, int bytes) {
    Field field = fields.get(name);
    return field != null && field.size() >= bytes ? new Part(field.offset(), bytes) : Part.NOWHERE;
  }

  /** Some bytes of the raw data, from that offset on. */
  record Part(int offset, int bytes) {

    /** A field that the event does not have. */
    static final Part NOWHERE = new Part(0, Integer.MAX_VALUE);

    boolean isIn(int rawBytes) {
      return offset <= rawBytes - bytes;
    }
  }

  /** An event whose fields do not matter. */
  record None() implements RawFields {
    @Override
    public EventFields read(ByteCursor body, int start, int bytes) {
      return EventFields.NONE;
    }
  }

  /** The fields of {@code raw_syscalls:sys_enter}. */
  record Enter(Part number, Part arguments) implements RawFields {
    @Override
    public EventFields read(ByteCursor body, int start, int bytes) {
      if (!number.isIn(bytes) || !arguments.isIn(bytes)) {
        return EventFields.NONE;
      }
      int at = start + arguments.offset();
      return new SyscallEnter(
          body.at(start + number.offset()),
          body.at(at),
          body.at(at + Long.BYTES),
          body.at(at + 2 * Long.BYTES),
          body.at(at + 3 * Long.BYTES));
    }
  }

  /** The fields of {@code raw_syscalls:sys_exit}. */
  record Exit(Part number, Part result) implements RawFields {
    @Override
    public EventFields read(ByteCursor body, int start, int bytes) {
      return new SyscallExit(
          number.isIn(bytes)
              ? OptionalLongCache.of(body.at(start + number.offset()))
              : OptionalLongCache.NONE,
          result.isIn(bytes)
              ? OptionalLongCache.of(body.at(start + result.offset()))
              : OptionalLongCache.NONE);
    }
  }

  /** The fields of {@code signal:signal_deliver}. */
  record Signal(Part signal, Part handler, Part flags) implements RawFields {
    @Override
    public EventFields read(ByteCursor body, int start, int bytes) {
      return handler.isIn(bytes) && signal.isIn(bytes)
          ? new SignalDelivered(
              body.peekU32("sig", start + signal.offset()),
              body.at(start + handler.offset()),
              flags.isIn(bytes) ? body.at(start + flags.offset()) : 0)
          : EventFields.NONE;
    }
  }

  /** The fields of {@code rseq:rseq_ip_fixup}. */
  record Rseq(Part ip, Part abortIp) implements RawFields {
    @Override
    public EventFields read(ByteCursor body, int start, int bytes) {
      return ip.isIn(bytes) && abortIp.isIn(bytes)
          ? new RseqAborted(body.at(start + ip.offset()), body.at(start + abortIp.offset()))
          : EventFields.NONE;
    }
  }
}
