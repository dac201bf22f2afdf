package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;

/** How often each reject reason occurred, and its first reject; adds up in any order. */
public final class RejectSummary implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * One reason's rejects.
   *
   * @param first the first of them by file and position, in whatever order they were added
   */
  public record Entry(long count, Reject first) implements Serializable {

    private static final Comparator<Reject> BY_PLACE =
        Comparator.comparing((Reject reject) -> reject.place().source())
            .thenComparing(reject -> reject.place().position());

    private Entry plus(Entry other) {
      return new Entry(
          count + other.count, BY_PLACE.compare(first, other.first) <= 0 ? first : other.first);
    }
  }

  private final Map<RejectReason, Entry> entries = new EnumMap<>(RejectReason.class);

  /** Adds a reject, with all records that it stands for. */
  public RejectSummary plus(Reject reject) {
    return plus(reject.reason(), new Entry(reject.count(), reject));
  }

  /** Adds rejects of one reason. */
  public RejectSummary plus(RejectReason reason, Entry entry) {
    entries.merge(reason, entry, Entry::plus);
    return this;
  }

  /** Adds all rejects of the other, which is not changed. */
  public RejectSummary plus(RejectSummary other) {
    other.entries.forEach(this::plus);
    return this;
  }

  /** The reasons that occurred. */
  public Map<RejectReason, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** Whether one of its first rejects is also the first of its reason in the other. */
  public boolean isShownBy(RejectSummary other) {
    return !Collections.disjoint(firsts(), other.firsts());
  }

  private List<Reject> firsts() {
    return entries.values().stream().map(Entry::first).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RejectSummary summary && entries.equals(summary.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }
}
