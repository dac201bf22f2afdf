package org.sysretreplay.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.TracepointEvents;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** The stages of frames, the order in which records are handed on, and how many are held back. */
class StageTest {

  private static final long READ = 0;
  private static final Registers CALL = Registers.ofSyscall(0x40_1002, 0x246);
  private static final Registers LOOP = new Registers(0x40_2000, 0x11, 0x22, 0x246, 0x33, 0x2b);

  private final Events events = new Events();

  private static List<Stage> stages(List<TraceRecord> records) {
    return Events.frames(records).stream().map(it -> it.assembly().stage()).toList();
  }

  private List<Stage> stages(Set<String> recorded) {
    return stages(events.assembled(recorded, 100));
  }

  @Test
  void atTheEndOfTheTraceNothingSaysWhatCameAfter() {
    assertThat(stages(events.call(READ, 5, CALL).assembled())).containsExactly(Stage.EARLY);
  }

  @Test
  void anAmendedFrameIsAmendedAtTheEndOfTheTraceToo() {
    assertThat(stages(events.call(READ, 5, CALL).signal(0x40_5000, CALL).assembled()))
        .containsExactly(Stage.AMENDED);
  }

  @Test
  void withoutSignalsNoFrameIsFinal() {
    events.call(READ, 5, CALL).fault(LOOP).fault(LOOP);

    assertThat(stages(Set.of(TracepointEvents.SYS_ENTER, TracepointEvents.SYS_EXIT)))
        .containsOnly(Stage.EARLY);
  }

  @Test
  void withSignalsSyscallsAndFaultsAreFinal() {
    events.exit(READ, 5, CALL).fault(LOOP).exit(READ, 5, CALL);

    assertThat(stages(Set.of(TracepointEvents.SIGNAL_DELIVER)))
        .containsExactly(Stage.FINAL, Stage.FINAL, Stage.EARLY);
  }

  @Test
  void whereTheTraceDoesNotNameItsEventsTheyCountFromTheFirstOn() {
    events.fault(LOOP).fault(LOOP).signal(0, LOOP).fault(LOOP).fault(LOOP);

    assertThat(stages(Set.of()))
        .containsExactly(Stage.EARLY, Stage.FINAL, Stage.FINAL, Stage.EARLY);
  }

  @Test
  void whereTheTraceDoesNotNameItsEventsInterruptsCountFromTheFirstSyscallOn() {
    events.interrupt(LOOP).interrupt(LOOP).enter(READ, CALL).exit(READ, 5, CALL).interrupt(LOOP);

    assertThat(stages(Set.of(TracepointEvents.SIGNAL_DELIVER)))
        .containsExactly(Stage.EARLY, Stage.FINAL, Stage.FINAL, Stage.EARLY);
  }

  @Test
  void eventsOfAnotherThreadCloseNothing() {
    events.call(READ, 5, CALL).on(Events.OTHER_THREAD).call(READ, 5, CALL);

    assertThat(stages(events.assembled())).containsExactly(Stage.EARLY, Stage.EARLY);
  }

  @Test
  void aSampleThatDoesNotNameItsThreadStaysAsItIs() {
    events.onNoThread().exit(READ, 5, CALL).signal(0x40_5000, CALL).interrupt(LOOP);

    assertThat(events.assembled())
        .hasExactlyElementsOfTypes(Accepted.class, Ignored.class, Accepted.class);
    assertThat(events.frames()).extracting(ExitFrame::registers).containsExactly(CALL, LOOP);
    assertThat(stages(events.assembled())).containsOnly(Stage.EARLY);
  }

  /** Every thread outside of the recorder's PID namespace has number 0. */
  @Test
  void aSampleOfThread0MayBeOfAnyThread() {
    events.on(0).enter(READ, CALL).interrupt(LOOP).exit(READ, 5, CALL).signal(0x40_5000, CALL);
    events.exit(56, 0, CALL).fault(LOOP);

    assertThat(events.frames())
        .extracting(ExitFrame::registers)
        .containsExactly(LOOP, CALL, CALL, LOOP);
    assertThat(stages(events.assembled())).containsOnly(Stage.EARLY);
    assertThat(events.frames()).allMatch(it -> it.task().tid().getAsLong() == 0);
    assertThat(events.frames().get(2).path()).isEqualTo(EntryPath.FORK_CHILD);
  }

  // Order

