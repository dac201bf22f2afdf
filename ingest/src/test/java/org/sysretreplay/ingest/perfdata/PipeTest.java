package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.perfdata.SampledEvent.Told;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Processors;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.WallClock;

/** Recordings as perf writes them into a pipe, record by record. */
class PipeTest {

  private static final int HEADER_ATTR = 64;
  private static final int ATTR_BYTES = 96;

  @TempDir Path folder;

  private final SampledEvent exit = SampledEvent.sysExit();
  private final SampledEvent fault = SampledEvent.of("exceptions:page_fault_user", 98, 8L);
  private final PerfDataBuilder pipe = new PerfDataBuilder().event(exit).event(fault);

  private void attr(SampledEvent event) {
    LittleEndianOutput body =
        new LittleEndianOutput().bytes(Arrays.copyOf(event.attr(ATTR_BYTES), ATTR_BYTES));
    event.ids().forEach(body::u64);
    pipe.record(HEADER_ATTR, body.toBytes());
  }

  private Traces.Whole read() throws IOException {
    Path file = Files.write(folder.resolve("perf.data"), pipe.toPipeBytes());
    return Traces.readAll(TraceFormat.PERF_DATA, file);
  }

  @Test
  void anAttributeBehindTheFirstSampleNamesTheSamplesBehindIt() throws IOException {
    attr(exit);
    pipe.tracingDataRecord().sample(exit.sample(Told.at(1, 10)));
    attr(fault);
    pipe.sample(fault.sample(Told.at(2, 20))).sample(exit.sample(Told.at(3, 30)));
    assertThat(read().frames())
        .extracting(ExitFrame::event)
        .extracting(it -> it.orElseThrow())
        .containsExactly(exit.name(), fault.name(), exit.name());
  }

  private void feature(int bit, LittleEndianOutput section) {
    pipe.record(80, new LittleEndianOutput().u64(bit).bytes(section.toBytes()).toBytes());
  }

  @Test
  void theHeaderSaysWhatTheRecordsInFrontSay() throws IOException {
    attr(exit);
    feature(4, new LittleEndianOutput().perfString("6.12.1"));
    feature(6, new LittleEndianOutput().perfString("x86_64"));
    feature(7, new LittleEndianOutput().u32(64).u32(48));
    feature(8, new LittleEndianOutput().perfString("AMD EPYC 9654"));
    feature(9, new LittleEndianOutput().perfString("AuthenticAMD,25,17,1"));
    feature(11, new LittleEndianOutput().u32(2).perfString("perf").perfString("record"));
    pipe.tracingDataRecord().sample(exit.sample(Told.at(1, 10)));
    assertThat(read().header())
        .isEqualTo(
            new TraceHeader("6.12.1", "", "", "x86_64", "perf record")
                .withProcessors(new Processors("AMD EPYC 9654", "AuthenticAMD,25,17,1", 48))
                .withSampling(Sampling.WHOLE));
  }

  /** As perf record -k CLOCK_MONOTONIC writes it. */
  @Test
  void theTimeOfDayIsToldByTheOffsetOfTheClock() throws IOException {
    LittleEndianOutput clock = new LittleEndianOutput().u32(1).u32(1);
    feature(29, clock.u64(1_795_886_400_835_039_000L).u64(28_218_448_211_689L));
    pipe.tracingDataRecord().sample(exit.sample(Told.at(1, 10)));
    assertThat(read().header().clock())
        .isEqualTo(new WallClock(true, 1_795_886_400_835_039_000L - 28_218_448_211_689L));
  }

  @Test
  void aClockThatIsWrittenInAnotherWayTellsNothing() throws IOException {
    feature(29, new LittleEndianOutput().u32(2).u32(1).u64(5).u64(3));
    pipe.tracingDataRecord().sample(exit.sample(Told.at(1, 10)));
    assertThat(read().header().clock()).isEqualTo(WallClock.UNKNOWN);
  }

  @Test
  void aSecondBlobOfTracingDataIsPassedOver() throws IOException {
    attr(exit);
    pipe.tracingDataRecord().tracingDataRecord().sample(exit.sample(Told.at(1, 10)));
    assertThat(read().onlyFrame().event()).contains(exit.name());
  }

  @Test
  void attributesAmongTheRecordsTakeTimeByTheirNumberOnly() throws IOException {
    exit.sampleIdAll(false);
    pipe.tracingDataRecord();
    for (int i = 0; i < 40_000; i++) {
      attr(exit);
      pipe.comm(exit, 5, "x", 0);
    }
    assertTimeoutPreemptively(Duration.ofSeconds(10), this::read);
  }

  @Test
  void moreAttributesThanARecordingCanHaveAreRefused() {
    for (int i = 0; i <= EventLimit.MAX_EVENTS; i++) {
      attr(exit);
    }
    assertThatThrownBy(this::read)
        .isInstanceOf(TraceException.class)
        .hasMessageEndingWith(
            "perf.data: its header has more than 65536 events; copy the file whole, or record"
                + " again.");
  }
}
