package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sysretreplay.emulator.MachineSign;

/**
 * What the frames of traces show of their machines, by the traces' ids; traces that show nothing
 * are left out. The signs of parts add up to those of the whole.
 */
public record TraceSigns(Map<String, Set<MachineSign>> byTrace) implements Serializable {

  /** The signs of no frame. */
  public static final TraceSigns NONE = new TraceSigns(Map.of());

  public TraceSigns {
    byTrace = Collections.unmodifiableMap(new TreeMap<>(byTrace));
  }

  /** The signs of one trace. */
  public static TraceSigns of(String traceId, Set<MachineSign> signs) {
    return signs.isEmpty() ? NONE : new TraceSigns(Map.of(traceId, EnumSet.copyOf(signs)));
  }

  /** The signs of both. */
  public TraceSigns plus(TraceSigns other) {
    if (other.byTrace.isEmpty()) {
      return this;
    }
    Map<String, Set<MachineSign>> sum = new TreeMap<>(byTrace);
    other.byTrace.forEach((trace, signs) -> sum.merge(trace, signs, TraceSigns::union));
    return new TraceSigns(sum);
  }

  private static Set<MachineSign> union(Set<MachineSign> left, Set<MachineSign> right) {
    Set<MachineSign> both = EnumSet.copyOf(left);
    both.addAll(right);
    return both;
  }

  /** The signs of one trace; empty if it shows nothing. */
  public Set<MachineSign> of(String traceId) {
    return byTrace.getOrDefault(traceId, Set.of());
  }
}
