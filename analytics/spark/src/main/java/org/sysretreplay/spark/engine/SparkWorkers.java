package org.sysretreplay.spark.engine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.Workers;
import org.sysretreplay.analytics.WorkersException;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;
import scala.Tuple2;

/**
 * Workers that are the executors of a Spark application.
 *
 * <p>Items and results travel as bytes, so that the application's serializer does not matter.
 */
public final class SparkWorkers implements Workers {

  /** Several tasks for each core, so that all cores finish at about the same time. */
  private static final int TASKS_A_CORE = 4;

  /** The most results that the driver merges; more are first merged on executors. */
  private static final int MOST_RESULTS = 16;

  private static final String HADOOP = "spark.hadoop.";

  /** The thread's property that names its jobs. */
  private static final String DESCRIPTION = "spark.job.description";

  private final JavaSparkContext context;
  private final ExecutorWatch watch;
  private final Progress progress;
  private final Map<String, String> fileSystemOptions;
  private final Runnable end;
  private int mostResults = MOST_RESULTS;

  private SparkWorkers(
      JavaSparkContext context,
      ExecutorWatch watch,
      Progress progress,
      Map<String, String> fileSystemOptions,
      Runnable end) {
    this.context = context;
    this.watch = watch;
    this.progress = progress;
    this.fileSystemOptions = Map.copyOf(fileSystemOptions);
    this.end = end;
  }

  /** Workers of an application that was started for them; {@link #close} ends it. */
  static SparkWorkers ofOwn(JavaSparkContext context, ExecutorWatch watch, Progress progress) {
    return new SparkWorkers(
        context,
        watch,
        progress,
        fileSystemOptions(context),
        () -> {
          watch.close();
          context.close();
        });
  }

  /**
   * Workers of an application that somebody else started and will end.
   *
   * @param fileSystemOptions settings of the Hadoop file systems that stores may lie on
   */
  public static SparkWorkers ofAnother(
      SparkContext context, Map<String, String> fileSystemOptions) {
    return new SparkWorkers(
        JavaSparkContext.fromSparkContext(context),
        ExecutorWatch.none(),
        Progress.NONE,
        fileSystemOptions,
        () -> {});
  }

  /** Sets the most results that the driver merges. */
  SparkWorkers mergingHere(int atMost) {
    mostResults = atMost;
    return this;
  }

  private static Map<String, String> fileSystemOptions(JavaSparkContext context) {
    Map<String, String> options = new HashMap<>();
    for (Tuple2<String, String> setting : context.getConf().getAll()) {
      if (setting._1().startsWith(HADOOP)) {
        options.put(setting._1().substring(HADOOP.length()), setting._2());
      }
    }
    return options;
  }

  @Override
  public int parallelism() {
    try {
      return context.defaultParallelism();
    } catch (IllegalStateException e) {
      // The application was stopped; whoever gives it work will be told.
      return 1;
    }
  }

  @Override
  public Map<String, String> fileSystemOptions() {
    return fileSystemOptions;
  }

  /** A setting of the application. */
  String setting(String key) {
    return context.getConf().get(key);
  }

  @Override
  public <I extends Serializable, O> O merge(String name, List<I> items, Work<I, O> work) {
    if (items.isEmpty()) {
      return work.zero();
    }
    int tasks = Math.min(items.size(), parallelism() * TASKS_A_CORE);
    List<Integer> groups = groups(tasks, mostResults);
    int allTasks = tasks + groups.stream().mapToInt(Integer::intValue).sum();
    try (TaskProgress bar = TaskProgress.follow(context, progress.begin(name, allTasks))) {
      List<byte[]> results = ask(name, () -> merged(items, tasks, groups, work).collect());
      bar.complete(allTasks);
      return Partial.merge(results.iterator(), work).orThrow();
    }
  }

