package org.sysretreplay.analytics.count;

import java.util.List;
import org.sysretreplay.emulator.FrameClass;

/**
 * Frames of one class that have the same values in some columns.
 *
 * @param values a String, a Long or null for each column
 * @param rows how many rows there are, at least one
 * @param exits how many exits these stand for
 */
public record FrameCount(FrameClass frames, List<Object> values, long rows, long exits) {}
