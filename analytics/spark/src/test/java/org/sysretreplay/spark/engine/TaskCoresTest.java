package org.sysretreplay.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.ingest.flow.GivenProcessors;

class TaskCoresTest {

  private static final int CORES = 3;

  private static SparkConf configuration() {
    return new SparkConf()
        .setMaster("local[" + CORES + "]")
        .setAppName("test")
        .set("spark.task.cpus", Integer.toString(CORES))
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1");
  }

  private static int given() {
    return GivenProcessors.given().orElse(0);
  }

  @Test
  void aTaskHasTheCoresThatItWasGiven() {
    try (JavaSparkContext context = new JavaSparkContext(configuration())) {
      assertThat(
              context.parallelize(List.of(1), 1).map(it -> TaskCores.use(() -> given())).collect())
          .containsExactly(CORES);
      List<Integer> counted = new java.util.ArrayList<>();
      SparkWorkers workers = SparkWorkers.ofOwn(context, ExecutorWatch.none(), Progress.NONE);
      // The same by each(), which ingest uses.
      workers.each(
          "test", List.of(1), 1, it -> given(), (item, made) -> counted.add(made), it -> {});
      assertThat(counted).containsExactly(CORES);
    }
  }

  @Test
  void outsideOfATaskThereIsOne() {
    assertThat(TaskCores.use(TaskCoresTest::given)).isEqualTo(1);
  }
}
