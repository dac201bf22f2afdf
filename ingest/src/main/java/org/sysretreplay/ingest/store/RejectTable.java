package org.sysretreplay.ingest.store;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.Locale;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;

/** Converts {@link Reject}s to rows of {@code rejects} and back. */
final class RejectTable {

  /**
   * The columns of a part file; {@code workload} and {@code trace} are the names of its folders.
   */
  static final MessageType SCHEMA = schema();

  private RejectTable() {}

  private static MessageType schema() {
    Types.MessageTypeBuilder columns = Types.buildMessage();
    for (RejectColumn column : RejectColumn.values()) {
      if (column.isNumber()) {
        columns.required(INT64).named(column.key());
      } else {
        columns.required(BINARY).as(stringType()).named(column.key());
      }
    }
    return columns.named("reject");
  }

  static Group group(Reject reject) {
    Group group = new SimpleGroup(SCHEMA);
    for (RejectColumn column : RejectColumn.values()) {
      if (column.of(reject) instanceof Long number) {
        group.add(column.key(), number);
      } else {
        group.add(column.key(), (String) column.of(reject));
      }
    }
    return group;
  }

  static Reject reject(Group row) {
    Place.Unit unit = Place.Unit.valueOf(row.getString("unit", 0).toUpperCase(Locale.ROOT));
    return new Reject(
        new Place(row.getString("source", 0), unit, row.getLong("position", 0)),
        RejectReason.valueOf(row.getString("reason", 0)),
        row.getString("detail", 0),
        row.getString("excerpt", 0),
        row.getType().containsField("count") ? row.getLong("count", 0) : 1);
  }
}
