package org.sysretreplay.ingest.ftrace;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.ingest.sample.TracepointEvents;

/** The events that matter, by the names that ftrace prints, which lack their group. */
final class FtraceEvents {

  /** Probes that carry the registers of a return as fields. */
  private static final Set<String> PROBES =
      Set.of(
          TracepointEvents.PROBE_SYSCALL,
          TracepointEvents.PROBE_EXCEPTION,
          TracepointEvents.PROBE_INTERRUPT);

  /**
   * Tracepoints that show what happened to a return. Others that give frames in perf's formats,
   * such as {@code sys_exit}, carry no registers here.
   */
  private static final Set<String> EVIDENCE =
      Set.of(
          TracepointEvents.SYS_ENTER,
          TracepointEvents.SIGNAL_DELIVER,
          TracepointEvents.RSEQ_IP_FIXUP);

  private static final Map<String, String> FULL_NAMES =
      Stream.concat(PROBES.stream(), EVIDENCE.stream())
          .collect(
              Collectors.toUnmodifiableMap(
                  name -> name.substring(name.indexOf(':') + 1), Function.identity()));

  private FtraceEvents() {}

  /** The name with its group, if the event matters; otherwise the name as it is. */
  static String fullName(String printed) {
    return FULL_NAMES.getOrDefault(printed, printed);
  }

  /** How the kernel was entered before the return that a probe shows; empty for other events. */
  static Optional<EntryKind> probeOf(String event) {
    return PROBES.contains(event) ? TracepointEvents.entryOf(event) : Optional.empty();
  }

  /** Whether the event shows what happened to a return. */
  static boolean isEvidence(String event) {
    return EVIDENCE.contains(event);
  }
}
