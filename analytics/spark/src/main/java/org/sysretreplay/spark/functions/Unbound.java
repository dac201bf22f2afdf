package org.sysretreplay.spark.functions;

import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.StructType;

/**
 * A function before Spark binds it to the types of its arguments. If {@link #bind} throws, Spark
 * turns the exception into an analysis error.
 */
record Unbound(SysretFunction function) implements UnboundFunction {

  @Override
  public String name() {
    return SysretCatalog.NAME + "." + function.key();
  }

  @Override
  public String description() {
    return function.description();
  }

  @Override
  public BoundFunction bind(StructType given) {
    return function.bind(given);
  }
}
