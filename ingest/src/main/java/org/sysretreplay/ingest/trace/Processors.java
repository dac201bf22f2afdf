package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * The processors that a trace was recorded on, as far as it tells.
 *
 * @param description their name, as the system gives it; empty if the trace does not say
 * @param id vendor, family, model and stepping, as perf writes them: {@code GenuineIntel,6,143,8};
 *     empty if the trace does not say
 * @param online how many were online; 0 if the trace does not say
 */
public record Processors(String description, String id, long online) implements Serializable {

  /** Nothing is known about them. */
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
