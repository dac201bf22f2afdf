package org.sysretreplay.spark.source;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The data source {@code format("perf")}: recordings in every trace format. */
public final class PerfSource implements TableProvider, DataSourceRegister {

  @Override
  public String shortName() {
    return SourceKind.PERF.format();
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return SourceSchema.of(SourceOptions.of(SourceKind.PERF, options));
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new PerfTable(SourceOptions.of(SourceKind.PERF, properties));
  }
}
