package org.sysretreplay.ingest.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeOrderTest {

  private static final int LIMIT = 4;

  private final TimeOrder<Integer> order = new TimeOrder<>(LIMIT);

  private void add(int... times) {
    for (int time : times) {
      order.add(time, time);
    }
  }

  private List<Integer> due() {
    return polled(order);
  }

  private static List<Integer> polled(TimeOrder<Integer> from) {
    List<Integer> times = new ArrayList<>();
    for (Integer it = from.poll(); it != null; it = from.poll()) {
      times.add(it);
    }
    return times;
  }

  private List<Integer> toTheEnd() {
    order.end();
    return due();
  }

  @Test
  void belowTheLimitNothingComesBeforeTheEndOfARound() {
    add(3, 1, 2);
    assertThat(due()).isEmpty();
    assertThat(toTheEnd()).containsExactly(1, 2, 3);
  }

  @Test
  void atTheLimitTheOlderHalfComesOut() {
    add(4, 1, 3, 2);
    assertThat(due()).containsExactly(1, 2);
    assertThat(toTheEnd()).containsExactly(3, 4);
  }

  @Test
  void beyondTheLimitTheOrderHoldsWhereNothingOlderComesLater() {
    add(2, 1, 4, 3, 6, 5, 8, 7, 10, 9);
    assertThat(toTheEnd()).isEqualTo(IntStream.rangeClosed(1, 10).boxed().toList());
  }

  @Test
  void anEntryThatIsOlderThanWhatCameOutComesLateAndIsNotLost() {
    add(10, 20, 30, 40);
    assertThat(due()).containsExactly(10, 20);
    add(5, 25);
    assertThat(due()).containsExactly(5, 25);
    assertThat(toTheEnd()).containsExactly(30, 40);
  }

  @Test
  void anyRunsComeOutSortedAndEqualTimesInTheOrderOfTheFile() {
    Random random = new Random(1);
    TimeOrder<long[]> runs = new TimeOrder<>(Integer.MAX_VALUE);
    List<long[]> expected = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < 10_000; i++) {
      time = random.nextInt(50) == 0 ? random.nextInt(100) : time + random.nextInt(2);
      long[] entry = {time, i};
      expected.add(entry);
      runs.add(time, entry);
    }
    expected.sort(Comparator.comparingLong(entry -> entry[0]));
    runs.end();
    expected.forEach(entry -> assertThat(runs.poll()).isSameAs(entry));
    assertThat(runs.poll()).isNull();
  }

  @Test
  void aRoundLetsOutWhatTheRoundBeforeItHeldButNeverTheNewest() {
    TimeOrder<Integer> rounds = new TimeOrder<>(TimeOrder.MAX_HELD);
    int first = 2 * TimeOrder.KEPT;
    addRange(rounds, 0, first);
    rounds.endRound();
    assertThat(rounds.poll()).isNull();
    addRange(rounds, first, first + 1);
    rounds.endRound();
    assertThat(polled(rounds)).isEqualTo(range(0, first + 1 - TimeOrder.KEPT));
    rounds.end();
    assertThat(polled(rounds)).isEqualTo(range(first + 1 - TimeOrder.KEPT, first + 1));
  }

  /** An entry with its time; 0 if it has none. */
  private record Entry(long time) {}

  @Test
  void entriesThatComeAndGoInAnyWayComeOutAsFromASortedList() {
    Random random = new Random(2);
    int limit = 100;
    TimeOrder<Entry> entries = new TimeOrder<>(limit);
    List<Entry> held = new ArrayList<>();
    ArrayDeque<Entry> due = new ArrayDeque<>();
    for (int i = 0; i < 100_000; i++) {
      switch (random.nextInt(5)) {
        case 0 -> {
          due.add(new Entry(0));
          entries.addUntimed(due.getLast());
        }
        case 1, 2 -> {
          held.add(new Entry(1 + random.nextInt(100)));
          entries.add(held.get(held.size() - 1).time(), held.get(held.size() - 1));
        }
        default -> assertThat(entries.poll()).isSameAs(due.poll());
      }
      if (held.size() == limit) {
        held.sort(Comparator.comparingLong(Entry::time));
        List<Entry> older = held.subList(0, limit / 2);
        due.addAll(older);
        older.clear();
      }
    }
    held.sort(Comparator.comparingLong(Entry::time));
    due.addAll(held);
    entries.end();
    due.forEach(it -> assertThat(entries.poll()).isSameAs(it));
    assertThat(entries.poll()).isNull();
  }

  /** Such entries come from a kernel that was held up while it wrote them. */
  @Test
  void anEntryThatIsManyRoundsLateFindsItsPlace() {
    TimeOrder<Integer> rounds = new TimeOrder<>(TimeOrder.MAX_HELD);
    int entries = 10 * TimeOrder.KEPT;
    int late = entries / 2;
    for (int i = 0; i < entries; i++) {
      if (i != late) {
        rounds.add(i, i);
      }
      if (i == late + TimeOrder.KEPT - 1) {
        rounds.add(late, late);
      }
      if (i % 5 == 0) {
        rounds.endRound();
      }
    }
    rounds.end();
    assertThat(polled(rounds)).isEqualTo(range(0, entries));
  }

  private static void addRange(TimeOrder<Integer> to, int from, int end) {
    range(from, end).forEach(it -> to.add(it, it));
  }

  private static List<Integer> range(int from, int end) {
    return IntStream.range(from, end).boxed().toList();
  }
}
