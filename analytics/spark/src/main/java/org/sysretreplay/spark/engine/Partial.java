package org.sysretreplay.spark.engine;

import java.io.Serializable;
import java.util.Iterator;
import org.sysretreplay.analytics.TooManyGroupsException;
import org.sysretreplay.analytics.Workers.Each;
import org.sysretreplay.analytics.Workers.Work;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * The result of some items, or the failure of one of them. The failure is returned as a result,
 * because Spark would repeat a task that throws, and a bad file stays bad.
 */
record Partial<O>(O result, RuntimeException failure) implements Serializable {

  /** The result of one item, serialized. */
  static <I, O> byte[] one(byte[] item, Each<I, O> work) {
    try {
      return new Partial<>(TaskCores.use(() -> work.of(Portable.<I>of(item))), null).bytes();
    } catch (TraceException | OutputException | TooManyGroupsException e) {
      return new Partial<>(null, e).bytes();
    }
  }

  /** The merged result of all items, serialized. */
  static <I, O> byte[] sum(Iterator<byte[]> items, Work<I, O> work) {
    try {
      O sum = work.zero();
      while (items.hasNext()) {
        I item = Portable.of(items.next());
        sum = work.merge(sum, TaskCores.use(() -> work.of(item)));
      }
      return new Partial<>(sum, null).bytes();
    } catch (TraceException | OutputException | TooManyGroupsException e) {
      return new Partial<>(null, e).bytes();
    }
  }

  /** Merges serialized partial results. */
  static <O> Partial<O> merge(Iterator<byte[]> partials, Work<?, O> work) {
    try {
      O sum = work.zero();
      while (partials.hasNext()) {
        Partial<O> next = Portable.of(partials.next());
        if (next.failure != null) {
          return next;
        }
        sum = work.merge(sum, next.result);
      }
      return new Partial<>(sum, null);
    } catch (TooManyGroupsException e) {
      return new Partial<>(null, e);
    }
  }

  /** This result, serialized. */
  byte[] bytes() {
    return failure == null ? Portable.bytes(this) : Portable.bytesOfFailure(this);
  }

  /** The result; throws the failure if there is one. */
  O orThrow() {
    if (failure != null) {
      throw failure;
    }
    return result;
  }
}
