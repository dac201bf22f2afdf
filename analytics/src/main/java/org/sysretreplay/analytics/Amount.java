package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.List;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.source.TraceInput;

/**
 * How much work there is, or was done, for a progress bar.
 *
 * @param size counted in {@code unit}
 */
public record Amount(Unit unit, long size) implements Serializable {

  /** One piece of work of unknown size. */
  private static final Amount ONE = new Amount(Unit.PARTS, 1);

  /** What work is measured in. */
  public enum Unit {
    /** Pieces, whatever their size. */
    PARTS,
    /** Bytes of the files that are read. */
    BYTES,
    FRAMES
  }

  /** A piece of work whose size is known. */
  public interface Sized {

    /** How much it is. */
    Amount amount();
  }

  /** An amount of bytes to read. */
  public static Amount bytes(long bytes) {
    return new Amount(Unit.BYTES, bytes);
  }

  /** An amount of frames. */
  public static Amount frames(long frames) {
    return new Amount(Unit.FRAMES, frames);
  }

  /** The amount of work in an item; one part where its size is not known. */
  static Amount of(Object item) {
    if (item instanceof Sized sized) {
      return sized.amount();
    }
    if (item instanceof TraceInput trace) {
      return bytes(trace.bytes());
    }
    return item instanceof GeneratedTrace trace ? frames(trace.frames()) : ONE;
  }

  /** The amount of work in all items; counted in parts unless all have the same unit. */
  static Amount ofAll(List<?> items) {
    Amount parts = new Amount(Unit.PARTS, items.size());
    Unit unit = items.isEmpty() ? Unit.PARTS : of(items.get(0)).unit;
    if (unit == Unit.PARTS) {
      return parts;
    }
    long size = 0;
    for (Object item : items) {
      Amount amount = of(item);
      if (amount.unit != unit) {
        return parts;
      }
      size += amount.size;
    }
    return new Amount(unit, size);
  }
}
