package org.sysretreplay.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Several questions to the same frames, so that traces are read once for all of them. The answer is
 * a list of tables, one for each question in their order.
 *
 * @param all at least one, all with the same {@link Reading}
 * @param asked the indexes of the questions that are counted here; the tables of the others stay
 *     empty
 */
public record SeveralQuestions(List<Question> all, List<Integer> asked)
    implements Fold<List<TallyTable>> {

  public SeveralQuestions {
    all = List.copyOf(all);
    asked = List.copyOf(asked);
  }

  /** Asks all of the questions. */
  public static SeveralQuestions of(List<Question> all) {
    return new SeveralQuestions(all, IntStream.range(0, all.size()).boxed().toList());
  }

  @Override
  public Reading reading() {
    return all.get(0).reading();
  }

  @Override
  public List<GroupColumn> by() {
    return asked.stream().flatMap(it -> all.get(it).by().stream()).distinct().toList();
  }

  /**
   * Counted one after the other, the questions have few groups each; counted together, their
   * columns would multiply to very many.
   */
  @Override
  public List<SeveralQuestions> apart() {
    return asked.stream().map(it -> new SeveralQuestions(all, List.of(it))).toList();
  }

  @Override
  public List<TallyTable> zero() {
    List<TallyTable> tables = new ArrayList<>();
    all.forEach(it -> tables.add(it.zero()));
    return tables;
  }

  @Override
  public FrameSink<List<TallyTable>> begin(String workload, String traceId) {
    return new Replays(
        IntStream.range(0, all.size())
            .mapToObj(it -> asked.contains(it) ? all.get(it).begin(workload, traceId) : null)
            .toArray(Replay[]::new));
  }

  /**
   * Hands each frame to the replay of every question.
   *
   * @param all one replay for each question; null for those that are not asked
   */
  private record Replays(Replay... all) implements FrameSink<List<TallyTable>> {

    @Override
    public void add(FrameView frame, long count) {
      for (Replay replay : all) {
        if (replay != null) {
          replay.add(frame, count);
        }
      }
    }

    @Override
    public List<TallyTable> table() {
      List<TallyTable> tables = new ArrayList<>();
      for (Replay replay : all) {
        tables.add(replay == null ? new TallyTable() : replay.table());
      }
      return tables;
    }
  }

  @Override
  public void note(List<TallyTable> tables, String workload, String traceId, long nanos) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).note(tables.get(i), workload, traceId, nanos);
    }
  }

  @Override
  public List<TallyTable> merge(List<TallyTable> left, List<TallyTable> right) {
    for (int i = 0; i < all.size(); i++) {
      left.get(i).plus(right.get(i));
    }
    return left;
  }
}
