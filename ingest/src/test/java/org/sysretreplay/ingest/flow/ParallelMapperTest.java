package org.sysretreplay.ingest.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Results come in the order of the pieces, whichever thread is done first, and so does a failure.
 */
@Timeout(120)
class ParallelMapperTest {

  /** The numbers from 0. */
  private static class Numbers implements PullSource<Integer> {

    private final int count;
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    Numbers(int count) {
      this.count = count;
    }

    @Override
    public Integer next() {
      return given.get() == count ? null : given.getAndIncrement();
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  private static ParallelMapper<Integer, Integer> squares(Numbers of, int threads) {
    return parallel(of, threads, it -> it * it);
  }

  private static ParallelMapper<Integer, Integer> parallel(
      Numbers of, int threads, IntUnaryOperator maker) {
    Function<Integer, Integer> boxed = maker::applyAsInt;
    return new ParallelMapper<>("x", threads, of, () -> boxed);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1000", "2, 0", "2, 1", "2, 1000", "7, 3", "7, 1000"})
  void everyPieceComesOnceAndInOrder(int threads, int count) {
    Numbers numbers = new Numbers(count);
    List<CountDownLatch> done = Stream.generate(() -> new CountDownLatch(1)).limit(count).toList();
    IntUnaryOperator slow =
        it -> {
          boolean isOvertaken = threads > 1 && it % 50 == 0 && it + 1 < count;
          if (isOvertaken) {
            await(done.get(it + 1));
          }
          done.get(it).countDown();
          return it * it;
        };
    try (ParallelMapper<Integer, Integer> squares = parallel(numbers, threads, slow)) {
      for (int i = 0; i < count; i++) {
        assertThat(squares.next()).isEqualTo(i * i);
      }
      assertThat(squares.next()).isNull();
      assertThat(squares.next()).isNull();
    }
    assertThat(numbers.closed).isTrue();
  }

  @Test
  void onlyAFewPiecesAreReadAhead() {
    Numbers numbers = new Numbers(1000);
    try (ParallelMapper<Integer, Integer> squares = squares(numbers, 2)) {
      squares.next();
      waitUntilAllStandStill();
      assertThat(numbers.given).hasValueLessThan(10);
    }
    assertThat(numbers.closed).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFailureComesAfterTheResultsBeforeIt(boolean error) {
    Numbers numbers = new Numbers(1000);
    IntUnaryOperator failing =
        it -> {
          if (it == 5) {
            if (error) {
              throw new OutOfMemoryError("much");
            }
            throw new IllegalStateException("much");
          }
          return it;
        };
    try (ParallelMapper<Integer, Integer> made = parallel(numbers, 3, failing)) {
      for (int i = 0; i < 5; i++) {
        assertThat(made.next()).isEqualTo(i);
      }
      assertThatThrownBy(made::next).hasMessage("much");
      assertThatThrownBy(made::next).as("once more").hasMessage("much");
    }
    assertThat(numbers.closed).isTrue();
  }

  @Test
  void aFailureOfTheSourceStays() {
    Numbers numbers =
        new Numbers(1000) {
          @Override
          public Integer next() {
            int next = super.next();
            if (next == 3) {
              throw new IllegalStateException("no disk");
            }
            return next;
          }
        };
    try (ParallelMapper<Integer, Integer> made = squares(numbers, 2)) {
      for (int i = 0; i < 3; i++) {
        assertThat(made.next()).isEqualTo(i * i);
      }
      assertThatThrownBy(made::next).hasMessage("no disk");
      assertThatThrownBy(made::next).as("once more").hasMessage("no disk");
    }
  }

  @Test
  void aCallerThatIsInterruptedLosesNoResult() throws InterruptedException {
    Numbers numbers = new Numbers(10);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    IntUnaryOperator late =
        it -> {
          if (it == 2) {
            asked.countDown();
            await(go);
          }
          return it;
        };
    Thread reader = Thread.currentThread();
    Thread interrupter =
        new Thread(
            () -> {
              await(asked);
              await(taken);
              while (reader.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              reader.interrupt();
            });
    interrupter.start();
    try (ParallelMapper<Integer, Integer> made = parallel(numbers, 2, late)) {
      assertThat(made.next()).isZero();
      assertThat(made.next()).isEqualTo(1);
      // It waited for these threads too.
      taken.countDown();
      assertThatThrownBy(made::next)
          .isInstanceOf(TraceException.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
      go.countDown();
      for (int i = 2; i < 10; i++) {
        assertThat(made.next()).isEqualTo(i);
      }
      assertThat(made.next()).isNull();
    }
    interrupter.join();
  }

  /** A thread that swallows the interrupt still notices that the mapper is closed. */
  @Test
  void closingEndsThreadsThatTakeNoNoticeOfInterrupts() {
    Numbers numbers = new Numbers(1000);
    IntUnaryOperator deaf =
        it -> {
          if (it > 0) {
            await(new CountDownLatch(1));
            Thread.interrupted();
          }
          return it;
        };
    try (ParallelMapper<Integer, Integer> made = parallel(numbers, 2, deaf)) {
      made.next();
      assertThat(threads()).hasSize(2).allMatch(Thread::isDaemon);
    }
    assertThat(threads()).isEmpty();
    assertThat(numbers.closed).isTrue();
  }

  @Test
  void filesThatAreReadAtTheSameTimeShareTheProcessors() {
    int before = ParallelMapper.freeProcessors();
    assertThat(before).isPositive();
    ParallelMapper<Integer, Integer> made = squares(new Numbers(10), 1000);
    made.next();
    assertThat(ParallelMapper.freeProcessors()).isEqualTo(1);
    made.close();
    made.close();
    assertThat(ParallelMapper.freeProcessors()).isEqualTo(before);
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().equals("read ahead of x") && it.isAlive())
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until one thread waits for room, and the others for their turn to take a piece. */
  private static void waitUntilAllStandStill() {
    Set<Thread.State> standing = EnumSet.of(Thread.State.WAITING, Thread.State.BLOCKED);
    Set<Thread.State> states;
    do {
      Thread.onSpinWait();
      states = threads().stream().map(Thread::getState).collect(Collectors.toSet());
    } while (!standing.containsAll(states) || !states.contains(Thread.State.WAITING));
  }
}
