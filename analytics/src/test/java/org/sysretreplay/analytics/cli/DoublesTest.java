package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** A recording that counts twice is told, and two recordings of one id are not taken for one. */
class DoublesTest {

  @TempDir private Path folder;
  private Path fleet;
  private Path trace;

  @BeforeEach
  void record() throws IOException {
    fleet = folder.resolve("fleet");
    trace = JsonLines.write(folder, "app.jsonl", JsonLines.HIT, JsonLines.TICK);
  }

  private Path store(String name) {
    Path store = fleet.resolve(name);
    assertThat(CliRunner.run("ingest", trace, "--into", store, "--quiet").exit()).isZero();
    return store;
  }

  private static List<String> doubles(Object... arguments) {
    Result result = CliRunner.run(arguments);
    assertThat(result.exit()).isZero();
    return result.errLines().stream().filter(it -> it.contains("twice")).toList();
  }

  @Test
  void everyCommandTellsOfARecordingThatIsInTwoStores() {
    Path first = store("a");
    Path second = store("b");
    Path verdicts = folder.resolve("verdicts");
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("report", fleet),
            List.of("frames", fleet),
            List.of("replay", fleet, "-o", verdicts),
            List.of("compare", fleet, "@6.12"),
            List.of("compare", fleet, trace))) {
      assertThat(doubles(command.toArray()))
          .as(command.toString())
          .singleElement()
          .asString()
          .matches(
              "sysret-replay: %s: the trace app\\.jsonl-[0-9a-f]{8} is in %s as well, and counts twice; name one of them\\."
                  .formatted(second, first));
    }
    assertThat(doubles("report", fleet, "--quiet")).isEmpty();
    assertThat(doubles("compare", fleet, "@6.12", "--quiet")).isEmpty();
    assertThat(doubles("replay", fleet, "-o", verdicts, "--quiet")).isEmpty();
  }

  /** Hosts that record into the same path get the same id, and none of them is to be left out. */
  @Test
  void recordingsOfTwoHostsDoNotCountTwice() throws IOException {
    store("a");
    JsonLines.write(folder, "app.jsonl", JsonLines.HIT, JsonLines.TICK, JsonLines.FAULT);
    Path second = store("b");
    assertThat(doubles("report", fleet)).isEmpty();
    Path third = store("c");
    assertThat(doubles("report", fleet))
        .singleElement()
        .asString()
        .contains(third.toString(), " is in " + second + " as well, and counts twice");
  }

  @Test
  void aFileMayHaveBeenRecordedAnew() {
    Path store = store("a");
    assertThat(doubles("report", store, trace))
        .singleElement()
        .asString()
        .matches(
            "sysret-replay: %s: there is a trace app\\.jsonl-[0-9a-f]{8} in it, and %s has the same id; if that file was not recorded anew since, it counts twice, so name one of them\\."
                .formatted(store, trace));
  }
}
