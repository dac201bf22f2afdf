package org.sysretreplay.spark.engine;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.sysretreplay.analytics.WorkersException;

/** The one place where the command line starts Spark. */
final class SparkContexts {

  private static final Pattern OURS =
      Pattern.compile("/(replay-emulator|ingest|analytics|analytics-spark)-[^/]*\\.jar$");

  /** A standalone cluster may have several masters. */
  private static final Pattern STANDALONE = Pattern.compile("spark://(.+)");

  private static final Pattern HOST_AND_PORT = Pattern.compile("(.+):(\\d{1,5})");

  private static final int CONNECT_MILLIS = 5_000;

  /** Spark itself asks a master that does not answer for a minute. */
  private static final int START_SECONDS = 20;

  private static final String REMEDY =
      "give local[*], spark://HOST:PORT, yarn or k8s://URL of a cluster that runs.";

  private SparkContexts() {}

  /**
   * Starts Spark.
   *
   * @param settings of Spark, which win over those that are usual here
   * @throws WorkersException where the master cannot be used
   */
  static JavaSparkContext start(String master, Map<String, String> settings) {
    Matcher standalone = STANDALONE.matcher(master);
    if (standalone.matches()) {
      checkAnyAnswers(standalone.group(1));
      return startInTime(configuration(master, settings));
    }
    return start(configuration(master, settings));
  }

  private static void checkAnyAnswers(String masters) {
    String last = "";
    for (String each : masters.split(",")) {
      Matcher address = HOST_AND_PORT.matcher(each);
      if (!address.matches()) {
        last = each + " is no HOST:PORT";
        continue;
      }
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2))),
            CONNECT_MILLIS);
        return;
      } catch (IOException | IllegalArgumentException e) {
        last = "nobody answers at " + each + " (" + e.getMessage() + ")";
      }
    }
    throw new WorkersException("Spark cannot use it: " + last + "; " + REMEDY, null);
  }

  private static SparkConf configuration(String master, Map<String, String> settings) {
    SparkConf conf =
        new SparkConf()
            .setAppName("sysret-replay")
            .setMaster(master)
            .set("spark.ui.enabled", "false")
            .set("spark.ui.showConsoleProgress", "false");
    if (master.startsWith("local")) {
      conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1");
    } else {
      conf.set("spark.jars", String.join(",", ourJars()));
    }
    settings.forEach(conf::set);
    return conf;
  }

  /** The jars that a cluster does not have: our modules. What these need beside is Spark's. */
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
      return starting.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new WorkersException(
          "Spark cannot use it: the master does not answer within %d s; %s"
              .formatted(START_SECONDS, REMEDY),
          e);
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

  private static JavaSparkContext start(SparkConf conf) {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) {
      // Scala throws checked exceptions without declaring them.
      throw new WorkersException(
          "Spark cannot use it: " + SparkWorkers.firstLine(e) + "; " + REMEDY, e);
    }
  }
}
