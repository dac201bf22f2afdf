package org.sysretreplay.spark.engine;

import java.io.Serializable;
import java.util.Iterator;
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
      return done(work.of(Portable.<I>of(item)));
    } catch (TraceException | OutputException e) {
      return failed(e);
    }
  }

  /** What all items come to together. */
  static <I, O> byte[] sum(Iterator<byte[]> items, Work<I, O> work) {
    try {
      O sum = work.zero();
      while (items.hasNext()) {
        sum = work.merge(sum, work.of(Portable.<I>of(items.next())));
      }
      return done(sum);
    } catch (TraceException | OutputException e) {
      return failed(e);
    }
  }

  /** What all partial results come to together. */
  static <O> byte[] merge(Iterator<byte[]> partials, Work<?, O> work) {
    O sum = work.zero();
    while (partials.hasNext()) {
      byte[] bytes = partials.next();
      Partial<O> next = Portable.of(bytes);
      if (next.failure != null) {
        return bytes;
      }
      sum = work.merge(sum, next.result);
    }
    return done(sum);
  }

  private static byte[] done(Object result) {
    return Portable.bytes(new Partial<>(result, null));
  }

  private static byte[] failed(RuntimeException e) {
    return Portable.bytesOfFailure(new Partial<>(null, e));
  }

  /** The result; throws the failure where there is one. */
  O orThrow() {
    if (failure != null) {
      throw failure;
    }
    return result;
  }
}
