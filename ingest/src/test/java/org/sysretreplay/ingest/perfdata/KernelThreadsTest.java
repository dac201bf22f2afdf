package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.perfdata.SampledEvent.Field;
import org.sysretreplay.ingest.perfdata.SampledEvent.Told;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;

/** Samples whose event asks for user registers, of tasks that have none. */
class KernelThreadsTest {

  @TempDir Path folder;

  private Traces.Whole read(PerfDataBuilder file, Reading reading) throws IOException {
    return Traces.readAll(
        TraceFormat.PERF_DATA, file.writeTo(folder.resolve("perf.data")), reading);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "irq_vectors:local_timer_exit",
        "irq_vectors:reschedule_exit",
        "exceptions:page_fault_user",
        "raw_syscalls:sys_exit"
      })
  void aTaskWithoutUserRegistersIsIgnored(String name) throws IOException {
    SampledEvent event = SampledEvent.of(name, 98, 8L);
    PerfDataBuilder file = new PerfDataBuilder().event(event);
    file.sample(event.sample(Told.at(2, 10).abi(0)));
    assertThat(read(file, Reading.AS_RECORDED).records()).containsExactly(Ignored.IGNORED);
    assertThat(read(file, Reading.ASSEMBLED).records()).containsExactly(Ignored.IGNORED);
  }

  @Test
  void theSamplesAroundItAreFrames() throws IOException {
    SampledEvent timer = SampledEvent.of("irq_vectors:local_timer_exit", 98, 8L);
    PerfDataBuilder file = new PerfDataBuilder().event(timer);
    for (int i = 0; i < 10; i++) {
      file.sample(timer.sample(Told.at(5 + i, 10 * i).abi(i % 3 == 0 ? 0 : 2)));
    }
    assertThat(read(file, Reading.ASSEMBLED).counts()).isEqualTo(new Counts(10, 6, 0, 4, 0));
  }

  @Test
  void anEventThatAsksForNoUserRegistersIsARejectWithARemedy() throws IOException {
    SampledEvent timer =
        SampledEvent.of("irq_vectors:local_timer_exit", 98, 8L).without(Field.REGS_USER);
    PerfDataBuilder file = new PerfDataBuilder().event(timer);
    file.sample(timer.sample(Told.at(2, 10)));
    assertThat(read(file, Reading.ASSEMBLED).onlyReject().reason())
        .isEqualTo(RejectReason.NO_USER_REGISTERS);
  }

  @ParameterizedTest
  @EnumSource
  void ofARecordingOfAllProcessorsNothingIsRejected(Reading reading) throws IOException {
    Traces.Whole whole =
        Traces.readAll(TraceFormat.PERF_DATA, Cases.copy("kernel-threads", folder), reading);
    assertThat(whole.rejects()).isEmpty();
    assertThat(whole.counts().seen()).isEqualTo(6);
    assertThat(whole.counts().accepted()).isPositive();
    assertThat(whole.counts().ignored()).isPositive();
  }
}
