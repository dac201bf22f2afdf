package org.sysretreplay.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces come in their order, whichever thread is done first, and a failure in its turn. */
@Timeout(120)
class InParallelTest {

  /** The numbers from 0. */
  private static final class Numbers implements Pieces<Integer> {

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

  private static InParallel<Integer, Integer> squares(Numbers of, int threads) {
    return parallel(of, threads, it -> it * it);
  }

  private static InParallel<Integer, Integer> parallel(
      Numbers of, int threads, IntUnaryOperator maker) {
    Function<Integer, Integer> boxed = maker::applyAsInt;
    return new InParallel<>("x", threads, of, () -> boxed);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1000", "2, 0", "2, 1", "2, 1000", "7, 3", "7, 1000"})
  void everyPieceComesOnceAndInOrder(int threads, int count) {
    Random random = new Random(count);
    Numbers numbers = new Numbers(count);
    IntUnaryOperator slow =
        it -> {
          if (random.nextInt(50) == 0) {
            sleep(1);
          }
          return it * it;
        };
    try (InParallel<Integer, Integer> squares = parallel(numbers, threads, slow)) {
      for (int i = 0; i < count; i++) {
        assertThat(squares.next()).isEqualTo(i * i);
      }
      assertThat(squares.next()).isNull();
      assertThat(squares.next()).isNull();
    }
    assertThat(numbers.closed).isTrue();
  }

  @Test
  void whatIsNotTakenIsNotReadAhead() {
    Numbers numbers = new Numbers(1000);
    try (InParallel<Integer, Integer> squares = squares(numbers, 2)) {
      squares.next();
      sleep(200);
      assertThat(numbers.given).hasValueLessThan(10);
    }
    assertThat(numbers.closed).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFailureComesAfterWhatWasMadeBeforeIt(boolean error) {
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
    try (InParallel<Integer, Integer> made = parallel(numbers, 3, failing)) {
      for (int i = 0; i < 5; i++) {
        assertThat(made.next()).isEqualTo(i);
      }
      assertThatThrownBy(made::next).hasMessage("much");
    }
    assertThat(numbers.closed).isTrue();
  }

  @Test
  void whoIsInterruptedWhileItWaitsIsToldSoAndStaysInterrupted() {
    Numbers numbers = new Numbers(1000);
    IntUnaryOperator late =
        it -> {
          if (it > 0) {
            sleep(60_000);
          }
          return it;
        };
    try (InParallel<Integer, Integer> made = parallel(numbers, 2, late)) {
      made.next();
      Thread.currentThread().interrupt();
      assertThatThrownBy(made::next)
          .isInstanceOf(TraceException.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(numbers.closed).isTrue();
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
