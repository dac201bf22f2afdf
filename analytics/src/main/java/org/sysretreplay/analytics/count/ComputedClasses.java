package org.sysretreplay.analytics.count;

import org.sysretreplay.ingest.columnar.LongDictionary;

/** Classes that are made from other columns, numbered as they come. */
abstract class ComputedClasses implements FrameClasses {

  /** The numbers of the classes that were found. */
  final LongDictionary classes = new LongDictionary();

  @Override
  public final int size() {
    return classes.size();
  }

  @Override
  public final long number(int code) {
    return classes.value(code);
  }
}
