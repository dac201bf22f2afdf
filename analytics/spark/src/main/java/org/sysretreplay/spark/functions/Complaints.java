package org.sysretreplay.spark.functions;

import java.util.Map;
import org.apache.spark.SparkIllegalArgumentException;

/** Values that are none, in Spark's own kind of error. */
final class Complaints {

  /** Spark's condition that has no words of its own. */
  static final String CONDITION = "USER_RAISED_EXCEPTION";

  static final String PARAMETER = "errorMessage";

  private Complaints() {}

  /** An error with that sentence, which says where and what to do. */
  static SparkIllegalArgumentException of(String sentence) {
    return new SparkIllegalArgumentException(CONDITION, Map.of(PARAMETER, sentence));
  }
}
