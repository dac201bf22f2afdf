package org.sysretreplay.spark.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.ingest.store.RejectColumn;
import org.sysretreplay.ingest.store.TraceColumn;
import org.sysretreplay.ingest.store.TraceFacts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;

/**
 * The schemas and rows of the small tables {@code rejects} and {@code traces}, whose rows are
 * objects.
 */
final class SmallRows {

  private SmallRows() {}

  static StructType rejects() {
    List<StructField> fields = new ArrayList<>();
    for (FrameField.OfTrace field : FrameField.OfTrace.values()) {
      fields.add(field.structField());
    }
    for (RejectColumn column : RejectColumn.values()) {
      DataType type = column.isNumber() ? DataTypes.LongType : DataTypes.StringType;
      fields.add(field(column.key(), type, false, column.sentence()));
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  static StructType traces() {
    return new StructType(
        Stream.of(TraceColumn.values())
            .map(it -> field(it.key(), type(it), !it.isAlwaysThere(), it.sentence()))
            .toArray(StructField[]::new));
  }

  private static DataType type(TraceColumn column) {
    return switch (column.kind()) {
      case TEXT -> DataTypes.StringType;
      case NUMBER -> DataTypes.LongType;
      case FLAG -> DataTypes.BooleanType;
    };
  }

  private static StructField field(String key, DataType type, boolean nullable, String sentence) {
    return new StructField(key, type, nullable, Metadata.empty()).withComment(sentence);
  }

  /** A row of {@code rejects}. */
  static InternalRow row(String workload, String traceId, Reject reject) {
    List<Object> values = new ArrayList<>(List.of(workload, traceId));
    for (RejectColumn column : RejectColumn.values()) {
      values.add(column.of(reject));
    }
    return row(values);
  }

  /** A row of {@code traces}. */
  static InternalRow row(TraceFacts trace, Reading reading) {
    List<Object> values = new ArrayList<>();
    for (TraceColumn column : TraceColumn.values()) {
      values.add(column.of(trace, reading));
    }
    return row(values);
  }

  /** A row of values, with texts as Spark's. */
  static InternalRow row(List<Object> values) {
    return new GenericInternalRow(
        values.stream()
            .map(it -> it instanceof String text ? UTF8String.fromString(text) : it)
            .toArray());
  }
}
