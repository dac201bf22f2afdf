package org.sysretreplay.spark.functions;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/** A function, and the types that the arguments of one call are given in. */
record Binding(SysretFunction function, List<DataType> inputs) implements Serializable {

  Binding {
    inputs = List.copyOf(inputs);
  }
}
