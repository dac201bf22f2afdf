package org.sysretreplay.spark.engine;

import java.io.Serializable;
import java.util.Iterator;
import org.sysretreplay.analytics.TooManyGroupsException;
import org.sysretreplay.analytics.Workers.Each;
import org.sysretreplay.analytics.Workers.Work;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * What some items came to, or the failure of one of them. A failure is a result: Spark would try
 * the task again, and what a file is does not change by that.
 */
record Partial<O>(O result, RuntimeException failure) implements Serializable {

  /** What one item comes to. */
  static <I, O> byte[] one(byte[] item, Each<I, O> work) {
    try {
      return new Partial<>(TaskCores.use(() -> work.of(Portable.<I>of(item))), null).bytes();
    } catch (TraceException | OutputException | TooManyGroupsException e) {
      return new Partial<>(null, e).bytes();
    }
  }

  /** What all items come to together. */
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

  /** What all partial results come to together. */
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

  /** As bytes again. */
  byte[] bytes() {
    return failure == null ? Portable.bytes(this) : Portable.bytesOfFailure(this);
  }

  /** The result; throws the failure where there is one. */
  O orThrow() {
    if (failure != null) {
      throw failure;
    }
    return result;
  }
}
