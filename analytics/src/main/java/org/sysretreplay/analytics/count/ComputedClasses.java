package org.sysretreplay.analytics.count;

import org.sysretreplay.ingest.columnar.LongDictionary;

/**
 * Classes that are computed from other columns; their codes are given in the order in which they
 * occur.
 */
abstract class ComputedClasses implements FrameClasses {

  /** The numbers of the classes found so far. */
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
