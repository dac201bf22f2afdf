package org.sysretreplay.analytics.count;

import java.util.List;
import org.sysretreplay.emulator.FrameClass;

/**
 * Frames of one class that have the same values in some columns.
 *
 * @param values a String, a Long or null for each column
 * @param count how many, at least one
 */
public record FrameCount(FrameClass frames, List<Object> values, long count) {}
