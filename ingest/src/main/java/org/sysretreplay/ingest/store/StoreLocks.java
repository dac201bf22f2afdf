package org.sysretreplay.ingest.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.trace.OutputException;

/** Takes the locks of a store, and waits for other writers, which hold them for a short time. */
final class StoreLocks {

  private static final int STEP_MILLIS = 20;
  private static final int MOST_STEPS = 60_000 / STEP_MILLIS;

  private StoreLocks() {}

  private interface Attempt {
    Optional<Closeable> hold() throws IOException;
  }

  /** Takes the lock of that name, shared with others. */
  static Closeable share(String store, FileTree files, String lock) throws IOException {
    return waitFor(store, () -> files.tryShare(lock));
  }

  /** Takes the lock of that name exclusively. */
  static Closeable alone(String store, FileTree files, String lock) throws IOException {
    return waitFor(store, () -> files.tryLock(lock));
  }

  private static Closeable waitFor(String store, Attempt attempt) throws IOException {
    for (int step = 0; step < MOST_STEPS; step++) {
      Optional<Closeable> held = attempt.hold();
      if (held.isPresent()) {
        return held.get();
      }
      sleep(store);
    }
    throw OutputException.of(
        store,
        "another process has locked it for a minute",
        "wait for it, or end it, and start again");
  }

  private static void sleep(String store) {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OutputException.of(store, "waiting for another writer was interrupted", "start again");
    }
  }
}
