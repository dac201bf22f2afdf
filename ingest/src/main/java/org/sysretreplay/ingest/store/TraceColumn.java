package org.sysretreplay.ingest.store;

import java.util.Locale;
import java.util.function.Function;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Fact;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.WallClock;

/**
 * The columns of {@code traces} in their order, except for those of part files, which only a store
 * has. The lower-case names are a contract.
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
  PROCESSOR("the name of the processors", told(it -> it.processors().description())),
  PROCESSOR_ID("their vendor, family, model and stepping", told(it -> it.processors().id())),
  PROCESSORS("how many of them were running", processors()),
  LA57("whether the kernel ran with 5-level paging", flag(MachineFacts::la57)),
  FRED("whether FRED was active", flag(MachineFacts::fred)),
  HYPERVISOR("none, xen-pv, or the name of another", known(MachineFacts::hypervisor)),
  MACHINE_KERNEL_RELEASE(
      "the kernel, as the machine itself told it", known(MachineFacts::kernelRelease)),
  KERNEL_PARAMETERS(
      "those of the kernel's command line that decide how it returns",
      known(MachineFacts::kernelParameters)),
  SEEN("records: accepted, rejected and ignored", counted(Counts::seen)),
  ACCEPTED("records that are frames", counted(Counts::accepted)),
  REJECTED("records that should have been frames and could not be read", counted(Counts::rejected)),
  IGNORED("records that are no returns to user space", counted(Counts::ignored)),
  LOST("samples that the recorder says it lost", counted(Counts::lost)),
  EXITS("how many exits the accepted records stand for", counted(Counts::exits)),
  IN_KERNEL(
      "how many of the ignored are interrupts of the kernel that carry registers", inKernel()),
  FIRST_NS("time of the earliest frame, on the recorder's clock", time(TimeSpan::first)),
  LAST_NS("time of the latest frame, on the recorder's clock", time(TimeSpan::last)),
  CLOCK_OFFSET_NS(
      "what to add to a time on the recorder's clock for nanoseconds since 1970 in UTC", clock()),
  SAMPLED_EVERY("one event of so many was recorded: 1 for all, 0 where that varies", sampling());

  /** The kind of a column's values. */
  public enum Kind {
    TEXT,
    NUMBER,
    FLAG
  }

  /** Takes a column's value from a trace: a String, a Long, a Boolean or null. */
  private interface Getter {
    Object of(TraceFacts trace, Reading reading);
  }

  private record Value(Kind kind, boolean isAlwaysThere, Getter of) {}

  private static Value text(Function<TraceFacts, String> of) {
    return new Value(Kind.TEXT, true, (trace, reading) -> of.apply(trace));
  }

  private static Value told(Function<TraceHeader, String> of) {
    return new Value(Kind.TEXT, false, (trace, reading) -> nullIfEmpty(of.apply(trace.header())));
  }

  private static Value known(Function<MachineFacts, String> of) {
    return new Value(Kind.TEXT, false, (trace, reading) -> nullIfEmpty(of.apply(trace.machine())));
  }

  private static String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Value flag(Function<MachineFacts, Fact> of) {
    return new Value(Kind.FLAG, false, (trace, reading) -> value(of.apply(trace.machine())));
  }

  private static Boolean value(Fact fact) {
    return switch (fact) {
      case YES -> true;
      case NO -> false;
      case NOT_KNOWN -> null;
    };
  }

  private static Value counted(Function<Counts, Long> of) {
    return new Value(Kind.NUMBER, true, (trace, reading) -> of.apply(trace.counts(reading)));
  }

  private static Value time(Function<TimeSpan, Long> of) {
    return new Value(
        Kind.NUMBER,
        false,
        (trace, reading) -> trace.span().isEmpty() ? null : of.apply(trace.span()));
  }

  private static Value processors() {
    return new Value(
        Kind.NUMBER,
        false,
        (trace, reading) -> {
          long online = trace.header().processors().online();
          return online > 0 ? (Long) online : null;
        });
  }

  private static Value clock() {
    return new Value(
        Kind.NUMBER,
        false,
        (trace, reading) -> {
          WallClock clock = trace.header().clock();
          return clock.isKnown() ? (Long) clock.offsetNanos() : null;
        });
  }

  private static Value sampling() {
    return new Value(
        Kind.NUMBER,
        false,
        (trace, reading) -> {
          Sampling sampling = trace.header().sampling();
          return sampling.isTold() ? (Long) sampling.every() : null;
        });
  }

  private static Value inKernel() {
    return new Value(
        Kind.NUMBER,
        true,
        (trace, reading) ->
            switch (reading) {
              case ASSEMBLED -> (Long) trace.inKernel();
              // They count as accepted then.
              case AS_RECORDED -> 0L;
            });
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

  /** The meaning of the column, as part of a sentence. */
  public String sentence() {
    return sentence;
  }

  public Kind kind() {
    return value.kind();
  }

  /** Whether every row has a value. */
  public boolean isAlwaysThere() {
    return value.isAlwaysThere();
  }

  /** The column's value of a trace in that reading: a String, a Long, a Boolean or null. */
  public Object of(TraceFacts trace, Reading reading) {
    return value.of().of(trace, reading);
  }
}
