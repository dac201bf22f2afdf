package org.sysretreplay.analytics.listing;

import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Verdict;

/**
 * A frame, whose it is, and what its judge says of it.
 *
 * @param trace where it comes from
 */
public record ListedFrame(ListedTrace trace, ExitFrame frame, Judge judge, Verdict verdict) {

  /** The same with its verdict. */
  static ListedFrame of(ListedTrace trace, ExitFrame frame, Judge judge) {
    return new ListedFrame(trace, frame, judge, judge.verdict(frame));
  }

  /** By what the frame is looked up. */
  String name() {
    return trace.name(frame.seq());
  }

  /**
   * The value by which reports group the frame: a String, a Long, or null. Exits that were counted
   * together have no time.
   */
  Object value(GroupColumn column) {
    return column.isTime() && frame.count() > 1 ? null : column.of(frame);
  }
}
