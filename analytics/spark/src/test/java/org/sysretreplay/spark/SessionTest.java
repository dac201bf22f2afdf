package org.sysretreplay.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import net.bytebuddy.ByteBuddy;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.SampleTraces;
import scala.jdk.javaapi.CollectionConverters;

/** The face leaves the user's session as it was. */
class SessionTest {

  private static final String SHELL = SampleTraces.ROOT.resolve("shell/perf.data").toString();

  private static SparkSession spark;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    spark = Sessions.local();
    spark.range(3).createOrReplaceTempView("mine");
    spark.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** All state that a user could find changed, by name. */
  private static Map<String, Object> state() {
    SparkContext context = spark.sparkContext();
    Map<String, Object> state = new TreeMap<>();
    state.put("settings", new TreeMap<>(CollectionConverters.asJava(spark.conf().getAll())));
    state.put("settings of the application", context.getConf().toDebugString());
    Map<String, String> hadoop = new TreeMap<>();
    context.hadoopConfiguration().forEach(it -> hadoop.put(it.getKey(), it.getValue()));
    state.put("settings of Hadoop", hadoop);
    state.put("properties of the thread", new TreeMap<>(context.getLocalProperties()));
    for (String what : List.of("catalogs", "databases", "tables", "views", "user functions")) {
      List<String> rows = new ArrayList<>();
      spark.sql("show " + what).collectAsList().forEach(it -> rows.add(it.toString()));
      state.put(what, rows);
    }
    state.put("current catalog", spark.catalog().currentCatalog());
    state.put("current database", spark.catalog().currentDatabase());
    state.put("active session", SparkSession.active());
    state.put("listeners", context.listenerBus().listeners().size());
    state.put("cached", context.getPersistentRDDs().size());
    state.put("files", List.of(context.listFiles().size(), context.listJars().size()));
    state.put("system properties", new TreeMap<>(System.getProperties()));
    state.put("loader", Thread.currentThread().getContextClassLoader());
    return state;
  }

  @Test
  void nothingInASessionIsChanged() {
    SparkContext context = spark.sparkContext();
    context.setJobGroup("mine", "my own jobs", false);
    context.setLocalProperty("spark.scheduler.pool", "mine");
    Map<String, Object> before = state();
    assertThat(state()).isEqualTo(before);

    useAll();

    assertThat(state()).isEqualTo(before);
    assertThat(context.isStopped()).isFalse();
    assertThat(context.getLocalProperty("spark.job.description")).isEqualTo("my own jobs");
    context.clearJobGroup();
    useAll();
    assertThat(context.getLocalProperty("spark.job.description")).isNull();
  }

  private static void useAll() {
    SysretReplay replay = SysretReplay.on(spark);
    Path store = folder.resolve("store");
    Selection stored = replay.ingest(SHELL).into(store.toString()).read();
    Report report = stored.models("all").by("entry").report();
    report.rows().collectAsList();
    assertThat(report.text() + report.json() + report.csv()).isNotEmpty();
    replay.compare(stored, stored.models("fred")).rows().collectAsList();
    stored.verdicts("seed").count();
    assertThatThrownBy(() -> replay.read("missing").report())
        .isInstanceOf(SysretReplayException.class);
  }

  @Test
  void jobsHaveNamesThatAPersonCanRead() throws Exception {
    List<String> names = new CopyOnWriteArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            names.add(start.properties().getProperty("spark.job.description"));
          }
        };
    spark.sparkContext().addSparkListener(listener);
    try {
      SysretReplay.on(spark).read(SHELL).report();
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }
    assertThat(names).containsOnly("sysret-replay report");
  }

  @Test
  void aSessionOfSparkConnectIsRefusedInASentence() throws Exception {
    assertThatThrownBy(() -> SysretReplay.on(notClassic()))
        .isInstanceOf(SysretReplayException.class)
        .hasMessage(
            "SysretReplay.on: this session is a client of Spark Connect, whose driver runs elsewhere;"
                + " put the jar on the server and ask by spark.read().format(\"perf\") and the"
                + " functions of the catalog sysret, or give a session made without remote(...).");
  }

  /** A session of another kind, since the class of Spark Connect is in a jar that is not here. */
  private static SparkSession notClassic()
      throws NoSuchMethodException,
          InstantiationException,
          IllegalAccessException,
          InvocationTargetException {
    return new ByteBuddy()
        .subclass(SparkSession.class)
        .make()
        .load(SessionTest.class.getClassLoader())
        .getLoaded()
        .getDeclaredConstructor()
        .newInstance();
  }

  @Test
  void severalThreadsMayAskOneSession() throws InterruptedException {
    SysretReplay replay = SysretReplay.on(spark);
    String expected = replay.read(SHELL).report().json();
    List<String> answers = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(new Thread(() -> answers.add(replay.read(SHELL).report().json())));
    }
    threads.forEach(Thread::start);
    for (Thread each : threads) {
      each.join();
    }

    assertThat(answers).hasSize(4).containsOnly(expected);
  }

  @Test
  void aSecondSessionOfAnApplicationIsTakenAsItIs() {
    SparkSession other = spark.newSession();
    Row one = SysretReplay.on(other).read(SHELL).report().rows().first();

    assertThat(one.getString(0)).isEqualTo("shell");
    assertThat(other).isNotSameAs(spark);
  }
}
