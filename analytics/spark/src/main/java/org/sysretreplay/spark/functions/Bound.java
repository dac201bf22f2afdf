package org.sysretreplay.spark.functions;

import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;

/**
 * A function for the types of one call. What it does is a static method of its class, which Spark's
 * generated code calls without an object for a row.
 */
interface Bound<R> extends ScalarFunction<R> {

  Binding binding();

  @Override
  default String name() {
    return binding().function().key();
  }

  /** Calls of one name and the same types are the same to Spark. */
  @Override
  default String canonicalName() {
    return SysretCatalog.NAME + "." + name() + binding().inputs();
  }

  @Override
  default DataType[] inputTypes() {
    return binding().inputs().toArray(DataType[]::new);
  }

  @Override
  default DataType resultType() {
    return binding().function().result();
  }
}
