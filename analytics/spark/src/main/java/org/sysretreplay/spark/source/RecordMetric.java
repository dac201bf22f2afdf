package org.sysretreplay.spark.source;

import java.util.stream.Stream;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.sysretreplay.ingest.trace.Counts;

/** Metrics for Spark's UI on what became of the records of traces. */
public enum RecordMetric {
  SEEN("records seen") {
    @Override
    long of(Counts counts) {
      return counts.seen();
    }

    @Override
    CustomMetric metric() {
      return new Seen();
    }
  },
  REJECTED("records rejected") {
    @Override
    long of(Counts counts) {
      return counts.rejected();
    }

    @Override
    CustomMetric metric() {
      return new Rejected();
    }
  },
  LOST("samples lost by the recorder") {
    @Override
    long of(Counts counts) {
      return counts.lost();
    }

    @Override
    CustomMetric metric() {
      return new Lost();
    }
  };

  private final String sentence;

  RecordMetric(String sentence) {
    this.sentence = sentence;
  }

  abstract long of(Counts counts);

  abstract CustomMetric metric();

  static CustomMetric[] all() {
    return Stream.of(values()).map(RecordMetric::metric).toArray(CustomMetric[]::new);
  }

  /** The values of a task so far. */
  static CustomTaskMetric[] of(RecordMetric[] metrics, Counts counts) {
    return Stream.of(metrics)
        .map(it -> new OfTask(it.name(), it.of(counts)))
        .toArray(CustomTaskMetric[]::new);
  }

  private record OfTask(String name, long value) implements CustomTaskMetric {}

  /** The sum over all tasks; Spark makes one for its UI from the name of the class. */
  private abstract static class Sum extends CustomSumMetric {

    abstract RecordMetric of();

    @Override
    public String name() {
      return of().name();
    }

    @Override
    public String description() {
      return of().sentence;
    }
  }

  /** All records. */
  public static final class Seen extends Sum {
    @Override
    RecordMetric of() {
      return SEEN;
    }
  }

  /** Records that were rejected. */
  public static final class Rejected extends Sum {
    @Override
    RecordMetric of() {
      return REJECTED;
    }
  }

  /** Samples that the recorder says it lost. */
  public static final class Lost extends Sum {
    @Override
    RecordMetric of() {
      return LOST;
    }
  }
}
