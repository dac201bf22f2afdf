package org.sysretreplay.spark.functions;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.sysretreplay.emulator.Internal;
import scala.runtime.BoxedUnit;

/**
 * Gives calls of {@code sysret.…} helpful errors. Spark loads this extension from the jar without
 * any setting; it adds no function and changes no other call.
 */
@Internal
public final class SysretCalls implements SparkSessionExtensionsProvider {

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    SysretCallRule.inject(extensions);
    return BoxedUnit.UNIT;
  }
}
