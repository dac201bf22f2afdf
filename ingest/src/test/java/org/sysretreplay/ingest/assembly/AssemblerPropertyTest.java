package org.sysretreplay.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;

/** Properties of every trace, however little sense its events make. */
class AssemblerPropertyTest {

  private static final long NO_THREAD = 0;

  /** Few enough that frames, signals and calls often meet; the signal with handler 0 is SIGKILL. */
  private static final List<Long> PLACES = List.of(0x40_1002L, 0x40_1000L, 0x40_5000L, 0L);

  private static final List<Registers> REGISTERS =
      List.of(
          Registers.ofSyscall(0x40_1002, 0x246),
          Registers.ofSyscall(0x40_5002, 0x346),
          new Registers(0x40_1000, 0x40_1002, 0x246, 0x246, 0x33, 0x2b),
          new Registers(0x40_5000, 0x40_1002, 0x246, 0x246, 0x33, 0x2b),
          new Registers(0x40_1000, 0, 0, 0x202, 0x33, 0x2b),
          new Registers(0x40_1002, 0, 0, 0x1_0246, 0x23, 0x2b));

  private static final List<Long> NUMBERS = List.of(0L, 15L, -1L, 56L, 59L, 120L, 219L, 231L, 335L);
  private static final List<Long> RESULTS = List.of(0L, 5L, -4L, -512L, -516L);
  private static final List<Long> REQUESTS = List.of(6L, 7L, 9L, 13L, 24L, 0x4206L);
  private static final List<Long> OFFSETS = List.of(48L, 88L, 120L, 128L, 136L, 144L, 160L);

  private enum Kind {
    ENTER,
    EXIT,
    CALL,
    FAULT,
    INTERRUPT,
    SIGNAL,
    RSEQ,
    PTRACE,
    BROKEN_EXIT,
    UNUSED
  }

  /** One event, with all values that any kind of event needs. */
  record Step(Kind kind, long thread, Registers registers, long place, long number, long result) {

    void addTo(Events events) {
      if (thread == NO_THREAD) {
        events.onNoThread();
      } else {
        events.on(thread);
      }
      switch (kind) {
        case ENTER -> events.enter(number, registers);
        case EXIT -> events.exit(number, result, registers);
        case CALL -> events.call(number, result, registers);
        case FAULT -> events.fault(registers);
        case INTERRUPT -> events.interrupt(registers);
        case SIGNAL -> events.signalOf(place == 0 ? 9 : 14, place, registers);
        case RSEQ -> events.rseqAborted(registers.rip(), place, registers);
        case PTRACE -> events.ptrace(pick(REQUESTS, place), pick(OFFSETS, number), place, result);
        case BROKEN_EXIT -> events.exitWithoutRegisters(number, result);
        case UNUSED -> events.unused();
      }
    }

    private static long pick(List<Long> from, long by) {
      return from.get((int) Math.floorMod(by * 31 + (by >> 4), (long) from.size()));
    }
  }

