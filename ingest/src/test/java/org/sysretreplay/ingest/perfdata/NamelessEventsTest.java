package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.perfdata.PerfDataBuilder.Naming;
import org.sysretreplay.ingest.perfdata.SampledEvent.Told;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;

/** Events that a recording does not name, beside those that it does. */
class NamelessEventsTest {

  private static final int HEADER_ATTR = 64;
  private static final int ATTR_BYTES = 136;

  @TempDir Path folder;

  private final SampledEvent exit = SampledEvent.sysExit();

  private Traces.Whole read(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("perf.data"), bytes);
    return Traces.readAll(TraceFormat.PERF_DATA, file, Reading.ASSEMBLED);
  }

  private static PerfDataBuilder attr(PerfDataBuilder pipe, SampledEvent event) {
    LittleEndianOutput body =
        new LittleEndianOutput().bytes(Arrays.copyOf(event.attr(ATTR_BYTES), ATTR_BYTES));
    event.ids().forEach(body::u64);
    return pipe.record(HEADER_ATTR, body.toBytes());
  }

  /** The section of descriptions with only these events. */
  private static byte[] descriptions(SampledEvent... events) {
    LittleEndianOutput section = new LittleEndianOutput().u32(events.length).u32(ATTR_BYTES);
    for (SampledEvent event : events) {
      section.bytes(Arrays.copyOf(event.attr(ATTR_BYTES), ATTR_BYTES)).u32(event.ids().size());
      section.perfString(event.name());
      event.ids().forEach(section::u64);
    }
    return section.toBytes();
  }

  private PerfDataBuilder describing(SampledEvent... described) {
    return new PerfDataBuilder()
        .naming(Naming.NONE)
        .feature(PerfDataBuilder.FEATURE_EVENT_DESC, descriptions(described));
  }

  /** Hardware, software, cache, raw, breakpoint, and a unit that the kernel numbers as it likes. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 4, 5, 8, 27})
  void samplesOfWhatIsNoTracepointAreIgnoredInAFile(long type) throws IOException {
    SampledEvent other = SampledEvent.of("cycles", 5, 8L).type(type);
    PerfDataBuilder file = describing(exit).event(exit).event(other);
    file.sample(other.sample(Told.at(5, 10))).sample(exit.sample(Told.at(5, 20)));
    assertThat(read(file.toBytes()).counts()).isEqualTo(new Counts(2, 1, 0, 1, 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 4, 5, 8, 27})
  void samplesOfWhatIsNoTracepointAreIgnoredInAPipe(long type) throws IOException {
    SampledEvent other = SampledEvent.of("cycles", 5, 8L).type(type);
    PerfDataBuilder pipe = new PerfDataBuilder().event(exit);
    attr(attr(pipe, other), exit).tracingDataRecord();
    pipe.sample(other.sample(Told.at(5, 10))).sample(exit.sample(Told.at(5, 20)));
    assertThat(read(pipe.toPipeBytes()).counts()).isEqualTo(new Counts(2, 1, 0, 1, 0));
  }

  @Test
  void samplesOfATracepointWithoutANameAreRejectedAndTheOthersStay() throws IOException {
    SampledEvent other = SampledEvent.of("sched:sched_switch", 300, 8L);
    PerfDataBuilder file = describing(exit).event(other).event(exit);
    file.sample(other.sample(Told.at(5, 10))).sample(exit.sample(Told.at(5, 20)));
    Traces.Whole whole = read(file.toBytes());
    assertThat(whole.frames()).hasSize(1);
    assertThat(whole.rejects())
        .singleElement()
        .satisfies(it -> assertThat(it.reason()).isEqualTo(RejectReason.EVENT_NAMELESS))
        .satisfies(
            it ->
                assertThat(it.detail())
                    .isEqualTo(
                        "the sample is of a tracepoint that the recording does not name (its number"
                            + " is 300)"));
  }

  @Test
  void anEventNeverGetsTheNameOfAnotherThatIsDescribedAtItsIndex() throws IOException {
    SampledEvent clock = SampledEvent.of("cpu-clock", 0, 9L).type(1);
    PerfDataBuilder file = describing(exit).event(clock).event(exit);
    file.sample(clock.sample(Told.at(5, 10)));
    assertThat(read(file.toBytes()).records()).containsExactly(Ignored.IGNORED);
  }

  @Test
  void aFileWithoutAnyNameAndWithoutTracepointsIsRead() throws IOException {
    SampledEvent clock = SampledEvent.of("cpu-clock", 0, 9L).type(1);
    PerfDataBuilder file = new PerfDataBuilder().naming(Naming.NONE).event(clock);
    file.sample(clock.sample(Told.at(5, 10)));
    assertThat(read(file.toBytes()).records()).containsExactly(Ignored.IGNORED);
  }

  @Test
  void samplesWithoutAnIdAreRejectedForThat() throws IOException {
    exit.without(SampledEvent.Field.IDENTIFIER);
    SampledEvent other =
        SampledEvent.of("sched:sched_switch", 300, 8L).without(SampledEvent.Field.IDENTIFIER);
    PerfDataBuilder file = new PerfDataBuilder().event(exit).event(other);
    file.sample(exit.sample(Told.at(5, 20)));
    assertThat(read(file.toBytes()).onlyReject().detail())
        .isEqualTo("the sample does not say which of the events it is of");
  }

  @Test
  void ofARealPipeNothingIsRejected() throws IOException {
    assertThat(read(Cases.bytes("pipe-without-names")).counts())
        .isEqualTo(new Counts(60, 59, 0, 1, 0));
  }
}
