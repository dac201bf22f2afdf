package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "perf", "data", "script", "ftrace", "trace", "txt", "out", "log", "jsonl", "ndjson", "json",
        "parquet", "pq"
      })
  void extensionsAreNoPartOfTheName(String extension) {
    assertThat(TraceName.stem(Path.of("nginx." + extension))).isEqualTo("nginx");
    assertThat(TraceName.stem(Path.of("nginx." + extension + ".gz"))).isEqualTo("nginx");
  }

  @ParameterizedTest
  @EnumSource(TraceFormat.class)
  void everyFormatSaysWhatItsFilesEndWith(TraceFormat format) {
    assertThat(format.extensions()).isNotEmpty().doesNotHaveDuplicates();
    for (String extension : format.extensions()) {
      assertThat(TraceName.stem(Path.of("nginx." + extension))).isEqualTo("nginx");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nginx.perf.data, nginx",
    "nginx.perf.script.zst, nginx",
    "nginx.1.2.json, nginx.1.2",
    "nginx.database, nginx.database",
    "nginx.perfidy, nginx.perfidy",
    "nginxdata, nginxdata",
    "log.txt, log",
    ".data, ''"
  })
  void theNameThatIsLeftSaysWhatWasRecorded(String file, String stem) {
    assertThat(TraceName.stem(Path.of(file))).isEqualTo(stem);
  }

  @ParameterizedTest
  @CsvSource({
    "/traces/nginx/perf.data, nginx",
    "/traces/nginx/perf.data.gz, nginx",
    "/traces/nginx/trace.txt, nginx",
    "/traces/nginx/trace, nginx",
    "/traces/nginx/run-2.perf.data, run-2",
    "/perf.data, perf",
    "/.data, trace"
  })
  void aNameThatSaysNothingGivesWayToItsFolders(String file, String workload) {
    assertThat(TraceName.workload(Path.of(file))).isEqualTo(workload);
  }

  @Test
  void equalNamesInOtherFoldersAreOtherTraces(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("perf.data"));
    Path same = folder.resolve(".").resolve("perf.data");
    Path other = Files.createDirectory(folder.resolve("b")).resolve("perf.data");
    assertThat(TraceName.traceId(file)).matches("perf\\.data-[0-9a-f]{8}");
    assertThat(TraceName.traceId(same)).isEqualTo(TraceName.traceId(file));
    assertThat(TraceName.traceId(other)).isNotEqualTo(TraceName.traceId(file));
  }
}
