package org.sysretreplay.analytics;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Runs work on snapshots of stores. If it fails because a store changed meanwhile and part files
 * are gone, it is run again on what the store holds then.
 */
final class ChangingStores {

  /** How often the work is tried before its error is final. */
  private static final int MOST_TRIES = 5;

  private ChangingStores() {}

  /** The result of the work on the stores as they are now. */
  static <T> T ask(Supplier<List<StoreSnapshot>> read, Function<List<StoreSnapshot>, T> work) {
    return ask(read.get(), read, work);
  }

  /**
   * The result of the work.
   *
   * @param first the snapshots to begin with
   * @param read takes new snapshots of the same stores
   * @throws TraceException the work's own, if the stores have not changed since or change at every
   *     try
   */
  static <T> T ask(
      List<StoreSnapshot> first,
      Supplier<List<StoreSnapshot>> read,
      Function<List<StoreSnapshot>, T> work) {
    List<StoreSnapshot> stores = first;
    for (int tries = 1; ; tries++) {
      try {
        return work.apply(stores);
      } catch (TraceException e) {
        List<StoreSnapshot> now = read.get();
        if (tries == MOST_TRIES || traces(stores).equals(traces(now))) {
          throw e;
        }
        stores = now;
      }
    }
  }

  private static List<List<TraceRow>> traces(List<StoreSnapshot> stores) {
    return stores.stream().map(StoreSnapshot::traces).toList();
  }
}
