package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * No test sleeps: threads wait for each other, and a test that fails may wait until the timeout.
 */
@Timeout(60)
class LocalWorkersTest {

  private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

  private final FollowedProgress progress = new FollowedProgress();
  private final List<Integer> done = new ArrayList<>();
  private final List<Integer> unwanted = new ArrayList<>();

  /** Records each call. */
  private static final class FollowedProgress implements Progress {

    private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger stepsAfterTheEnd = new AtomicInteger();

    @Override
    public Bar begin(String name, int items) {
      begun.add(name + " " + items);
      return new Bar() {
        @Override
        public void step() {
          (closed.get() > 0 ? stepsAfterTheEnd : steps).incrementAndGet();
        }

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    }
  }

  /** An item of a size. */
  private record Large(int bytes) implements Amount.Sized, Serializable {
    @Override
    public Amount amount() {
      return Amount.bytes(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void progressIsToldHowMuchThereIsAndHowMuchEachItemWas(int processors) {
    List<Amount> all = new ArrayList<>();
    List<Amount> steps = Collections.synchronizedList(new ArrayList<>());
    Progress following =
        new Progress() {
          @Override
          public Bar begin(String name, int items) {
            throw new AssertionError("the size is known");
          }

          @Override
          public Bar begin(String name, int items, Amount amount) {
            all.add(amount);
            return new Bar() {
              @Override
              public void step() {
                throw new AssertionError("the size is known");
              }

              @Override
              public void step(Amount done) {
                steps.add(done);
              }

              @Override
              public void close() {
                // Nothing is open.
              }
            };
          }
        };
    List<Large> items = List.of(new Large(3), new Large(5), new Large(11));
    new LocalWorkers(processors, following)
        .each("making", items, 0, it -> it.bytes(), (item, made) -> {}, it -> {});
    assertThat(all).containsExactly(Amount.bytes(19));
    assertThat(steps).containsExactlyInAnyOrder(Amount.bytes(3), Amount.bytes(5), Amount.bytes(11));
    assertThat(Amount.ofAll(List.of(new Large(3), "of no size")))
        .isEqualTo(new Amount(Amount.Unit.PARTS, 2));
    assertThat(Amount.ofAll(List.of())).isEqualTo(new Amount(Amount.Unit.PARTS, 0));
  }

  /** Adds up the results of a function. */
  private record Adding(Function<Integer, Integer> of) implements Workers.Work<Integer, Integer> {

    @Override
    public Integer zero() {
      return 0;
    }

    @Override
    public Integer of(Integer item) {
      return of.apply(item);
    }

    @Override
    public Integer merge(Integer left, Integer right) {
      return left + right;
    }
  }

  private LocalWorkers workers(int processors) {
    return new LocalWorkers(processors, progress);
  }

  private int merge(int processors, List<Integer> items, Function<Integer, Integer> work) {
    return workers(processors).merge("adding", items, new Adding(work));
  }

  private void each(int processors, Function<Integer, Integer> work) {
    each(processors, 0, work);
  }

  private void each(int processors, long heapBytesEach, Function<Integer, Integer> work) {
    workers(processors)
        .each(
            "making",
            TEN,
            heapBytesEach,
            work::apply,
            (item, made) -> done.add(made),
            unwanted::add);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody should interrupt this", e);
    }
  }

  /** Waits until the thread is interrupted. */
  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 20})
  void mergesEveryItemOnce(int processors) {
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    int sum =
        merge(
            processors,
            TEN,
            item -> {
              assertThat(seen.add(item)).isTrue();
              return item;
            });
    assertThat(sum).isEqualTo(45);
    assertThat(seen).containsExactlyInAnyOrderElementsOf(TEN);
    assertThat(workers(processors).parallelism()).isEqualTo(processors);
  }

  @Test
  void mergesNothingToZero() {
    assertThat(merge(2, List.of(), item -> 1)).isZero();
    assertThat(progress.begun).containsExactly("adding 0");
    assertThat(progress.closed).hasValue(1);
  }

