package org.sysretreplay.spark.engine;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.WorkersException;
import org.sysretreplay.analytics.WorkersProvider;

/** Starts Spark for the command line. */
final class SparkContexts {

  private static final Pattern OURS =
      Pattern.compile("/(replay-emulator|ingest|analytics|analytics-spark)-[^/]*\\.jar$");

  /**
   * How long to wait for the master's answer; one that is there answers at once, and Spark itself
   * would wait for a minute.
   */
  private static final int ANSWER_SECONDS = 12;

  /** How long the whole start may take, if the wait for the master cannot be observed. */
  private static final int START_SECONDS = 120;

  /** The method in which Spark waits for the master's answer. */
  private static final String ASKING = "waitForRegistration";

  private static final int POLL_MILLIS = 100;

  private static final String REMEDY =
      "give local[*], spark://HOST:PORT, yarn or k8s://URL of a cluster that runs.";

  private SparkContexts() {}

  /**
   * Starts Spark.
   *
   * @param settings Spark's settings, which override the defaults set here
   * @throws WorkersException if the master cannot be used
   */
  static SparkWorkers start(String master, Map<String, String> settings, Progress progress) {
    Optional<Masters> masters = masters(master);
    if (masters.isEmpty()) {
      return SparkWorkers.ofOwn(
          start(configuration(master, settings)), ExecutorWatch.none(), progress);
    }
    masters
        .get()
        .complaint()
        .ifPresent(
            it -> {
              throw unusable(it, null);
            });
    JavaSparkContext context = startInTime(configuration(master, settings));
    try {
      return SparkWorkers.ofOwn(
          context, ExecutorWatch.start(context, masters.get(), progress), progress);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private static Optional<Masters> masters(String master) {
    try {
      return Masters.of(master);
    } catch (IllegalArgumentException e) {
      throw unusable(e.getMessage(), e);
    }
  }

  private static WorkersException unusable(String why, Exception e) {
    return new WorkersException("Spark cannot use it: " + why + "; " + REMEDY, e);
  }

  private static SparkConf configuration(String master, Map<String, String> settings) {
    SparkConf conf =
        new SparkConf()
            .setAppName("sysret-replay")
            .setMaster(master)
            .set("spark.ui.enabled", "false")
            .set("spark.ui.showConsoleProgress", "false");
    if (WorkersProvider.areHere(master)) {
      conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1");
    } else {
      conf.set("spark.jars", String.join(",", ourJars()));
    }
    settings.forEach(conf::set);
    return conf;
  }

  /**
   * The jars of this program's modules, which a cluster does not have; all other libraries come
   * with Spark.
   */
  private static List<String> ourJars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> OURS.matcher(jar).find())
        .toList();
  }

  private static JavaSparkContext startInTime(SparkConf conf) {
    FutureTask<JavaSparkContext> starting = new FutureTask<>(() -> start(conf));
    Thread thread = new Thread(starting, "start of Spark");
    thread.setDaemon(true);
    thread.start();
    try {
      awaitAnswer(starting, thread);
      return starting.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkersException("the start of Spark was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WorkersException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Returns when Spark has started. The time to load classes, long on a busy machine, does not
   * count as waiting for the master.
   */
  private static void awaitAnswer(FutureTask<JavaSparkContext> starting, Thread thread)
      throws InterruptedException {
    long start = System.nanoTime();
    OptionalLong asked = OptionalLong.empty();
    while (!starting.isDone()) {
      if (asked.isEmpty() && isAsking(thread)) {
        asked = OptionalLong.of(System.nanoTime());
      }
      if (asked.isPresent() && secondsSince(asked.getAsLong()) >= ANSWER_SECONDS) {
        throw unusable("the master does not answer within %d s".formatted(ANSWER_SECONDS), null);
      }
      if (secondsSince(start) >= START_SECONDS) {
        throw unusable("it does not start within %d s".formatted(START_SECONDS), null);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static boolean isAsking(Thread thread) {
    return Stream.of(thread.getStackTrace()).anyMatch(it -> it.getMethodName().equals(ASKING));
  }

  private static long secondsSince(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
  }

  private static JavaSparkContext start(SparkConf conf) {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) {
      // Scala throws checked exceptions without declaring them.
      throw unusable(SparkWorkers.firstLine(e), e);
    }
  }
}
