package org.sysretreplay.analytics;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Work on stores as they are at one moment. Where a store changes meanwhile, so that part files are
 * gone, it is done anew on what the store holds then.
 */
final class ChangingStores {

  /** How often work is begun that a changing store has spoilt. */
  private static final int MOST_TRIES = 5;

  private ChangingStores() {}

  /** What comes of the work on the stores as they are now. */
  static <T> T ask(Supplier<List<StoreSnapshot>> read, Function<List<StoreSnapshot>, T> work) {
    return ask(read.get(), read, work);
  }

  /**
   * What comes of the work.
   *
   * @param first the stores to begin with
   * @param read reads the stores anew
   * @throws TraceException as they do, where the stores have not changed
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
