package org.sysretreplay.spark.functions;

import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.StructType;

/**
 * A function as Spark finds it by its name, before it knows what it is given. Where it cannot be
 * given that, Spark makes an analysis error of the exception.
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
