package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.ingest.sample.RecordedEvent;

/** Recordings into a store by a perf that only writes pieces. */
@DisabledOnOs(OS.WINDOWS)
class RecordIntoTest {

  private static final Path SAMPLE = SampleTraces.ROOT.resolve("shell/perf.data").toAbsolutePath();

  /** A piece that perf ended, and one that it ends with. */
  private static final String TWO_PIECES = piece(SAMPLE, 5) + "; " + piece(SAMPLE, 6);

  @TempDir private Path folder;
  private Path bin;
  private Path tracing;
  private Path store;
  private Path spool;

  @BeforeEach
  void makeAKernelThatHasEverything() throws IOException {
    bin = Files.createDirectory(folder.resolve("bin"));
    tracing = folder.resolve("tracing");
    for (RecordedEvent event : RecordedEvent.values()) {
      Path place = tracing.resolve("events").resolve(event.event().replace(':', '/'));
      Files.createDirectories(place);
      Files.writeString(place.resolve("id"), "1\n");
    }
    Path proc = Files.createDirectories(folder.resolve("root/proc/7"));
    Files.writeString(proc.resolve("comm"), "web shop\n");
    script("app", "exit 0");
    store = folder.resolve("store");
    spool = folder.resolve("store.spool");
  }

  private void script(String name, String body) throws IOException {
    Path script = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private void perf(String body) throws IOException {
    script(
        "perf",
        """
        printf '%%s\\n' "$@" >'%s'
        while [ "$1" != -o ]; do shift; done
        file=$2
        shift 2
        %s
        """
            .formatted(folder.resolve("arguments"), body));
  }

  /** perf gives a piece its name once it is whole. */
  private static String piece(Path content, int minute) {
    return "cp '%s' \"$file.part\"; mv \"$file.part\" \"$file.20260102030%d0412\""
        .formatted(content, minute);
  }

  private Result record(Object... arguments) {
    Surroundings surroundings =
        new Surroundings(
            List.of(bin),
            List.of(tracing),
            folder.resolve("root"),
            "./sysret-replay",
            Optional.empty());
    return CliRunner.runIn(
        surroundings, Stream.concat(Stream.of("record"), Stream.of(arguments)).toArray());
  }

  private static void assertFails(Result result, int exit, String... sentences) {
    assertThat(result.errLines())
        .containsExactlyElementsOf(Stream.of(sentences).map("sysret-replay: "::concat).toList());
    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
  }

  private static JsonNode report(Object... arguments) throws IOException {
    Result result =
        CliRunner.run(
            Stream.concat(
                    Stream.of("report"),
                    Stream.concat(Stream.of(arguments), Stream.of("--format", "json")))
                .toArray());
    assertThat(result.exit()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out());
  }

  private List<String> left() throws IOException {
    return Folders.content(spool).stream().filter(it -> !it.startsWith(".")).toList();
  }

  @Test
  void everyPieceGoesIntoTheStoreAndWhatIsToldAddsUp() throws IOException {
    perf(TWO_PIECES);
    Result result = record("-p", "7", "--into", store, "--rotate", "5m");
    long records = report(SAMPLE).get("input").get("seen").longValue();
    long exits = report(SAMPLE).get("input").get("accepted").longValue();
    String piece = "sysret-replay: %s: piece %d, %,d records, %,d exits, 0 lost.";
    assertThat(result.errLines())
        .containsExactly(
            piece.formatted(store, 1, records, exits),
            piece.formatted(store, 2, records, exits),
            "sysret-replay: %s: 2 pieces, %,d records, %,d exits, 0 lost."
                .formatted(store, 2 * records, 2 * exits),
            "sysret-replay: next: ./sysret-replay report " + store);
    assertThat(result.exit()).isZero();
    assertThat(left()).isEmpty();
    JsonNode report = report(store);
    assertThat(report.get("input").get("seen").longValue()).isEqualTo(2 * records);
    assertThat(report.get("rows")).hasSize(1);
    assertThat(report.get("rows").get(0).get("workload").textValue()).isEqualTo("web shop");
    List<String> arguments = Files.readAllLines(folder.resolve("arguments"));
    assertThat(arguments).startsWith("record", "--switch-output=signal", "-e").endsWith("-p", "7");
    assertThat(arguments.get(arguments.indexOf("-o") + 1))
        .matches(
            Pattern.quote(spool.toString()) + "/web shop\\.[0-9TZ]+-[0-9a-f]{8}\\.perf\\.data");
  }

  @Test
  void aCommandIsRecordedSoToo() throws IOException {
    perf("shift; \"$@\"; code=$?; " + TWO_PIECES + "; exit $code");
    script("app", "exit 3");
    Result result = record("--into", store, "--workload", "a b", "--", bin.resolve("app"));
    assertThat(result.errLines())
        .contains("sysret-replay: " + bin.resolve("app") + " ended with exit code 3.");
    assertThat(result.exit()).isZero();
    assertThat(report(store).get("rows").get(0).get("workload").textValue()).isEqualTo("a b");
  }

  /** perf ends by the signal that told it to, however its command ended. */
  @Test
  void afterItsTimeNoExitCodeOfTheCommandIsTold() throws IOException {
    perf("trap 'kill $!; %s; exit 143' TERM; sleep 60 & wait".formatted(TWO_PIECES));
    Result result = record("--for", "2s", "--into", store, "--", "app");
    assertThat(result.err()).contains(": 2 pieces, ").doesNotContain("ended with");
    assertThat(result.exit()).isZero();
  }

  @Test
  void piecesWaitWhereTheUserSays() throws IOException {
    perf("cp /dev/null \"$file.2026010203040512\"; exit 1");
    Path elsewhere = folder.resolve("else where");
    record("-a", "--into", store, "-o", elsewhere);
    assertThat(Files.readAllLines(folder.resolve("arguments")))
        .anyMatch(it -> it.startsWith(elsewhere + "/everything."));
    assertThat(spool).doesNotExist();
  }

  @Test
  void onePieceIsOne() throws IOException {
    perf(piece(SAMPLE, 5));
    Result result = record("-p", "7", "--into", store);
    assertThat(result.err()).contains("sysret-replay: " + store + ": 1 piece, ");
    assertThat(result.exit()).as(result.err()).isZero();
  }

  @Test
  void whatPerfSaysIsPassedOnButForItsCountOfFiles() throws IOException {
    perf(
        "echo '[ perf record: Dump x ]' >&2; echo 'WARNING: so it is' >&2; "
            + TWO_PIECES
            + "; printf 'failed to write\\n' >&2; exit 255");
    Result result = record("-a", "--into", store);
    assertThat(result.errLines())
        .contains(
            "sysret-replay: perf: WARNING: so it is",
            "sysret-replay: perf: failed to write",
            "sysret-replay: perf ended with exit code 255.")
        .noneMatch(it -> it.contains("Dump"));
    assertThat(result.exit()).as("what was recorded is there, and not all was").isEqualTo(2);
    assertThat(report(store).get("rows")).hasSize(1);
  }

  @Test
  void saysSoWherePerfRecordedNothing() throws IOException {
    perf("echo 'no permission' >&2; : >\"$file\"; exit 255");
    assertFails(
        record("-a", "--into", store),
        ExitCode.USAGE,
        "perf: no permission",
        "perf recorded nothing (exit code 255) and says why above; where it lacks a permission, run"
            + " as root, or set kernel.perf_event_paranoid to -1.");
    assertThat(left()).isEmpty();
    perf("echo 'unknown tracepoint' >&2; exit 129");
    assertThat(record("-a", "--into", store).errLines())
        .containsExactly(
            "sysret-replay: perf: unknown tracepoint",
            "sysret-replay: perf recorded nothing (exit code 129): it did not take what it was asked for,"
                + " and says why above; it may be too old, so install a newer one.");
  }

  @Test
  void keepsAPieceThatPerfCouldNotFinishWhereNothingTellsWhatItIs() throws IOException {
    perf("(head -c 48 '" + SAMPLE + "'; head -c 4096 /dev/zero) >\"$file\"; kill -9 $$");
    Result result = record("-p", "7", "--into", store);
    assertThat(left()).hasSize(2);
    Path kept = spool.resolve(left().get(0));
    assertThat(result.errLines())
        .contains(
            "sysret-replay: %s: its header was never finished: perf was killed while it recorded; record again and let perf end."
                .formatted(kept),
            "sysret-replay: %s is kept; to try it again: ./sysret-replay ingest '%s' --workload 'web shop' --into %s"
                .formatted(kept, kept, store),
            "sysret-replay: perf ended with exit code 137 (signal 9).");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    perf(TWO_PIECES);
    Result next = record("-p", "7", "--into", store);
    assertThat(next.errLines())
        .startsWith(
            "sysret-replay: an earlier recorder left pieces (1) in %s, which are read first."
                .formatted(spool));
    assertThat(next.exit()).as("what was kept is told, and no fault of this recording").isZero();
    assertThat(left()).hasSize(2);
  }

  @Test
  void keepsAPieceOfWhichNothingCouldBeTaken() throws IOException {
    Path damaged = SampleTraces.ROOT.resolve("bad/damaged-pack.perf.data").toAbsolutePath();
    perf(piece(SAMPLE, 5) + "; " + piece(damaged, 6));
    Result result = record("-p", "7", "--into", store);
    assertThat(left()).hasSize(2);
    Path kept = spool.resolve(left().get(0));
    assertThat(kept).hasSameBinaryContentAs(damaged);
    assertThat(result.errLines())
        .contains(
            "sysret-replay: %s: not one of its records could be taken for an exit.".formatted(kept),
            "sysret-replay: %s is kept; to try it again: ./sysret-replay ingest '%s' --workload 'web shop' --into %s"
                .formatted(kept, kept, store));
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(report(store).get("input").get("rejected").longValue()).isOne();
    perf(piece(SAMPLE, 5));
    assertThat(record("-p", "7", "--into", store).exit())
        .as("what was kept is told, and no fault of this recording")
        .isZero();
    assertThat(report(store).get("input").get("rejected").longValue())
        .as("it is there once")
        .isOne();
  }

  @Test
  void readsWhatPerfHadWrittenOfAPieceThatItCouldNotFinish() throws IOException {
    int start = 0;
    byte[] sample = Files.readAllBytes(SAMPLE);
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      start = start << Byte.SIZE | sample[40 + i] & 0xff;
    }
    perf(
        piece(SAMPLE, 5)
            + "; (head -c %d /dev/zero; tail -c +%d '%s' | head -c 50001) >\"$file\"; kill -9 $$"
                .formatted(start, start + 1, SAMPLE));
    Result result = record("-p", "7", "--into", store);
    long records = report(SAMPLE).get("input").get("seen").longValue();
    assertThat(report(store).get("input").get("seen").longValue())
        .isBetween(records + 100, 2 * records - 100);
    assertThat(report(store).get("input").get("rejected").longValue()).isZero();
    assertThat(result.err())
        .containsPattern(
            "perf could not finish .*/web shop\\..*\\.perf\\.data; the (49|50),[0-9]{3} bytes of records in it are read, and what perf had not written is lost\\.\n");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(left()).isEmpty();
  }

