package org.sysretreplay.spark.functions;

import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;

/**
 * A function bound to the argument types of one call. Its work is a static method {@code invoke} of
 * its class, which Spark's generated code calls without making an object for each row.
 */
interface Bound<R> extends ScalarFunction<R> {

  Binding binding();

  @Override
  default String name() {
    return binding().function().key();
  }

  /** The name by which Spark recognizes equal calls: it contains the argument types. */
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
