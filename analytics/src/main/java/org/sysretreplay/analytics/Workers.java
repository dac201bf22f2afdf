package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Who does the work of an {@link Engine}: the processors of this machine, or those of a cluster.
 * What it throws is what the work threw, or a {@link WorkersException} where there is nobody to do
 * it.
 */
public interface Workers extends AutoCloseable {

  /** How many pieces of work are done at the same time. */
  int parallelism();

  /** Settings of the Hadoop file systems that stores may lie on. */
  Map<String, String> fileSystemOptions();

  /**
   * Does a piece of work for each item and merges what they come to.
   *
   * @param name of the work, for people
   */
  <I extends Serializable, O> O merge(String name, List<I> items, Work<I, O> work);

  /**
   * Does a piece of work for each item. What it comes to is handed on by the caller's thread, in
   * the order of the items, until one fails.
   *
   * @param heapBytesEach how much memory one item takes at most
   * @param done is told of each item
   * @param unwanted is told what was made of items whose turn did not come, as far as that is known
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
   * What is done with one item, and how that adds up.
   *
   * @param <I> an item
   * @param <O> what items come to
   */
  interface Work<I, O> extends Serializable {

    /** Of no item. */
    O zero();

    /** Of one item. */
    O of(I item);

    /** Of both; may add into the left one. */
    O merge(O left, O right);
  }

  /**
   * What is done with one item.
   *
   * @param <I> an item
   * @param <O> what an item comes to
   */
  @FunctionalInterface
  interface Each<I, O> extends Serializable {

    /** Of one item. */
    O of(I item);
  }
}
