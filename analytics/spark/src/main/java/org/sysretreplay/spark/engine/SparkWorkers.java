package org.sysretreplay.spark.engine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.Workers;
import org.sysretreplay.analytics.WorkersException;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;
import scala.Tuple2;

/**
 * The executors of a Spark application.
 *
 * <p>Items and what they come to travel as bytes, so that it does not matter which serializer the
 * application has been given.
 */
final class SparkWorkers implements Workers {

  /** For each core, so that all are done at about the same time. */
  private static final int TASKS_A_CORE = 4;

  private static final String HADOOP = "spark.hadoop.";

  /** Two steps merge on executors what many tasks made. */
  private static final int MERGE_DEPTH = 2;

  private final JavaSparkContext context;
  private final Progress progress;

  SparkWorkers(JavaSparkContext context, Progress progress) {
    this.context = context;
    this.progress = progress;
  }

  @Override
  public int parallelism() {
    return context.defaultParallelism();
  }

  @Override
  public Map<String, String> fileSystemOptions() {
    Map<String, String> options = new HashMap<>();
    for (Tuple2<String, String> setting : context.getConf().getAll()) {
      if (setting._1().startsWith(HADOOP)) {
        options.put(setting._1().substring(HADOOP.length()), setting._2());
      }
    }
    return options;
  }

  @Override
  public <I extends Serializable, O> O merge(String name, List<I> items, Work<I, O> work) {
    if (items.isEmpty()) {
      return work.zero();
    }
    int tasks = Math.min(items.size(), parallelism() * TASKS_A_CORE);
    return ask(
        name,
        tasks,
        () -> {
          byte[] sum =
              distribute(items, tasks)
                  .mapPartitions(it -> List.of(Partial.sum(it, work)).iterator())
                  .treeReduce((left, right) -> Partial.merge(left, right, work), MERGE_DEPTH);
          return Partial.<O>of(sum).orThrow();
        });
  }

  /**
   * What some items came to, or the failure of one of them. A failure is a result: Spark would try
   * the task again, and what a file is does not change by that.
   */
  private record Partial<O>(O result, RuntimeException failure) implements Serializable {

    static <I, O> byte[] sum(Iterator<byte[]> items, Work<I, O> work) {
      try {
        O sum = work.zero();
        while (items.hasNext()) {
          sum = work.merge(sum, work.of(SerializationUtils.<I>deserialize(items.next())));
        }
        return bytes(new Partial<>(sum, null));
      } catch (TraceException | OutputException e) {
        return bytes(new Partial<>(null, e));
      }
    }

    static <I, O> byte[] merge(byte[] left, byte[] right, Work<I, O> work) {
      Partial<O> a = of(left);
      Partial<O> b = of(right);
      if (a.failure != null) {
        return left;
      }
      return b.failure != null ? right : bytes(new Partial<>(work.merge(a.result, b.result), null));
    }

    static <O> Partial<O> of(byte[] bytes) {
      return SerializationUtils.deserialize(bytes);
    }

    static byte[] bytes(Partial<?> partial) {
      return SerializationUtils.serialize(partial);
    }

    O orThrow() {
      if (failure != null) {
        throw failure;
      }
      return result;
    }
  }

  @Override
  public <I extends Serializable, O extends Serializable> void each(
      String name,
      List<I> items,
      long heapBytesEach,
      Each<I, O> work,
      BiConsumer<I, O> done,
      Consumer<O> unwanted) {
    // Some at a time, so that what was done is handed on before all is.
    int atOnce = Math.max(1, parallelism());
    for (int start = 0; start < items.size(); start += atOnce) {
      List<I> some = new ArrayList<>(items.subList(start, Math.min(start + atOnce, items.size())));
      List<byte[]> results =
          ask(
              name,
              some.size(),
              () -> distribute(some, some.size()).map(it -> one(it, work)).collect());
      handOn(some, results, done, unwanted);
    }
  }

  private static <I, O> byte[] one(byte[] item, Each<I, O> work) {
    try {
      return Partial.bytes(new Partial<>(work.of(SerializationUtils.<I>deserialize(item)), null));
    } catch (TraceException | OutputException e) {
      return Partial.bytes(new Partial<>(null, e));
    }
  }

  private static <I, O> void handOn(
      List<I> items, List<byte[]> results, BiConsumer<I, O> done, Consumer<O> unwanted) {
    int next = 0;
    try {
      while (next < items.size()) {
        O made = Partial.<O>of(results.get(next++)).orThrow();
        done.accept(items.get(next - 1), made);
      }
    } finally {
      for (byte[] rest : results.subList(next, results.size())) {
        Partial<O> partial = Partial.of(rest);
        if (partial.failure() == null) {
          unwanted.accept(partial.result());
        }
      }
    }
  }

  private <I extends Serializable> JavaRDD<byte[]> distribute(List<I> items, int tasks) {
    List<byte[]> bytes = new ArrayList<>();
    items.forEach(it -> bytes.add(SerializationUtils.serialize(it)));
    return context.parallelize(bytes, tasks);
  }

  private <T> T ask(String name, int tasks, Supplier<T> job) {
    context.sc().setJobDescription(name);
    try (TaskProgress followed = TaskProgress.follow(context, progress.begin(name, tasks))) {
      return followed.during(job);
    } catch (TraceException | OutputException | WorkersException e) {
      throw e;
    } catch (Exception e) {
      // Scala throws checked exceptions without declaring them.
      throw failure(e);
    }
  }

  private RuntimeException failure(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return new WorkersException("the work was interrupted.", e);
      }
    }
    if (context.sc().isStopped()) {
      return new WorkersException(
          "Spark was stopped before the work was done (" + firstLine(e) + "); start again.", e);
    }
    return new WorkersException(
        "Spark could not do the work (" + firstLine(e) + "); see the logs of its executors.", e);
  }

  /** What an exception of Spark's says, without the stack traces that stand below. */
  static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = message.lines().findFirst().orElse("").strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  @Override
  public void close() {
    context.close();
  }
}
