package org.sysretreplay.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.sample.EventFields;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.UserRegisters;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.TraceException;

/** True times pass, however many processors they come from; differences do not. */
class ClockCheckTest {

  private static final long BOOTED = 839_637_465_549L;
  private static final int SEEDS = 200;

  private record Step(int cpu, long time) {}

  private static boolean pass(List<Step> steps) {
    ClockCheck clock = new ClockCheck("x");
    try {
      steps.forEach(it -> clock.see(sample(OptionalLong.of(it.cpu()), it.time())));
      clock.check();
      return true;
    } catch (TraceException e) {
      assertThat(e).hasMessageStartingWith("x: its times are no timestamps: ");
      return false;
    }
  }

  private static Sample sample(OptionalLong cpu, long time) {
    Task task = new Task(OptionalLong.of(7), OptionalLong.of(7), Optional.of("x"));
    return new Sample(
        Place.ofLine("x", 1),
        "e",
        OptionalLong.of(time),
        cpu,
        task,
        EventFields.NONE,
        UserRegisters.NONE);
  }

  private static List<Step> onOneCpu(LongStream times) {
    return times.mapToObj(it -> new Step(0, it)).toList();
  }

  /** Differences as perf script --deltatime prints them: mostly short, sometimes long. */
  private static LongStream differences(Random random) {
    return LongStream.generate(() -> 1_000 + (long) Math.exp(random.nextDouble() * 12));
  }

  @Test
  void differencesAreRefused() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      assertThat(pass(onOneCpu(differences(random).limit(20 + seed))))
          .as("seed %d", seed)
          .isFalse();
    }
  }

  @Test
  void differencesThatAreNearlyEqualAreRefused() {
    Random timer = new Random(1);
    assertThat(pass(onOneCpu(LongStream.generate(() -> 4_000_000 + timer.nextInt(999)).limit(40))))
        .isFalse();
  }

  /** In microseconds most of them are the same. */
  @Test
  void differencesOfWhichMostAreEqualAreRefused() {
    Random random = new Random(1);
    LongStream times = LongStream.generate(() -> random.nextInt(10) == 0 ? 2_000 : 1_000);
    assertThat(pass(onOneCpu(times.limit(500)))).isFalse();
  }

  @Test
  void aFewDifferencesAreRefusedOrInTheirOrder() {
    for (int seed = 0; seed < SEEDS; seed++) {
      long[] times = differences(new Random(seed)).limit(2 + seed % 4).toArray();
      long[] sorted = LongStream.of(times).sorted().toArray();
      boolean inOrder = List.of(box(times)).equals(List.of(box(sorted)));
      assertThat(pass(onOneCpu(LongStream.of(times)))).as("seed %d", seed).isEqualTo(inOrder);
    }
  }

  /** Sorting a text by another field leaves its times timestamps. */
  @Test
  void timesInAnyOtherOrderPass() {
    for (int seed = 0; seed < SEEDS; seed++) {
      List<Step> steps =
          new ArrayList<>(onOneCpu(LongStream.range(0, 400).map(it -> BOOTED + it * 1_000_000)));
      Collections.shuffle(steps, new Random(seed));
      assertThat(pass(steps)).as("seed %d", seed).isTrue();
    }
  }

  private static Long[] box(long[] times) {
    return LongStream.of(times).boxed().toArray(Long[]::new);
  }

  /** The clocks of the processors differ by up to a millisecond, and each only rises. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void timesOfSeveralProcessorsPass(int cpus) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      int[] ahead = random.ints(cpus, 0, 1_000_000).toArray();
      List<Step> steps = new ArrayList<>();
      long now = BOOTED;
      for (int i = 0; i < 500; i++) {
        int cpu = random.nextInt(cpus);
        now += random.nextInt(5_000);
        steps.add(new Step(cpu, now + ahead[cpu]));
      }
      assertThat(pass(steps)).as("seed %d", seed).isTrue();
    }
  }

  /**
   * An interrupt after a sample took its time, and before it is written, comes before it in the
   * buffer.
   */
  @Test
  void someLinesMayHaveLostTheirPlace() {
    List<Step> steps = new ArrayList<>(onOneCpu(LongStream.range(0, 400).map(it -> BOOTED + it)));
    for (int i = 0; i < 400; i += 20) {
      Step step = steps.set(i, steps.get(i + 1));
      steps.set(i + 1, step);
    }
    assertThat(pass(steps)).isTrue();
  }

  @Test
  void twoTextsOneBehindTheOtherPass() {
    List<Step> steps = new ArrayList<>(onOneCpu(LongStream.range(0, 30).map(it -> BOOTED + it)));
    steps.addAll(onOneCpu(LongStream.range(0, 30)));
    assertThat(pass(steps)).isTrue();
  }

  @Test
  void withoutTheCpuTheThreadTellsClocksApart() {
    ClockCheck clock = new ClockCheck("x");
    LongStream.of(3, 1, 4, 1, 5).forEach(it -> clock.see(sample(OptionalLong.empty(), it)));
    assertThatThrownBy(clock::check).isInstanceOf(TraceException.class);
  }
}
