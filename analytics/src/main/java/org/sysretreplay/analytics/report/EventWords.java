package org.sysretreplay.analytics.report;

import java.util.OptionalLong;
import org.sysretreplay.analytics.ThreadEvent;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.ingest.sample.EventFields;
import org.sysretreplay.ingest.sample.EventFields.RseqAborted;
import org.sysretreplay.ingest.sample.EventFields.SignalDelivered;
import org.sysretreplay.ingest.sample.EventFields.SyscallEnter;
import org.sysretreplay.ingest.sample.EventFields.SyscallExit;

/** Describes one event of a thread in words. */
final class EventWords {

  private EventWords() {}

  static String of(ThreadEvent event) {
    EventFields fields = event.fields();
    if (fields instanceof SyscallEnter enter) {
      return "calls " + SyscallText.name(event.code32(), enter.number());
    }
    if (fields instanceof SyscallExit exit && exit.number().isPresent()) {
      return exit(event, exit.number().getAsLong(), exit.result());
    }
    if (fields instanceof SignalDelivered signal) {
      return signal(signal);
    }
    if (fields instanceof RseqAborted rseq) {
      return "restartable sequence cut off at %s, goes on at %s"
          .formatted(Hex.of(rseq.ip()), Hex.of(rseq.abortIp()));
    }
    return plain(event);
  }

  private static String exit(ThreadEvent event, long number, OptionalLong result) {
    return SyscallText.exit(event.code32(), number, result);
  }

  private static String signal(SignalDelivered signal) {
    String taken = "signal %d taken, ".formatted(signal.signal());
    if (signal.hasHandler()) {
      return taken + "handler " + Hex.of(signal.handler());
    }
    return taken + (signal.handler() == 0 ? "default action" : "ignored");
  }

  private static String plain(ThreadEvent event) {
    if (event.inKernel()) {
      return "interrupt of the kernel";
    }
    String at = event.rip().isPresent() ? " at rip " + Hex.of(event.rip().getAsLong()) : "";
    return event.entry().map(it -> kind(it) + at).orElse("");
  }

  private static String kind(EntryKind entry) {
    return switch (entry) {
      case SYSCALL, FORK -> "syscall";
      case INTERRUPT -> "interrupt";
      case EXCEPTION -> "fault";
      case COMPAT -> "32-bit code";
    };
  }
}
