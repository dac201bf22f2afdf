package org.sysretreplay.ingest.store;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceHeader;

/**
 * The columns of {@code traces} in their order, but for the part files that only a store has; the
 * lower-case names are a contract.
 */
public enum TraceColumn {
  WORKLOAD("what the trace is counted under", text(TraceFacts::workload)),
  TRACE("names the trace within its workload", text(TraceFacts::traceId)),
  SOURCE("the file, as it was named", text(TraceFacts::source)),
  FORMAT("how the file was read", text(TraceFacts::format)),
  KERNEL_RELEASE("the kernel, as uname -r prints it", told(TraceHeader::kernelRelease)),
  PERF_VERSION("the version of the recorder", told(TraceHeader::perfVersion)),
  HOSTNAME("the machine", told(TraceHeader::hostname)),
  ARCH("the kind of machine", told(TraceHeader::arch)),
  COMMAND_LINE("the recorder's command line", told(TraceHeader::commandLine)),
  SEEN("records: accepted, rejected and ignored", counted(Counts::seen)),
  ACCEPTED("records that are frames", counted(Counts::accepted)),
  REJECTED("records that should have been frames and could not be read", counted(Counts::rejected)),
  IGNORED("records that are no returns to user space", counted(Counts::ignored)),
  LOST("samples that the recorder says it lost", counted(Counts::lost)),
  EXITS("how many exits the accepted records stand for", counted(Counts::exits)),
  IN_KERNEL(
      "how many of the ignored are interrupts of the kernel that carry registers",
      new Value(true, true, TraceColumn::inKernel)),
  FIRST_NS("time of the earliest frame, on the recorder's clock", time(TimeSpan::first)),
  LAST_NS("time of the latest frame, on the recorder's clock", time(TimeSpan::last));

  /** What of a trace a column holds: a Long, a String or null. */
  private interface Of {
    Object of(TraceFacts trace, Reading reading);
  }

  private record Value(boolean isNumber, boolean isAlwaysThere, Of of) {}

  private static Value text(Function<TraceFacts, String> of) {
    return new Value(false, true, (trace, reading) -> of.apply(trace));
  }

  private static Value told(Function<TraceHeader, String> of) {
    return new Value(
        false,
        false,
        (trace, reading) ->
            Optional.of(of.apply(trace.header())).filter(it -> !it.isEmpty()).orElse(null));
  }

  private static Value counted(Function<Counts, Long> of) {
    return new Value(true, true, (trace, reading) -> of.apply(trace.counts(reading)));
  }

  private static Value time(Function<TimeSpan, Long> of) {
    return new Value(
        true, false, (trace, reading) -> trace.span().isEmpty() ? null : of.apply(trace.span()));
  }

  private static Long inKernel(TraceFacts trace, Reading reading) {
    return switch (reading) {
      case ASSEMBLED -> trace.inKernel();
      // They are among the accepted.
      case AS_RECORDED -> 0L;
    };
  }

  private final String sentence;
  private final Value value;

  TraceColumn(String sentence, Value value) {
    this.sentence = sentence;
    this.value = value;
  }

  /** The name of the column. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, as part of a sentence. */
  public String sentence() {
    return sentence;
  }

  /** Whether it holds numbers, and else text. */
  public boolean isNumber() {
    return value.isNumber();
  }

  /** Whether every row has a value. */
  public boolean isAlwaysThere() {
    return value.isAlwaysThere();
  }

  /** What the column holds of a trace that is read so: a Long, a String or null. */
  public Object of(TraceFacts trace, Reading reading) {
    return value.of().of(trace, reading);
  }
}