  @Test
  void recordsComeOutInTheOrderOfTheSamplesHoweverLongAFrameIsOpen() {
    events.call(READ, 5, CALL).on(Events.OTHER_THREAD).unused().call(READ, 5, CALL);
    events.exitWithoutRegisters(READ, 5).fault(LOOP).on(Events.THREAD).fault(LOOP);

    assertThat(events.assembled())
        .hasExactlyElementsOfTypes(
            Ignored.class,
            Accepted.class,
            Ignored.class,
            Ignored.class,
            Accepted.class,
            Rejected.class,
            Accepted.class,
            Accepted.class);
    assertThat(events.frames()).extracting(ExitFrame::seq).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void aRecordThatIsNoSampleKeepsItsPlaceToo() {
    List<TraceRecord> records = new ArrayList<>();
    Assembler assembler = new Assembler(() -> Events.ALL, records::add, 100);
    events.exit(READ, 5, CALL).samples().forEach(it -> assembler.take(it, Events.interpret(it)));
    TraceRecord other =
        new Rejected(new Reject(Place.ofLine("x", 1), RejectReason.MALFORMED_LINE, "", ""));

    assembler.pass(other);
    assertThat(records).isEmpty();
    assembler.end();
    assertThat(records).hasSize(2).last().isSameAs(other);
  }

  // Memory

  @Test
  void whenTooManyRecordsWaitTheOldestFrameIsHandedOnEarlyAndNoneIsLost() {
    events.call(READ, 5, CALL).on(Events.OTHER_THREAD);
    LongStream.range(0, 10).forEach(i -> events.call(READ, 5, CALL));
    events.on(Events.THREAD).signal(0x40_5000, CALL);

    List<TraceRecord> records = events.assembled(Events.ALL, 4);

    assertThat(records).hasSize(events.samples().size());
    assertThat(Events.frames(records))
        .extracting(ExitFrame::seq)
        .containsExactlyElementsOf(LongStream.range(0, 11).boxed().toList());
    assertThat(Events.frames(records).get(0).registers()).isEqualTo(CALL);
    assertThat(stages(records)).startsWith(Stage.EARLY, Stage.FINAL).endsWith(Stage.EARLY);
  }

  @Test
  void neverMoreRecordsWaitThanAreAllowed() {
    List<TraceRecord> records = new ArrayList<>();
    Assembler assembler = new Assembler(() -> Events.ALL, records::add, 8);
    LongStream.range(0, 1_000).forEach(i -> events.on(i % 50).call(READ, 5, CALL));
    int taken = 0;
    for (Sample sample : events.samples()) {
      assembler.take(sample, Events.interpret(sample));
      taken++;
      assertThat(taken - records.size()).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void ofVeryManyThreadsThoseNotSeenForLongAreForgottenAndTheirFramesHandedOnEarly() {
    int threads = (1 << 16) + 1;
    LongStream.rangeClosed(1, threads).forEach(i -> events.on(i).fault(LOOP));
    List<TraceRecord> records = new ArrayList<>();
    Assembler assembler = new Assembler(() -> Events.ALL, records::add, Integer.MAX_VALUE);

    events.samples().forEach(it -> assembler.take(it, Events.interpret(it)));

    assertThat(stages(records)).containsExactly(Stage.EARLY);
    assertThat(Events.frames(records).get(0).task().tid()).hasValue(1);
    assembler.end();
    assertThat(records).hasSize(threads);
  }

  /** As perf script prints them without its field trace. */
  @Test
  void whatUnreadableEventsDoNotTellIsNotSure() {
    Events events =
        new Events()
            .unreadable(TracepointEvents.SYS_ENTER, CALL)
            .interrupt(CALL)
            .unreadableExit(CALL)
            .interrupt(LOOP)
            .unreadable(TracepointEvents.SIGNAL_DELIVER, LOOP)
            .fault(LOOP)
            .unreadable(TracepointEvents.RSEQ_IP_FIXUP, LOOP)
            .fault(LOOP)
            .fault(LOOP);

    assertThat(events.inKernel().registers()).isEqualTo(CALL);
    assertThat(events.frames())
        .extracting(it -> it.assembly().stage())
        .containsExactly(Stage.EARLY, Stage.EARLY, Stage.EARLY, Stage.FINAL, Stage.EARLY);
  }

  @Test
  void anExitIsNotOfACallWhoseNumberIsNotKnown() {
    Events events =
        new Events().unreadable(TracepointEvents.SYS_ENTER, CALL).exit(-1, 5, CALL).fault(CALL);

    assertThat(events.first().syscall()).hasValue(-1);
    assertThat(events.first().path()).isEqualTo(EntryPath.RT_SIGRETURN);
  }
}