  @Test
  void worksOnSeveralItemsAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    int sum =
        merge(
            2,
            List.of(1, 2),
            item -> {
              both.countDown();
              await(both);
              return item;
            });
    assertThat(sum).isEqualTo(3);
  }

  @Test
  void hasNoMoreThreadsThanProcessors() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    each(
        3,
        item -> {
          threads.add(Thread.currentThread());
          return item;
        });
    assertThat(threads).hasSizeBetween(1, 3).doesNotContain(Thread.currentThread());
  }

  @Test
  void hasNoMoreThreadsThanFitIntoMemory() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    each(
        7,
        Runtime.getRuntime().maxMemory(),
        item -> {
          threads.add(Thread.currentThread());
          return item;
        });
    assertThat(threads).hasSize(1);
    assertThat(done).isEqualTo(TEN);
  }

  @Test
  void handsOnInTheOrderOfTheItemsWhateverIsDoneFirst() {
    CountDownLatch laterOnes = new CountDownLatch(9);
    each(
        2,
        item -> {
          if (item == 0) {
            await(laterOnes);
          } else {
            laterOnes.countDown();
          }
          return item * 10;
        });
    assertThat(done).containsExactly(0, 10, 20, 30, 40, 50, 60, 70, 80, 90);
    assertThat(unwanted).isEmpty();
  }

  @Test
  void handsOnByTheThreadOfTheCaller() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    workers(2)
        .each(
            "making",
            TEN,
            0,
            item -> item,
            (item, made) -> threads.add(Thread.currentThread()),
            made -> threads.add(Thread.currentThread()));
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void handsOnWhatWasBeforeAFailureAndThrowsItAsItIs(int processors) {
    RuntimeException failure = TraceException.of("file", "it is broken", "mend it");
    assertThatThrownBy(
            () ->
                each(
                    processors,
                    item -> {
                      if (item == 4) {
                        throw failure;
                      }
                      return item;
                    }))
        .isSameAs(failure);
    assertThat(done).containsExactly(0, 1, 2, 3);
    assertThat(unwanted).doesNotContain(0, 1, 2, 3, 4).doesNotHaveDuplicates();
    assertThat(progress.steps).hasValue(4);
    assertThat(progress.closed).hasValue(1);
  }

  @Test
  void whatWasMadeAfterAFailureIsUnwanted() {
    CountDownLatch laterOnes = new CountDownLatch(3);
    IllegalStateException failure = new IllegalStateException("broken");
    assertThatThrownBy(
            () ->
                each(
                    2,
                    item -> {
                      if (item == 1) {
                        await(laterOnes);
                        throw failure;
                      }
                      if (item > 3) {
                        laterOnes.countDown();
                        awaitInterrupt();
                      }
                      laterOnes.countDown();
                      return item;
                    }))
        .isSameAs(failure);
    assertThat(done).containsExactly(0);
    // The last items were under way and were finished.
    assertThat(unwanted).startsWith(2, 3, 4).hasSizeBetween(3, 4);
  }

  @Test
  void whatComesAfterARefusalIsUnwantedAndTheRefusedIsNot() {
    CountDownLatch allMade = new CountDownLatch(10);
    IllegalStateException refusal = new IllegalStateException("not this one");
    assertThatThrownBy(
            () ->
                workers(2)
                    .each(
                        "making",
                        TEN,
                        0,
                        item -> {
                          allMade.countDown();
                          return item;
                        },
                        (item, made) -> {
                          await(allMade);
                          if (item == 3) {
                            throw refusal;
                          }
                          done.add(made);
                        },
                        unwanted::add))
        .isSameAs(refusal);
    assertThat(done).containsExactly(0, 1, 2);
    assertThat(unwanted).containsAll(List.of(4, 5, 6, 7, 8)).doesNotContain(0, 1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void anErrorIsThrownAsItIs(int processors) {
    Error error = new StackOverflowError("deep");
    Function<Integer, Integer> work =
        item -> {
          if (item == 5) {
            throw error;
          }
          return item;
        };
    assertThatThrownBy(() -> each(processors, work)).isSameAs(error);
    assertThatThrownBy(() -> merge(processors, TEN, work)).isSameAs(error);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void mergeThrowsWhatAnItemThrew(int processors) {
    RuntimeException failure = TraceException.of("file", "it is broken", "mend it");
    assertThatThrownBy(
            () ->
                merge(
                    processors,
                    TEN,
                    item -> {
                      if (item == 7) {
                        throw failure;
                      }
                      return item;
                    }))
        .isSameAs(failure);
    assertThat(progress.closed).hasValue(1);
    assertThat(progress.stepsAfterTheEnd).hasValue(0);
  }

  /** The items never end, so a worker that went on after the failure would run for ever. */
  @Test
  void nobodyTakesAnotherItemOnceOneHasFailed() {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicInteger taken = new AtomicInteger();
    IllegalStateException failure = new IllegalStateException("broken");
    assertThatThrownBy(
            () ->
                merge(
                    2,
                    Collections.nCopies(Integer.MAX_VALUE - 8, 1),
                    item -> {
                      if (taken.incrementAndGet() == 2) {
                        failed.countDown();
                        throw failure;
                      }
                      await(failed);
                      return item;
                    }))
        .isSameAs(failure);
  }

  @Test
  void everythingHasEndedWhenItReturns() {
    CountDownLatch underWay = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    Function<Integer, Integer> work =
        item -> {
          if (item == 0) {
            await(underWay);
            throw new IllegalStateException("broken");
          }
          underWay.countDown();
          awaitInterrupt();
          ended.incrementAndGet();
          return item;
        };
    assertThatThrownBy(() -> each(2, work)).hasMessage("broken");
    assertThat(unwanted).startsWith(1).hasSize(ended.get());
  }

  /** Asserts that an interrupt ends the call: the item under way ends, the next is not begun. */
  private void assertAnInterruptEnds(Function<Function<Integer, Integer>, ?> call)
      throws InterruptedException {
    CountDownLatch underWay = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> stillInterrupted = new AtomicReference<>();
    AtomicInteger endedBefore = new AtomicInteger();
    Thread caller =
        new Thread(
            () -> {
              try {
                call.apply(
                    item -> {
                      begun.incrementAndGet();
                      underWay.countDown();
                      awaitInterrupt();
                      ended.incrementAndGet();
                      return item;
                    });
              } catch (RuntimeException e) {
                thrown.set(e);
              }
              endedBefore.set(ended.get());
              stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    await(underWay);
    caller.interrupt();
    caller.join();
    assertThat(thrown.get())
        .isInstanceOf(WorkersException.class)
        .hasMessage("the work was interrupted.");
    assertThat(stillInterrupted.get()).isTrue();
    assertThat(endedBefore).hasValue(begun.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anInterruptEndsIt(int processors) throws InterruptedException {
    assertAnInterruptEnds(work -> merge(processors, TEN, work));
    assertAnInterruptEnds(
        work -> {
          each(processors, work);
          return null;
        });
    assertThat(done).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void progressStepsOnceForEveryItem(int processors) {
    merge(processors, TEN, item -> item);
    assertThat(progress.steps).hasValue(10);
    assertThat(progress.closed).hasValue(1);
    FollowedProgress ofEach = new FollowedProgress();
    new LocalWorkers(processors, ofEach)
        .each(
            "making",
            TEN,
            0,
            item -> item,
            (item, made) -> assertThat(ofEach.steps).hasValue(item),
            unwanted::add);
    assertThat(ofEach.steps).hasValue(10);
    assertThat(ofEach.closed).hasValue(1);
    assertThat(progress.begun).containsExactly("adding 10");
    assertThat(ofEach.begun).containsExactly("making 10");
  }
}
