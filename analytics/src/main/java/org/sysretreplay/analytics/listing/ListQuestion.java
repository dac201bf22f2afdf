package org.sysretreplay.analytics.listing;

import java.io.Serializable;
import org.sysretreplay.analytics.report.CsvCells;
import org.sysretreplay.analytics.verdict.VerdictQuestion;

/**
 * Which frames to list, and how.
 *
 * @param judging how the frames are judged
 * @param most how many frames to list; the first ones
 * @param texts how texts are written in CSV
 */
public record ListQuestion(
    VerdictQuestion judging, FrameFilter filter, long most, ListFormat format, CsvCells texts)
    implements Serializable {

  /** The limit that lists every frame. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** The same question with another limit. */
  ListQuestion first(long number) {
    return new ListQuestion(judging, filter, number, format, texts);
  }
}
