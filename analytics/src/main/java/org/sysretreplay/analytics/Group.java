package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The frames that one {@link Tally} counts.
 *
 * @param by one value for each {@link GroupColumn} asked for: a String, a Long, or null
 */
public record Group(String workload, String modelId, List<Object> by) implements Serializable {

  public Group {
    by = Collections.unmodifiableList(new ArrayList<>(by));
  }
}
