package org.sysretreplay.ingest.perfscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceException;

/** Texts that were once misread, and the records that each gives. */
class CasesTest {

  private static Path file(String name) {
    try {
      return Path.of(CasesTest.class.getResource("/cases/" + name + ".perf.script").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Traces.Whole read(String name) {
    return Traces.readAll(TraceFormat.PERF_SCRIPT, file(name), Reading.ASSEMBLED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"callchain", "deltatime", "deltatime-control", "rhel7", "stderr-mixed-in"})
  void allAreRecognised(String name) {
    assertThat(TraceInputs.find(List.of(file(name)), Optional.empty(), Optional.empty()).traces())
        .singleElement()
        .satisfies(it -> assertThat(it.format()).isEqualTo(TraceFormat.PERF_SCRIPT));
  }

  /** The second sample's registers were cut off with its stack. */
  @Test
  void registersStandBehindTheStack() {
    Traces.Whole read = read("callchain");
    assertThat(read.counts().seen()).isEqualTo(2);
    assertThat(read.frames())
        .singleElement()
        .satisfies(it -> assertThat(it.syscall()).hasValue(59));
    assertThat(read.rejects())
        .extracting(Reject::reason)
        .containsExactly(RejectReason.NO_USER_REGISTERS);
  }

  @Test
  void messagesOfPerfStandAboveTheLines() {
    Traces.Whole read = read("stderr-mixed-in");
    assertThat(read.frames()).hasSize(2);
    assertThat(read.rejects()).hasSize(7).allMatch(it -> it.detail().contains("a message of perf"));
  }

  @Test
  void differencesAreNoTimes() {
    assertThatThrownBy(() -> read("deltatime"))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("perf script --deltatime");
    List<ExitFrame> exits =
        read("deltatime-control").frames().stream()
            .filter(it -> it.entry() == EntryKind.SYSCALL)
            .toList();
    assertThat(exits).hasSize(53);
    assertThat(exits.stream().filter(it -> it.cause().equals(Optional.of(Cause.SIGNAL_DELIVERY))))
        .hasSize(1);
  }

  @Test
  void anOldKernelDoesNotReportRcx() {
    Traces.Whole read = read("rhel7");
    assertThat(read.frames()).isEmpty();
    assertThat(read.rejects()).extracting(Reject::reason).containsOnly(RejectReason.RCX_UNKNOWN);
    assertThat(read.rejects()).hasSize(4).allMatch(it -> it.sentence().contains("from 4.2 on"));
  }
}
