package org.sysretreplay.analytics.listing;

import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Verdict;

/**
 * A frame with its trace, its judge and the verdict.
 *
 * @param trace the trace that it comes from
 */
public record ListedFrame(ListedTrace trace, ExitFrame frame, Judge judge, Verdict verdict) {

  /** A frame, judged by its judge. */
  static ListedFrame of(ListedTrace trace, ExitFrame frame, Judge judge) {
    return new ListedFrame(trace, frame, judge, judge.verdict(frame));
  }

  /** The name to look the frame up by. */
  String name() {
    return trace.name(frame.seq());
  }

  /**
   * The frame's value in a column of reports: a String, a Long, or null. Exits that were counted
   * together have no time.
   */
  Object value(GroupColumn column) {
    return column.isTime() && frame.count() > 1 ? null : column.of(frame);
  }
}
