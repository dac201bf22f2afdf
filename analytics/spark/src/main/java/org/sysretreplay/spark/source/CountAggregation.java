package org.sysretreplay.spark.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.aggregate.Sum;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.analytics.count.ClassColumns;
import org.sysretreplay.ingest.frames.FrameColumn;

/**
 * An aggregation that can be answered by counting frames by class.
 *
 * @param by the columns to group by
 * @param measures the aggregates of each group
 */
record CountAggregation(List<FrameField> by, List<Measure> measures) implements Serializable {

  /** An aggregate of a group. */
  enum Measure {
    ROWS("count(*)"),
    EXITS("sum(count)");

    private final String key;

    Measure(String key) {
      this.key = key;
    }
  }

  /** Columns with few different values, so that frames can be counted by them. */
  private static final Set<FrameColumn> COUNTABLE =
      EnumSet.of(
          FrameColumn.CPU,
          FrameColumn.PID,
          FrameColumn.TID,
          FrameColumn.COMM,
          FrameColumn.EVENT,
          FrameColumn.NR);

  /** The aggregation, if counts can answer it and the filter needs no other columns; else empty. */
  static Optional<CountAggregation> of(Aggregation asked, FrameFields fields, RowFilter filter) {
    List<FrameField> by = new ArrayList<>();
    for (Expression each : asked.groupByExpressions()) {
      Optional<FrameField> field = field(each, fields).filter(CountAggregation::isCountable);
      if (field.isEmpty()) {
        return Optional.empty();
      }
      by.add(field.get());
    }
    List<Measure> measures = new ArrayList<>();
    for (AggregateFunc each : asked.aggregateExpressions()) {
      Optional<Measure> measure = measure(each, fields);
      if (measure.isEmpty()) {
        return Optional.empty();
      }
      measures.add(measure.get());
    }
    return filter.fields().stream().allMatch(CountAggregation::isCountable)
        ? Optional.of(new CountAggregation(by, measures))
        : Optional.empty();
  }

  private static Optional<FrameField> field(Expression expression, FrameFields fields) {
    return expression instanceof NamedReference it && it.fieldNames().length == 1
        ? fields.of(it.fieldNames()[0])
        : Optional.empty();
  }

  private static boolean isCountable(FrameField field) {
    return field instanceof FrameField.Stored stored
        ? COUNTABLE.contains(stored.column()) || ClassColumns.areTold(stored.column())
        : !(field instanceof FrameField.Hex || field instanceof FrameField.Derived);
  }

  private static Optional<Measure> measure(AggregateFunc asked, FrameFields fields) {
    if (asked instanceof CountStar) {
      return Optional.of(Measure.ROWS);
    }
    if (asked instanceof Count count && !count.isDistinct()) {
      return field(count.column(), fields).filter(it -> !it.nullable()).map(it -> Measure.ROWS);
    }
    return asked instanceof Sum sum && !sum.isDistinct()
        ? field(sum.column(), fields)
            .filter(new FrameField.Stored(FrameColumn.COUNT)::equals)
            .map(it -> Measure.EXITS)
        : Optional.empty();
  }

  /** Whether the number of groups does not grow with the number of threads. */
  boolean hasFewGroups() {
    return by.stream().noneMatch(it -> it instanceof FrameField.Stored of && isOfThread(of));
  }

  private static boolean isOfThread(FrameField.Stored field) {
    return switch (field.column()) {
      case PID, TID, COMM -> true;
      default -> false;
    };
  }

  /** The columns of the answer: those to group by, then one for each measure. */
  StructType schema() {
    StructType schema = FrameFields.schema(by);
    for (Measure measure : measures) {
      schema = schema.add(measure.key, DataTypes.LongType, true);
    }
    return schema;
  }

  /** The description in Spark's plan. */
  String describe() {
    return "group by [%s], aggregates [%s]"
        .formatted(
            String.join(", ", by.stream().map(FrameField::key).toList()),
            String.join(", ", measures.stream().map(it -> it.key).toList()));
  }
}
