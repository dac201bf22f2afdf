package org.sysretreplay.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.TooManyGroups;
import org.sysretreplay.analytics.TooManyGroupsException;
import org.sysretreplay.analytics.Workers.Work;
import org.sysretreplay.analytics.WorkersException;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/** Work that is given to Spark is done once and in order, and a failure comes back. */
class SparkWorkersTest {

  /** Executors of {@code local[...]} are threads of this process, and see these. */
  private static final Map<Integer, AtomicInteger> TRIES = new ConcurrentHashMap<>();

  private static final List<String> MERGED_HERE = Collections.synchronizedList(new ArrayList<>());

  private static final Bars BARS = new Bars();

  private static SparkWorkers workers;

  @BeforeAll
  static void start() {
    // Spark tries a task three times.
    workers =
        SparkContexts.start("local[2,3]", Map.of("spark.hadoop.fs.test.key", "value"), BARS)
            .mergingHere(4);
  }

  @AfterAll
  static void stop() {
    workers.close();
  }

  @BeforeEach
  void forget() {
    TRIES.clear();
    MERGED_HERE.clear();
    BARS.begun.clear();
  }

  /** Records each call. */
  private static final class Bars implements Progress {

    final List<String> begun = new ArrayList<>();
    final AtomicInteger steps = new AtomicInteger();

    @Override
    public Bar begin(String name, int items) {
      steps.set(0);
      return new Bar() {
        @Override
        public void step() {
          steps.incrementAndGet();
        }

        @Override
        public void close() {
          begun.add("%s: %d of %d".formatted(name, steps.get(), items));
        }
      };
    }
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static int tries(int item) {
    return TRIES.computeIfAbsent(item, it -> new AtomicInteger()).incrementAndGet();
  }

  /** Adds texts up; item 13 is one that fails. */
  private enum Failing implements Work<Integer, String> {
    NOT,
    AS_A_TRACE,
    AS_AN_OUTPUT,
    AS_TOO_MANY_GROUPS,
    AS_A_BUG,
    AT_FIRST;

    @Override
    public String zero() {
      return "";
    }

    @Override
    public String of(Integer item) {
      int tried = tries(item);
      if (item == 13) {
        switch (this) {
          case AS_A_TRACE ->
              throw TraceException.of("t", "it is damaged", "copy it", new Unportable());
          case AS_AN_OUTPUT -> throw OutputException.of("o", "it is full", "make room");
          case AS_TOO_MANY_GROUPS -> TooManyGroups.fill();
          case AS_A_BUG -> throw new IllegalStateException("a mistake");
          case AT_FIRST -> {
            if (tried == 1) {
              throw new IllegalStateException("a network that fails");
            }
          }
          case NOT -> {}
        }
      }
      return item + " ";
    }

    @Override
    public String merge(String left, String right) {
      if (!Thread.currentThread().getName().startsWith("Executor task")) {
        MERGED_HERE.add(right);
      }
      return left + right;
    }
  }

  /** Holds on to something that cannot be sent to another machine. */
  private static final class Unportable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused")
    private final Object open = new Object();

    Unportable() {
      super("page 3");
    }
  }

  private static List<Integer> items(String sum) {
    return sum.isEmpty()
        ? List.of()
        : Stream.of(sum.trim().split(" ")).map(Integer::valueOf).sorted().toList();
  }

  @Test
  void everyItemIsCountedOnceAtAnyNumberOfItems() {
    for (int count : new int[] {0, 1, 2, 4, 5, 7, 8, 9, 100}) {
      String sum = workers.merge("test", numbers(count), Failing.NOT);

      assertThat(items(sum)).isEqualTo(numbers(count));
    }
  }

  @Test
  void fewResultsAreMergedHereAndManyOnExecutors() {
    workers.merge("test", numbers(100), Failing.NOT);

    // Eight tasks are merged in groups, of which three results come to the driver.
    assertThat(MERGED_HERE).hasSize(3);
    assertThat(SparkWorkers.groups(16, 16)).isEmpty();
    assertThat(SparkWorkers.groups(17, 16)).containsExactly(5);
    assertThat(SparkWorkers.groups(64, 16)).containsExactly(8);
    assertThat(SparkWorkers.groups(400, 16)).containsExactly(20, 5);
    assertThat(SparkWorkers.groups(400, 4)).containsExactly(20, 5, 3);
  }

  @Test
  void progressIsAStepForEveryTaskHoweverOftenItIsTried() {
    workers.merge("tables", numbers(100), Failing.AT_FIRST);
    workers.merge("few", numbers(3), Failing.NOT);
    workers.each("files", numbers(5), 1, it -> it, (item, made) -> {}, made -> {});

    assertThat(TRIES.get(13)).hasValue(2);
    assertThat(BARS.begun).containsExactly("tables: 11 of 11", "few: 3 of 3", "files: 5 of 5");
  }

