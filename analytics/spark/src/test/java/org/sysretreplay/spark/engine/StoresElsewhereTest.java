package org.sysretreplay.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.spark.MineFileSystem;
import org.sysretreplay.spark.cluster.CommandLine;
import org.sysretreplay.spark.cluster.CommandLine.Result;

/** A store on a file system that only Spark's settings name. */
class StoresElsewhereTest {

  @Test
  void verifyChecksThemAndDeletesWhatIsLeftOver(@TempDir Path folder) throws IOException {
    Path trace = Path.of(System.getProperty("sample.traces")).resolve("rseq/perf.data");
    Path store = folder.resolve("store");
    assertThat(CommandLine.local("ingest", trace, "--into", store).exit()).isZero();
    Path left = Files.writeString(store.resolve("traces/.x.writing"), "half");

    Result found = withSpark("verify", "mine://host" + store);
    Result repaired = withSpark("verify", "mine://host" + store, "--repair");

    assertThat(found.out()).contains("/traces/.x.writing: no trace names it");
    assertThat(found.exit()).isEqualTo(3);
    assertThat(repaired.out()).contains("all as promised");
    assertThat(repaired.exit()).isZero();
    assertThat(left).doesNotExist();
    assertThat(CommandLine.local("verify", store).exit()).isZero();
  }

  private static Result withSpark(String... command) {
    List<Object> all = new ArrayList<>(List.of(command));
    String setting = "spark.hadoop.fs.mine.impl=" + MineFileSystem.class.getName();
    all.addAll(List.of("--master", "local[1]", "--conf", setting));
    return CommandLine.local(all.toArray());
  }
}
