package org.sysretreplay.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.WorkersException;

class SparkContextsTest {

  private static final String REMEDY =
      "give local[*], spark://HOST:PORT, yarn or k8s://URL of a cluster that runs.";

  @Test
  void settingsOfTheUserWin() {
    Map<String, String> settings =
        Map.of("spark.app.name", "mine", "spark.default.parallelism", "3");
    try (SparkWorkers workers = SparkContexts.start("local[1]", settings, Progress.NONE)) {
      assertThat(workers.parallelism()).isEqualTo(3);
      assertThat(workers.setting("spark.app.name")).isEqualTo("mine");
      assertThat(workers.setting("spark.ui.enabled")).isEqualTo("false");
    }
  }

  @Test
  void workForAnApplicationThatWasStoppedIsRefusedInOneSentence() {
    SparkWorkers workers = SparkContexts.start("local[1]", Map.of(), Progress.NONE);
    workers.close();

    assertThatExceptionOfType(WorkersException.class)
        .isThrownBy(
            () -> workers.each("test", List.of(1), 1, it -> it, (item, made) -> {}, made -> {}))
        .withMessageMatching(
            "Spark was stopped before the work was done \\([^\\n]*\\); start again\\.");
  }

  @Test
  void mastersThatAreNoneAreToldOf() {
    assertUnusable("spark://host", "host is no HOST:PORT");
    assertUnusable("spark://host:70000", "host:70000 is no HOST:PORT");
    assertUnusable("spark://127.0.0.1:9,host", "host is no HOST:PORT");
    assertUnusable("nonsense", "Could not parse Master URL: 'nonsense'");
  }

  private static void assertUnusable(String master, String why) {
    assertThatExceptionOfType(WorkersException.class)
        .isThrownBy(() -> SparkContexts.start(master, Map.of(), Progress.NONE))
        .withMessageContaining(why)
        .withMessageStartingWith("Spark cannot use it: ")
        .withMessageEndingWith("; " + REMEDY);
  }

  @Test
  void anyOfSeveralMastersWillDo() {
    assertThat(Masters.of("spark://a:1,b:22").orElseThrow().addresses())
        .containsExactly(new Masters.Address("a", 1), new Masters.Address("b", 22));
    assertThat(Masters.of("local[2]")).isEmpty();
    assertThat(Masters.of("yarn")).isEmpty();
  }
}
