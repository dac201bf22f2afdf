package org.sysretreplay.spark.functions;

import java.util.Map;
import org.apache.spark.SparkIllegalArgumentException;

/** Makes Spark's kind of error for invalid values. */
final class Complaints {

  /** Spark's error condition that has no text of its own. */
  static final String CONDITION = "USER_RAISED_EXCEPTION";

  static final String PARAMETER = "errorMessage";

  private Complaints() {}

  /** An error with this sentence, which says where it is and what to do. */
  static SparkIllegalArgumentException of(String sentence) {
    return new SparkIllegalArgumentException(CONDITION, Map.of(PARAMETER, sentence));
  }
}