  @Test
  void saysSoWhereThereIsNotOneSample() throws IOException {
    perf("exit 0");
    Result nothing = record("-p", "7", "--into", store);
    assertThat(nothing.exit()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rotate 10s -a| --rotate 10s: one recording has no pieces; say with --into which store they go into.",
        "--into - -a| --into -: a store is a folder; name one.",
        "--into hdfs://host/store -a| --into hdfs://host/store: pieces go into a folder of this machine; name one, and copy the store from there.",
        "--into / -a| --into /: this cannot be a store; name a folder.",
        "--into store -o - -a| -o -: with --into pieces wait in a folder; name one.",
        "--into store -o store/spool -a| -o store/spool: a store holds nothing but its traces, so pieces cannot wait in it; name a folder beside it.",
        "--into store -z -a| -z: perf compresses all pieces as one stream, of which only the first has the beginning, and the others could not be read; leave it out.",
        "--into store --workload a/b -a| --workload a/b: pieces are files that are called so; give a name without /.",
      })
  void optionsThatMakeNoSenseTogetherAreRefused(String arguments, String sentence) {
    assertFails(record((Object[]) arguments.split(" ")), ExitCode.USAGE, sentence.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "10", "0s", "100ms", "999ms", "1K", "15M", "0G", "-1s", "10d"})
  void aRotationThatPerfDoesNotKnowIsRefused(String rotate) {
    assertFails(
        record("-a", "--into", store, "--rotate=" + rotate),
        ExitCode.USAGE,
        "--rotate %s: give a time from 1s on, such as 10s or 5m, or a size from 16M on, such as 256M or 1G."
            .formatted(rotate));
  }

  @ParameterizedTest
  @CsvSource({"1s,signal", "1500ms,signal", "2h,signal", "16M,16M", "1G,1G"})
  void rotationsAreInPerfsOwnWords(String rotate, String words) {
    assertThat(Rotation.of(rotate).ofPerf()).isEqualTo(words);
  }

  @Test
  void aFolderThatIsNoStoreAndAFileInPlaceOfTheSpoolAreRefused() throws IOException {
    perf(TWO_PIECES);
    Files.createFile(Files.createDirectory(store).resolve("x"));
    assertFails(
        record("-a", "--into", store),
        ExitCode.USAGE,
        store + ": this is no store, and it is not empty; name a new or an empty folder.");
    Path file = Files.createFile(folder.resolve("file"));
    assertFails(
        record("-a", "--into", store, "-o", file),
        ExitCode.USAGE,
        file + ": with --into pieces wait here, and this is no folder; name a folder.");
    assertThat(folder.resolve("arguments")).doesNotExist();
  }
}
