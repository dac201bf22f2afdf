package org.sysretreplay.analytics.count;

import java.util.List;
import org.sysretreplay.emulator.FrameClass;

/**
 * A count of frames of one class that have the same values in some columns.
 *
 * @param values a String, a Long or null for each column
 * @param rows how many rows, at least one
 * @param exits how many exits the rows stand for
 */
public record FrameCount(FrameClass frames, List<Object> values, long rows, long exits) {}
