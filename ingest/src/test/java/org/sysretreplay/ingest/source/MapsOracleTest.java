package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.ExecutableMap;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Compares the mappings of every sample recording with what perf prints of maps, forks and
 * programs. Skipped without perf.
 */
class MapsOracleTest {

  private static final String TIME = "(\\d+)\\.(\\d{9}): ";
  private static final Pattern MAP =
      Pattern.compile(
          TIME
              + "PERF_RECORD_MMAP2? (-?\\d+)/\\d+: "
              + "\\[(0x[0-9a-f]+|0)\\((0x[0-9a-f]+)\\) @ (0x[0-9a-f]+|0)[^\\]]*\\]: (\\S*x\\S*) (.*)");
  private static final Pattern EXEC =
      Pattern.compile(TIME + "PERF_RECORD_COMM exec: .*:(\\d+)/\\d+");
  private static final Pattern FORK =
      Pattern.compile(TIME + "PERF_RECORD_FORK\\((\\d+):\\d+\\):\\((\\d+):\\d+\\)");

  @TempDir static Path folder;

  @BeforeAll
  static void perfMustBeThere() {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(it -> Files.isExecutable(Path.of(it, "perf"))),
        "perf is not installed");
  }

  static List<Path> recordings() throws IOException {
    List<Path> files =
        new ArrayList<>(Traces.workloads().stream().map(MapsOracleTest::of).toList());
    for (String flavour : List.of("pipe", "compressed", "compressed-pipe")) {
      files.add(Traces.samples().resolve("flavours/" + flavour + ".perf.data"));
    }
    return files;
  }

  private static Path of(Path workload) {
    return workload.resolve("perf.data");
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void mapsAreThoseThatPerfPrints(Path recording) throws IOException, InterruptedException {
    ExecutableMaps maps;
    try (CountingReader reader =
        new CountingReader(TraceFormat.PERF_DATA.open(recording, Reading.ASSEMBLED))) {
      reader.forEachRemaining(it -> {});
      maps = reader.maps();
    }
    assertThat(maps.leftOut()).isZero();
    assertThat(maps.maps()).isNotEmpty().isEqualTo(printed(recording));
  }

  /** A mapping whose end is not known yet. */
  private static final class Row {
    private final long since;
    private final Matcher map;
    private final long pid;
    private long until;

    Row(long since, Matcher map, long pid) {
      this.since = since;
      this.map = map;
      this.pid = pid;
    }

    ExecutableMap map() {
      return new ExecutableMap(
          pid,
          since == 0 ? OptionalLong.empty() : OptionalLong.of(since),
          until == 0 ? OptionalLong.empty() : OptionalLong.of(until),
          Long.parseUnsignedLong(map.group(4).replace("0x", ""), 16),
          Long.parseUnsignedLong(map.group(5).replace("0x", ""), 16),
          Long.parseUnsignedLong(map.group(6).replace("0x", ""), 16),
          map.group(8));
    }
  }

  private static List<ExecutableMap> printed(Path recording)
      throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    Map<String, List<Row>> live = new HashMap<>();
    for (String line : perfScript(recording)) {
      Matcher map = MAP.matcher(line);
      Matcher exec = EXEC.matcher(line);
      Matcher fork = FORK.matcher(line);
      if (map.find() && !map.group(3).equals("-1")) {
        Row row = new Row(time(map), map, Long.parseLong(map.group(3)));
        rows.add(row);
        live.computeIfAbsent(map.group(3), it -> new ArrayList<>()).add(row);
      } else if (exec.find()) {
        end(live.remove(exec.group(3)), time(exec));
      } else if (fork.find() && !fork.group(3).equals(fork.group(4)) && time(fork) > 0) {
        end(live.remove(fork.group(3)), time(fork));
        List<Row> copies =
            live.getOrDefault(fork.group(4), List.of()).stream()
                .map(it -> new Row(time(fork), it.map, Long.parseLong(fork.group(3))))
                .toList();
        live.put(fork.group(3), new ArrayList<>(copies));
        rows.addAll(copies);
      }
    }
    return rows.stream().map(Row::map).toList();
  }

  private static void end(List<Row> rows, long time) {
    if (rows != null) {
      rows.forEach(it -> it.until = time);
    }
  }

  private static long time(Matcher line) {
    return Long.parseLong(line.group(1)) * 1_000_000_000 + Long.parseLong(line.group(2));
  }

  private static List<String> perfScript(Path recording) throws IOException, InterruptedException {
    Path out = folder.resolve("printed");
    ProcessBuilder perf =
        new ProcessBuilder(
            "perf",
            "script",
            "--ns",
            "--show-mmap-events",
            "--show-task-events",
            "-i",
            recording.toString());
    perf.environment().put("HOME", folder.toString());
    perf.redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    assertThat(perf.start().waitFor()).isZero();
    try (Stream<String> lines = Files.lines(out, StandardCharsets.ISO_8859_1)) {
      return lines.filter(it -> it.contains("PERF_RECORD_")).toList();
    }
  }
}
