package org.sysretreplay.analytics.listing;

import java.io.Serializable;
import org.sysretreplay.analytics.report.CsvCells;
import org.sysretreplay.analytics.verdict.VerdictQuestion;

/**
 * Which frames are listed, and how.
 *
 * @param judging how they are judged
 * @param most how many are listed; the first ones
 * @param texts how texts stand in CSV
 */
public record ListQuestion(
    VerdictQuestion judging, FrameFilter filter, long most, ListFormat format, CsvCells texts)
    implements Serializable {

  /** Every frame is listed. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** The same for the first so many. */
  ListQuestion first(long number) {
    return new ListQuestion(judging, filter, number, format, texts);
  }
}
