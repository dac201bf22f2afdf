package org.sysretreplay.spark.source;

import java.util.stream.Stream;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schemas of the tables. */
final class SourceSchema {

  private static final String COMMENT = "comment";

  private SourceSchema() {}

  static StructType of(SourceOptions options) {
    return switch (options.table()) {
      case FRAMES -> new FrameFields(options).schema();
      case REJECTS -> SmallRows.rejects();
      case TRACES -> SmallRows.traces();
    };
  }

  /** The columns for Spark's catalog, with their comments and metadata. */
  static Column[] columns(SourceOptions options) {
    return Stream.of(of(options).fields()).map(SourceSchema::column).toArray(Column[]::new);
  }

  private static Column column(StructField field) {
    String rest =
        new MetadataBuilder().withMetadata(field.metadata()).remove(COMMENT).build().json();
    return Column.create(
        field.name(), field.dataType(), field.nullable(), field.getComment().get(), rest);
  }
}