  @Provide
  Arbitrary<List<Step>> traces() {
    Arbitrary<Long> threads =
        Arbitraries.of(Events.THREAD, Events.THREAD, Events.OTHER_THREAD, NO_THREAD);
    return Combinators.combine(
            Arbitraries.of(Kind.values()),
            threads,
            Arbitraries.of(REGISTERS),
            Arbitraries.of(PLACES),
            Arbitraries.of(NUMBERS),
            Arbitraries.of(RESULTS))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  private static Events events(List<Step> steps) {
    Events events = new Events();
    steps.forEach(it -> it.addTo(events));
    return events;
  }

  private static Set<String> recorded(int choice) {
    return choice == 0 ? Set.of() : Events.ALL;
  }

  /** Times are the samples' numbers here, so the order shows in them. */
  @Property
  void everySampleGivesOneRecordInItsTurnAndFramesAreTheOnesThatEventsShow(
      @ForAll("traces") List<Step> steps,
      @ForAll @IntRange(min = 0, max = 12) int maxHeld,
      @ForAll @IntRange(min = 0, max = 1) int choice) {
    Events events = events(steps);
    List<TraceRecord> alone = events.asRecorded();
    List<TraceRecord> assembled = events.assembled(recorded(choice), maxHeld);

    assertThat(assembled).hasSameSizeAs(events.samples()).hasSameSizeAs(alone);
    for (int i = 0; i < assembled.size(); i++) {
      if (alone.get(i) instanceof Accepted shown) {
        assertShows(shown.frame(), assembled.get(i), events.samples().get(i));
      } else {
        assertThat(assembled.get(i)).isEqualTo(alone.get(i));
      }
    }
  }

  private static void assertShows(ExitFrame shown, TraceRecord record, Sample sample) {
    boolean inKernel = record instanceof InKernel;
    ExitFrame frame = inKernel ? ((InKernel) record).frame() : ((Accepted) record).frame();
    assertThat(frame.seq()).isEqualTo(shown.seq());
    assertThat(frame.timeNanos()).isEqualTo(sample.timeNanos());
    assertThat(frame.task()).isEqualTo(sample.task());
    assertThat(frame.recordedSyscall()).isEqualTo(shown.syscall());
    assertThat(frame.result()).isEqualTo(shown.result());
    assertThat(frame.assembly().stage() == Stage.IN_KERNEL).isEqualTo(inKernel);
    frame
        .assembly()
        .recorded()
        .ifPresentOrElse(
            it -> {
              assertThat(it.entry()).isEqualTo(shown.entry());
              assertThat(it.path()).isEqualTo(shown.path());
              assertThat(it.registers()).isEqualTo(shown.registers());
              assertThat(it.rsp()).isEqualTo(shown.rsp());
              assertThat(it.rax()).isEqualTo(shown.rax());
            },
            () -> {
              assertThat(frame.entry()).isEqualTo(shown.entry());
              assertThat(frame.path()).isEqualTo(shown.path());
              assertThat(frame.registers()).isEqualTo(shown.registers());
              assertThat(frame.rsp()).isEqualTo(shown.rsp());
              assertThat(frame.rax()).isEqualTo(shown.rax());
            });
    if (frame.assembly().stage() == Stage.FINAL || inKernel) {
      assertThat(frame.registers()).isEqualTo(shown.registers());
    }
  }

  /** Only a debugger reaches from one thread into another. */
  @Property
  void threadsDoNotDisturbEachOther(@ForAll("traces") List<Step> steps) {
    List<Step> apart = steps.stream().filter(it -> it.kind() != Kind.PTRACE).toList();
    Map<Long, List<ExitFrame>> byThread = new HashMap<>();
    for (long thread : List.of(Events.THREAD, Events.OTHER_THREAD)) {
      byThread.put(
          thread, events(apart.stream().filter(it -> it.thread() == thread).toList()).frames());
    }
    for (long thread : byThread.keySet()) {
      assertThat(
              events(apart).frames().stream()
                  .filter(it -> it.task().tid().orElse(NO_THREAD) == thread)
                  .map(AssemblerPropertyTest::content)
                  .toList())
          .isEqualTo(byThread.get(thread).stream().map(AssemblerPropertyTest::content).toList());
    }
  }

  private static List<Object> content(ExitFrame frame) {
    return List.of(frame.entry(), frame.registers(), frame.rsp(), frame.rax(), frame.assembly());
  }

  /**
   * If a trace ends earlier, less is known about its last frames, and the same about all others.
   */
  @Property
  void whatIsSureDoesNotChangeHoweverTheTraceGoesOn(
      @ForAll("traces") List<Step> steps, @ForAll("traces") List<Step> more) {
    List<Step> both = new ArrayList<>(steps);
    both.addAll(more);
    List<TraceRecord> whole = events(both).assembled();
    List<TraceRecord> part = events(steps).assembled();
    for (int i = 0; i < part.size(); i++) {
      boolean isFinal =
          part.get(i) instanceof Accepted frame && frame.frame().assembly().stage() == Stage.FINAL;
      if (isFinal || part.get(i) instanceof InKernel) {
        assertThat(whole.get(i)).isEqualTo(part.get(i));
      }
    }
  }
}