  /** The numbers of results after each step of merging on executors. */
  static List<Integer> groups(int tasks, int mostResults) {
    List<Integer> groups = new ArrayList<>();
    for (int left = tasks; left > mostResults; ) {
      left = (int) Math.ceil(Math.sqrt(left));
      groups.add(left);
    }
    return groups;
  }

  /**
   * Merges results on executors, since results with many groups can be as large as the input. Each
   * result is deserialized once in every step.
   */
  private <I extends Serializable, O> JavaRDD<byte[]> merged(
      List<I> items, int tasks, List<Integer> groups, Work<I, O> work) {
    JavaRDD<byte[]> results =
        distribute(items, tasks).mapPartitions(it -> List.of(Partial.sum(it, work)).iterator());
    for (int count : groups) {
      JavaPairRDD<Integer, byte[]> numbered =
          results.mapPartitionsToPair(
              it -> List.of(new Tuple2<>(TaskContext.getPartitionId(), it.next())).iterator());
      results =
          numbered
              .partitionBy(new HashPartitioner(count))
              .values()
              .mapPartitions(it -> List.of(Partial.merge(it, work).bytes()).iterator());
    }
    return results;
  }

  @Override
  public <I extends Serializable, O extends Serializable> void each(
      String name,
      List<I> items,
      long heapBytesEach,
      Each<I, O> work,
      BiConsumer<I, O> done,
      Consumer<O> unwanted) {
    // In batches, so that results are handed on before all items are done.
    int atOnce = Math.max(1, parallelism());
    try (TaskProgress bar = TaskProgress.follow(context, progress.begin(name, items.size()))) {
      for (int start = 0; start < items.size(); start += atOnce) {
        int end = Math.min(start + atOnce, items.size());
        List<I> some = new ArrayList<>(items.subList(start, end));
        List<byte[]> results =
            ask(
                name,
                () -> distribute(some, some.size()).map(it -> Partial.one(it, work)).collect());
        bar.complete(end);
        handOn(some, results, done, unwanted);
      }
    }
  }

  private static <I, O> void handOn(
      List<I> items, List<byte[]> results, BiConsumer<I, O> done, Consumer<O> unwanted) {
    int next = 0;
    try {
      while (next < items.size()) {
        O made = Portable.<Partial<O>>of(results.get(next++)).orThrow();
        done.accept(items.get(next - 1), made);
      }
    } finally {
      for (byte[] rest : results.subList(next, results.size())) {
        Partial<O> partial = Portable.of(rest);
        if (partial.failure() == null) {
          unwanted.accept(partial.result());
        }
      }
    }
  }

  private <I extends Serializable> JavaRDD<byte[]> distribute(List<I> items, int tasks) {
    List<byte[]> bytes = new ArrayList<>();
    items.forEach(it -> bytes.add(Portable.bytes(it)));
    return context.parallelize(bytes, tasks);
  }

  private <T> T ask(String name, Supplier<T> job) {
    String before = context.getLocalProperty(DESCRIPTION);
    try {
      context.sc().setJobDescription(name);
      return job.get();
    } catch (TraceException | OutputException | WorkersException e) {
      throw e;
    } catch (Exception e) {
      // Scala throws checked exceptions without declaring them.
      throw failure(e);
    } finally {
      context.setLocalProperty(DESCRIPTION, before);
    }
  }

  private RuntimeException failure(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return new WorkersException("the work was interrupted.", e);
      }
    }
    if (watch.complaint().isPresent()) {
      return new WorkersException(watch.complaint().get(), e);
    }
    if (context.sc().isStopped()) {
      return new WorkersException(
          "Spark was stopped before the work was done (" + firstLine(e) + "); start again.", e);
    }
    return new WorkersException(
        "Spark could not do the work (" + firstLine(e) + "); see the logs of its executors.", e);
  }

  /** The first line of an exception's message; Spark appends stack traces to its messages. */
  public static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = message.lines().findFirst().orElse("").strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  @Override
  public void close() {
    end.run();
  }
}
