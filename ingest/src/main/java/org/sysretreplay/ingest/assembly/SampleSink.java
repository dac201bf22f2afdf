package org.sysretreplay.ingest.assembly;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.SampleInterpreter;
import org.sysretreplay.ingest.sample.TracepointEvents;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceRecord;

/** Takes the samples of one trace in time order, and hands on a record for each. */
public interface SampleSink {

  /**
   * Takes the next sample.
   *
   * @param record what {@link SampleInterpreter} makes of the sample by itself; its stage may be
   *     {@link #likelyStage}, which the sink then decides
   */
  void take(Sample sample, TraceRecord record);

  /**
   * The stage that a frame has most probably when it is handed on. Frames that come with it need no
   * copy (benchmark IngestBench).
   */
  default Stage likelyStage() {
    return Stage.EARLY;
  }

  /** Takes a record that is no sample, such as a broken line. */
  void pass(TraceRecord record);

  /** The end of the trace: hands on what was held back. */
  void end();

  /**
   * The sink for one trace.
   *
   * @param events the names of the recorded events, as far as the trace says
   * @param sampling whether it holds all of them; asked for with the first sample
   * @param to gets every record, in the order of the samples
   */
  static SampleSink of(
      Reading reading,
      Supplier<Set<String>> events,
      Supplier<Sampling> sampling,
      Consumer<TraceRecord> to) {
    return switch (reading) {
      case ASSEMBLED ->
          new ChosenSink(
              () ->
                  sampling.get().isSampled()
                      ? new EachAlone(to)
                      : new Assembler(events, to, Assembler.MAX_HELD),
              to);
      case AS_RECORDED -> new AsRecordedSink(to);
    };
  }

  /**
   * The sink for one trace that names all of its events before the first sample.
   *
   * @param events the names of all recorded events
   * @param sampling whether it holds all of them
   * @param to gets every record, in the order of the samples
   */
  static SampleSink of(
      Reading reading, Set<String> events, Sampling sampling, Consumer<TraceRecord> to) {
    return switch (reading) {
      case ASSEMBLED ->
          sampling.isSampled() || hasExitsOnly(events)
              ? new EachAlone(to)
              : new Assembler(() -> events, to, Assembler.MAX_HELD);
      case AS_RECORDED -> new AsRecordedSink(to);
    };
  }

  /**
   * Whether of the events that matter only exits of syscalls were recorded; none tells of another.
   */
  private static boolean hasExitsOnly(Set<String> events) {
    return events.stream()
        .filter(TracepointEvents::matters)
        .allMatch(TracepointEvents.SYS_EXIT::equals);
  }
}
