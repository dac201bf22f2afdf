package org.sysretreplay.spark.functions;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/** A function and the argument types of one call. */
record Binding(SysretFunction function, List<DataType> inputs) implements Serializable {

  Binding {
    inputs = List.copyOf(inputs);
  }
}