  @Test
  void whatIsWrongWithATraceIsToldAsItWasThrownAndNotTriedAgain() {
    assertThatExceptionOfType(TraceException.class)
        .isThrownBy(() -> workers.merge("test", numbers(100), Failing.AS_A_TRACE))
        .withMessage("t: it is damaged; copy it.")
        .havingCause()
        .withMessage("page 3");
    assertThat(TRIES.get(13)).hasValue(1);
  }

  @Test
  void whatIsWrongWithAnOutputIsToldAsItWasThrownAndNotTriedAgain() {
    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> workers.merge("test", numbers(100), Failing.AS_AN_OUTPUT))
        .withMessage("o: it is full; make room.");
    assertThat(TRIES.get(13)).hasValue(1);
  }

  @Test
  void tooManyGroupsAreToldAsTheyWereThrownAndNotTriedAgain() {
    assertThatExceptionOfType(TooManyGroupsException.class)
        .isThrownBy(() -> workers.merge("test", numbers(100), Failing.AS_TOO_MANY_GROUPS))
        .withMessageStartingWith("there are more than 2 groups, ");
    assertThat(TRIES.get(13)).hasValue(1);
  }

  /** No single item has too many groups, but their sum has. */
  @Test
  void tooManyGroupsTogetherAreToldAsWell() {
    assertThatExceptionOfType(TooManyGroupsException.class)
        .isThrownBy(() -> workers.merge("test", numbers(100), new Grouping()));
  }

  /** Work whose merged sums are too large. */
  private record Grouping() implements Work<Integer, String> {

    @Override
    public String zero() {
      return "";
    }

    @Override
    public String of(Integer item) {
      return item + " ";
    }

    @Override
    public String merge(String left, String right) {
      String sum = left + right;
      if (items(sum).size() > 50) {
        TooManyGroups.fill();
      }
      return sum;
    }
  }

  @Test
  void whatFailsAgainAndAgainIsToldInOneSentence() {
    assertThatExceptionOfType(WorkersException.class)
        .isThrownBy(() -> workers.merge("test", numbers(100), Failing.AS_A_BUG))
        .withMessageMatching(
            "Spark could not do the work \\(Job aborted due to stage failure: .*a mistake\\); see"
                + " the logs of its executors\\.");
    assertThat(TRIES.get(13)).hasValue(3);
  }

  @Test
  void itemsAreHandedOnInTheirOrderUntilOneFailsAndTheRestIsUnwanted() {
    List<String> done = new ArrayList<>();
    List<String> unwanted = new ArrayList<>();

    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(
            () ->
                workers.each(
                    "test",
                    numbers(20),
                    1,
                    Failing.AS_AN_OUTPUT::of,
                    (item, made) -> done.add(made),
                    unwanted::add))
        .withMessage("o: it is full; make room.");

    // Two items are under way at the same time.
    assertThat(done).hasSize(13).startsWith("0 ", "1 ", "2 ").endsWith("12 ");
    assertThat(unwanted).isEmpty();
    assertThat(TRIES).hasSize(14);
  }

  @Test
  void whatWasMadeBesideAFailureIsUnwanted() {
    List<String> unwanted = new ArrayList<>();

    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(
            () ->
                workers.each(
                    "test",
                    List.of(13, 14, 15),
                    1,
                    Failing.AS_AN_OUTPUT::of,
                    (item, made) -> {},
                    unwanted::add));

    assertThat(unwanted).containsExactly("14 ");
  }

  @Test
  void whatTheCallerCannotTakeIsItsOwnFailure() {
    List<Integer> unwanted = new ArrayList<>();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                workers.each(
                    "test",
                    numbers(4),
                    1,
                    it -> it,
                    (item, made) -> {
                      throw new IllegalStateException("no room");
                    },
                    unwanted::add))
        .withMessage("no room");
    assertThat(unwanted).containsExactly(1);
  }

  @Test
  void settingsOfFileSystemsAreThoseOfHadoop() {
    assertThat(workers.fileSystemOptions()).containsEntry("fs.test.key", "value");
  }

  @Test
  void aFailureTravelsWithoutWhatCannot() {
    Serializable failure = TraceException.of("t", "wrong", "mend it", new Unportable());

    TraceException read = Portable.of(Portable.bytesOfFailure(failure));

    assertThat(read).hasMessage("t: wrong; mend it.").hasCauseInstanceOf(Unportable.class);
    assertThat(read.getCause()).hasMessage("page 3").hasFieldOrPropertyWithValue("open", null);
  }
}
