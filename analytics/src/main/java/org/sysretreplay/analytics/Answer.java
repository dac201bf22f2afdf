package org.sysretreplay.analytics;

import java.io.Serializable;

/**
 * What a question came to, and what became of the input's records.
 *
 * @param <T> what the question's {@link Fold} adds up
 */
public record Answer<T>(T table, Intake intake) implements Serializable {}
