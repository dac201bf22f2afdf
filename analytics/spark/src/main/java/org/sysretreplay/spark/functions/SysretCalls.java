package org.sysretreplay.spark.functions;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.sysretreplay.emulator.Internal;
import scala.runtime.BoxedUnit;

/**
 * Sees to it that a call of a function says what is wrong with it. Spark takes this extension from
 * the jar without any setting; it adds no function and touches no call but those of {@code
 * sysret.…}.
 */
@Internal
public final class SysretCalls implements SparkSessionExtensionsProvider {

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    SysretCallRule.inject(extensions);
    return BoxedUnit.UNIT;
  }
}
