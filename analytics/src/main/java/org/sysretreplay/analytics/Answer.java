package org.sysretreplay.analytics;

import java.io.Serializable;

/**
 * The result of a question, and what became of the input's records.
 *
 * @param <T> the table that the question's {@link Fold} adds up
 */
public record Answer<T>(T table, Intake intake) implements Serializable {}
