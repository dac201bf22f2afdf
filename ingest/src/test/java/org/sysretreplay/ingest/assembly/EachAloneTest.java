package org.sysretreplay.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** What becomes of the events of a sampled trace, between which others are missing. */
class EachAloneTest {

  private static final long READ = 0;
  private static final long CLONE = 56;
  private static final Registers CALL = Registers.ofSyscall(0x40_1002, 0x246);
  private static final Registers LOOP = new Registers(0x40_2000, 0x11, 0x22, 0x246, 0x33, 0x2b);

  private final Events events = new Events();
  private final List<TraceRecord> records = new ArrayList<>();
  private Sampling sampling = Sampling.oneOf(101);

  private List<ExitFrame> frames() {
    SampleSink sink =
        SampleSink.of(Reading.ASSEMBLED, () -> Events.ALL, () -> sampling, records::add);
    for (Sample sample : events.samples()) {
      sink.take(sample, Events.interpret(sample));
    }
    sink.end();
    return Events.frames(records);
  }

  @Test
  void everyFrameIsNumberedAndEarly() {
    events.call(READ, 5, CALL).signal(0x40_5000, CALL).fault(LOOP).call(READ, -512, CALL);
    List<ExitFrame> frames = frames();
    assertThat(frames).extracting(ExitFrame::seq).containsExactly(0L, 1L, 2L);
    assertThat(frames).allMatch(it -> it.assembly().stage() == Stage.EARLY);
    assertThat(frames).extracting(ExitFrame::registers).containsExactly(CALL, LOOP, CALL);
  }

  /** Between the two samples the call may long have come to its end. */
  @Test
  void anInterruptBehindTheStartOfACallIsNotTakenForOneOfTheKernel() {
    events.enter(READ, CALL).interrupt(LOOP);
    assertThat(frames()).extracting(ExitFrame::registers).containsExactly(LOOP);
  }

  @Test
  void whoReturnsZeroFromCloneIsTheChildWhateverIsMissing() {
    events.enter(CLONE, CALL).exit(CLONE, 0, CALL).exit(CLONE, 77, CALL);
    List<ExitFrame> frames = frames();
    assertThat(frames)
        .extracting(ExitFrame::entry)
        .containsExactly(EntryKind.FORK, EntryKind.SYSCALL);
    assertThat(frames.get(0).path()).isEqualTo(EntryPath.FORK_CHILD);
  }

  @Test
  void ofATraceThatIsWholeTheNextEventTells() {
    sampling = Sampling.WHOLE;
    events.enter(READ, CALL).interrupt(CALL).exit(READ, 5, CALL).exit(READ, 5, CALL);
    assertThat(frames())
        .extracting(it -> it.assembly().stage())
        .containsExactly(Stage.FINAL, Stage.EARLY);
  }

  /** A text may say behind lines that are none what it is. */
  @Test
  void whatComesBeforeTheFirstSampleChoosesNothing() {
    sampling = Sampling.NOT_TOLD;
    SampleSink sink =
        SampleSink.of(Reading.ASSEMBLED, () -> Events.ALL, () -> sampling, records::add);
    Rejected broken =
        new Rejected(
            new Reject(Place.ofLine("x", 1), RejectReason.MALFORMED_LINE, "broken", "broken"));
    sink.pass(broken);
    assertThat(records).containsExactly(broken);
    sampling = Sampling.oneOf(7);
    events.enter(READ, CALL).exit(READ, 5, CALL).exit(READ, 5, CALL);
    events.samples().forEach(it -> sink.take(it, Events.interpret(it)));
    assertThat(Events.frames(records)).as("before the end").hasSize(2);
    assertThat(LongStream.range(0, 2).boxed().toList())
        .isEqualTo(Events.frames(records).stream().map(ExitFrame::seq).toList());
  }
}
