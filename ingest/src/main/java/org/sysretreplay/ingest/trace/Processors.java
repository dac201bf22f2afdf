package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * What a trace says of the processors that it was recorded on.
 *
 * @param description their name, as the system gives it; empty where the trace does not say
 * @param id vendor, family, model and stepping, as perf writes them: {@code GenuineIntel,6,143,8};
 *     empty where the trace does not say
 * @param online how many were running; 0 where the trace does not say
 */
public record Processors(String description, String id, long online) implements Serializable {

  /** Nothing is known of them. */
  public static final Processors UNKNOWN = new Processors("", "", 0);

  /** The same with that name. */
  public Processors withDescription(String name) {
    return new Processors(name, id, online);
  }

  /** The same with that vendor, family, model and stepping. */
  public Processors withId(String numbers) {
    return new Processors(description, numbers, online);
  }

  /** The same with so many of them. */
  public Processors withOnline(long running) {
    return new Processors(description, id, running);
  }
}
