package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/**
 * Files that turn out to be unreadable behind their first records: each is an error and counts for
 * nothing, and the others are answered as if it were not there.
 */
class RefusedFilesTest {

  private static final Path RECORDING = SampleTraces.ROOT.resolve("trap-flag/perf.data");

  @TempDir private Path folder;

  private Path good;

  /** Why a file is refused, and how many of its records come before that is known. */
  enum Kind {
    TIMES_THAT_ARE_NONE("times.perf.data", "the times of its samples go back ") {
      @Override
      byte[] bytes() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(RECORDING));
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int at = (int) bytes.getLong(40);
        int end = at + (int) bytes.getLong(48);
        for (int samples = 0; at < end; at += Short.toUnsignedInt(bytes.getShort(at + 6))) {
          if (bytes.getInt(at) == SAMPLE) {
            bytes.putLong(at + TIME, samples++ * 7_919L % 4_000);
          }
        }
        return bytes.array();
      }
    },
    EXITS_THAT_WERE_COUNTED(
        "counted.jsonl", "exits were counted together where they were recorded") {
      @Override
      byte[] bytes() {
        String counted = JsonLines.HIT.replace("\"cpu\"", "\"count\":5,\"cpu\"");
        return (JsonLines.HIT + "\n" + counted + "\n").getBytes(StandardCharsets.UTF_8);
      }
    };

    private static final int SAMPLE = 9;

    /** The offset of the time: behind the record's header, the address and the thread. */
    private static final int TIME = 24;

    private final String file;
    private final String why;

    Kind(String file, String why) {
      this.file = file;
      this.why = why;
    }

    abstract byte[] bytes() throws IOException;

    Path in(Path folder) throws IOException {
      return Files.write(folder.resolve(file), bytes());
    }
  }

  @BeforeEach
  void writeWhatIsGood() throws IOException {
    good = Files.createDirectory(folder.resolve("all"));
    JsonLines.write(good, "first.jsonl", JsonLines.HIT, JsonLines.FAULT);
    JsonLines.write(good, "zlast.jsonl", JsonLines.HIT);
  }

  private static JsonNode json(Result result) throws IOException {
    return new ObjectMapper().readTree(result.out());
  }

  private static void assertRefused(Result result, Path file, Kind kind) {
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.errLines())
        .singleElement()
        .asString()
        .startsWith("sysret-replay: " + file + ": " + kind.why)
        .endsWith(".");
  }

  @ParameterizedTest
  @EnumSource
  void aReportIsOfTheOthers(Kind kind) throws IOException {
    String alone = CliRunner.run("report", good, "--by", "second", "--format", "json").out();
    Path bad = kind.in(good);
    for (List<Object> quiet : List.of(List.<Object>of(), List.<Object>of("--quiet"))) {
      Result json = CliRunner.run(and(quiet, "report", good, "--by", "second", "--format", "json"));
      assertRefused(json, bad, kind);
      assertThat(json.out()).isEqualTo(alone);
    }
    Result text = CliRunner.run("report", good, "--by", "second");
    assertThat(text.out().replaceAll("\\s+", " "))
        .contains("Input: 3 records seen = 3 exits", "Refused, not counted: ");
    assertThat(text.out().lines())
        .noneMatch(it -> it.startsWith("times:") || it.startsWith("counted:"));
  }

  private static Object[] and(List<Object> some, Object... more) {
    List<Object> all = new ArrayList<>(List.of(more));
    all.addAll(some);
    return all.toArray();
  }

  @ParameterizedTest
  @EnumSource
  void aloneItGivesNoReport(Kind kind) throws IOException {
    Path bad = kind.in(folder);
    Result result = CliRunner.run("report", bad, "--by", "second");
    assertRefused(result, bad, kind);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void ofSeveralThatAreRefusedEachIsTold() throws IOException {
    Path only = Files.createDirectory(folder.resolve("only"));
    for (Kind kind : Kind.values()) {
      kind.in(only);
    }
    Result result = CliRunner.run("report", only, "--by", "second");
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.out()).isEmpty();
    assertThat(result.errLines()).hasSize(Kind.values().length);
  }

  @Test
  void aStoreHasTheOthers() throws IOException {
    Path bad = Kind.TIMES_THAT_ARE_NONE.in(good);
    Path store = folder.resolve("store");
    Result result = CliRunner.run("ingest", good, "--into", store);
    assertRefused(result, bad, Kind.TIMES_THAT_ARE_NONE);
    assertThat(result.out().lines()).hasSize(2).noneMatch(it -> it.contains("times"));
    assertThat(json(CliRunner.run("report", store, "--format", "json")).at("/input/seen").asLong())
        .isEqualTo(3);
    assertThat(Folders.content(store)).noneMatch(it -> it.contains("times"));
    assertThat(CliRunner.run("verify", store).exit()).isZero();
  }

  @Test
  void whatTheStoreHeldOfItBeforeStays() throws IOException {
    Path store = folder.resolve("store");
    Path file = Files.copy(RECORDING, good.resolve("times.perf.data"));
    assertThat(CliRunner.run("ingest", good, "--into", store).exit()).isZero();
    List<String> before = Folders.content(store.resolve("frames/workload=times"));
    Kind.TIMES_THAT_ARE_NONE.in(good);
    assertRefused(CliRunner.run("ingest", good, "--into", store), file, Kind.TIMES_THAT_ARE_NONE);
    assertThat(Folders.content(store.resolve("frames/workload=times"))).isEqualTo(before);
    assertThat(CliRunner.run("verify", store).exit()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void verdictsAreOfTheOthers(Kind kind) throws IOException {
    String alone = CliRunner.run("replay", good, "--format", "jsonl", "-o", "-").out();
    Path bad = kind.in(good);
    for (String format : List.of("jsonl", "parquet")) {
      Path output = folder.resolve(format);
      Result result = CliRunner.run("replay", good, "--format", format, "-o", output);
      assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
      assertThat(result.errLines()).hasSize(1);
      assertThat(result.err()).contains(bad + ": ");
    }
    assertThat(folder.resolve("jsonl")).hasContent(alone);
    assertThat(Folders.content(folder.resolve("parquet")))
        .filteredOn(it -> it.endsWith(".parquet"))
        .containsExactly("part-00000.parquet");
  }

  @Test
  void ofNothingElseAnOutputStaysAsItWas() throws IOException {
    Path output = folder.resolve("verdicts.jsonl");
    assertThat(CliRunner.run("replay", good, "--format", "jsonl", "-o", output).exit()).isZero();
    String before = Files.readString(output);
    Path bad = Kind.TIMES_THAT_ARE_NONE.in(folder);
    assertRefused(
        CliRunner.run("replay", bad, "--format", "jsonl", "-o", output),
        bad,
        Kind.TIMES_THAT_ARE_NONE);
    assertThat(output).hasContent(before);
  }

  @Test
  void aComparisonIsOfTheOthersAndPassesNoGate() throws IOException {
    JsonNode alone =
        json(CliRunner.run("compare", good, "@linux-6.9", "--format", "json")).get("rows");
    Path bad = Kind.TIMES_THAT_ARE_NONE.in(good);
    Result result =
        CliRunner.run("compare", good, "@linux-6.9", "--format", "json", "--fail-below", "100");
    assertRefused(result, bad, Kind.TIMES_THAT_ARE_NONE);
    assertThat(json(result).get("rows")).isEqualTo(alone);
    Result side = CliRunner.run("compare", good.resolve("first.jsonl"), bad);
    assertRefused(side, bad, Kind.TIMES_THAT_ARE_NONE);
    assertThat(side.out()).isEmpty();
  }
}
