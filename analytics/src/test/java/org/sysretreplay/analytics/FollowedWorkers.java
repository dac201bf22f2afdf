package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Workers that note the number of pieces of each merge. */
public final class FollowedWorkers implements Workers {

  private final Workers workers;
  private final List<Integer> merged = new ArrayList<>();

  public FollowedWorkers(Workers workers) {
    this.workers = workers;
  }

  /** The number of pieces of each merge, in order. */
  public List<Integer> merged() {
    return merged;
  }

  @Override
  public int parallelism() {
    return workers.parallelism();
  }

  @Override
  public Map<String, String> fileSystemOptions() {
    return workers.fileSystemOptions();
  }

  @Override
  public <I extends Serializable, O> O merge(String name, List<I> items, Work<I, O> work) {
    merged.add(items.size());
    return workers.merge(name, items, work);
  }

  @Override
  public <I extends Serializable, O extends Serializable> void each(
      String name,
      List<I> items,
      long heapBytesEach,
      Each<I, O> work,
      BiConsumer<I, O> done,
      Consumer<O> unwanted) {
    workers.each(name, items, heapBytesEach, work, done, unwanted);
  }

  @Override
  public void close() {
    workers.close();
  }
}
