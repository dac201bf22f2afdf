package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Does the work of an {@link Engine}: on the processors of this machine, or on those of a cluster.
 * Its methods throw what the work threw, or a {@link WorkersException} if there is nobody to do the
 * work.
 */
public interface Workers extends AutoCloseable {

  /** How many pieces of work are done at the same time. */
  int parallelism();

  /** Settings of the Hadoop file systems that stores may lie on. */
  Map<String, String> fileSystemOptions();

  /**
   * Works on each item and merges the results.
   *
   * @param name the name of the work, for people
   */
  <I extends Serializable, O> O merge(String name, List<I> items, Work<I, O> work);

  /**
   * Works on each item. The caller's thread hands on the results in the order of the items, until
   * one fails.
   *
   * @param heapBytesEach the most memory that one item takes, in bytes
   * @param done receives each item and its result
   * @param unwanted receives, after a failure, the results of items whose turn did not come, as far
   *     as they are known
   */
  <I extends Serializable, O extends Serializable> void each(
      String name,
      List<I> items,
      long heapBytesEach,
      Each<I, O> work,
      BiConsumer<I, O> done,
      Consumer<O> unwanted);

  @Override
  void close();

  /**
   * The work on one item, and how results are merged.
   *
   * @param <I> an item
   * @param <O> a result
   */
  interface Work<I, O> extends Serializable {

    /** The result of no item. */
    O zero();

    /** Works on one item. */
    O of(I item);

    /** The sum of both; may add into the left one. */
    O merge(O left, O right);
  }

  /**
   * The work on one item.
   *
   * @param <I> an item
   * @param <O> its result
   */
  @FunctionalInterface
  interface Each<I, O> extends Serializable {

    /** Works on one item. */
    O of(I item);
  }
}
