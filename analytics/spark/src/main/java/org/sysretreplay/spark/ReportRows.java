package org.sysretreplay.spark;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.report.ReportColumn;

/** Converts the rows of a report to Spark's rows. */
final class ReportRows {

  /** The key of a column's metadata under which its unit is kept. */
  static final String UNIT = "unit";

  private final List<ReportColumn> columns;

  ReportRows(List<GroupColumn> by) {
    columns = ReportColumn.of(by);
  }

  StructType schema() {
    return new StructType(columns.stream().map(ReportRows::field).toArray(StructField[]::new));
  }

  private static StructField field(ReportColumn column) {
    MetadataBuilder metadata = new MetadataBuilder();
    if (!column.unit().symbol().isEmpty()) {
      metadata.putString(UNIT, column.unit().symbol());
    }
    return new StructField(column.key(), type(column.type()), column.canBeNull(), metadata.build())
        .withComment(column.sentence());
  }

  private static DataType type(ReportColumn.Type type) {
    return switch (type) {
      case TEXT -> DataTypes.StringType;
      case NUMBER, COUNT -> DataTypes.LongType;
      case SHARE -> DataTypes.DoubleType;
      case COUNTS -> DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType, false);
    };
  }

  Row row(ReportColumn.Row row) {
    return RowFactory.create(columns.stream().map(it -> it.cell(row)).toArray());
  }
}
