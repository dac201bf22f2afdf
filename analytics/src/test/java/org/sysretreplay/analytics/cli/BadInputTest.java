package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.ForeignParquet;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.source.TraceFormat;

/** Any bad input gives one clear sentence and the right exit code, and leaves nothing behind. */
class BadInputTest {

  private static final String WHAT_TO_GIVE =
      "give a perf.data, the text of perf script or ftrace, JSON lines, Parquet, or a folder of them.";

  /** The commands that read traces; each writes into the folder named second, if it writes. */
  enum Reader {
    CHECK {
      @Override
      List<Object> arguments(Path input, Path output) {
        return List.of("check", input);
      }
    },
    REPORT {
      @Override
      List<Object> arguments(Path input, Path output) {
        return List.of("report", input, "--output", output.resolve("report.txt"));
      }
    },
    FRAMES {
      @Override
      List<Object> arguments(Path input, Path output) {
        return List.of("frames", input, "--output", output.resolve("frames.txt"));
      }
    },
    INGEST {
      @Override
      List<Object> arguments(Path input, Path output) {
        return List.of("ingest", input, "--into", output.resolve("store"));
      }
    },
    REPLAY {
      @Override
      List<Object> arguments(Path input, Path output) {
        return List.of("replay", input, "--output", output.resolve("verdicts"));
      }
    };

    abstract List<Object> arguments(Path input, Path output);
  }

  /** A file that no command can read, and the sentence after its name. */
  enum BadFile {
    MISSING(": there is no such file; check the name."),
    EMPTY(": the file is empty; record again."),
    JPEG(": it is in no trace format that is known here; " + WHAT_TO_GIVE),
    BIG_ENDIAN(": this perf.data comes from a big-endian machine; record on x86-64."),
    TRUNCATED(
        " @ byte 0x186a0: the file is cut off: its records should reach to byte 0x99658, and the"
            + " events' names behind them are missing; copy the file whole, or record again."),
    ONLY_A_HEADER(
        " @ byte 0x0: the file header should be here and is not: the file is cut off or damaged;"
            + " copy the file whole, or record again."),
    PARQUET_CUT_OFF(
        ": it does not end as a Parquet file does, so it is cut off; copy the file whole, or write"
            + " it again."),
    PARQUET_WITH_A_DAMAGED_FOOTER(
        ": it cannot be read as Parquet (its footer is damaged); copy the file whole, or write it"
            + " again."),
    OTHER_MACHINE(
        ": it was recorded on aarch64, and only exits of x86-64 can be judged; record on x86-64."),
    PARQUET_PACKED_BY_BROTLI(
        ": its column rip is packed by Brotli, which cannot be unpacked here; write it with zstd or"
            + " snappy."),
    PARQUET_WITHOUT_A_REGISTER(
        ": there is no column r11, ss; write rip, rcx, r11, rflags, cs, ss as columns of"
            + " integers."),
    PARQUET_OF_TEXT(
        ": column rip holds STRING and not integers of 32 or 64 bits; cast it, or give it another"
            + " name.");

    private static final String ZSTD = "(\u00b5/\u00fd";

    private final String sentence;

    BadFile(String sentence) {
      this.sentence = sentence;
    }

    private Path write(Path folder) throws IOException {
      Path file = folder.resolve("bad.data");
      byte[] good = Files.readAllBytes(SampleTraces.ROOT.resolve("shell/perf.data"));
      return switch (this) {
        case MISSING -> file;
        case EMPTY -> Files.createFile(file);
        case JPEG -> Files.write(file, jpeg());
        case BIG_ENDIAN -> Files.write(file, bigEndian(good));
        case TRUNCATED -> Files.write(file, Arrays.copyOf(good, 100_000));
        case ONLY_A_HEADER -> Files.write(file, Arrays.copyOf(good, 8));
        case PARQUET_CUT_OFF -> Files.writeString(file, "PAR1" + "garbage ".repeat(20));
        case PARQUET_WITH_A_DAMAGED_FOOTER -> Files.write(file, withDamagedFooter(parquet()));
        case OTHER_MACHINE ->
            Files.copy(SampleTraces.ROOT.resolve("bad/other-machine.perf.data"), file);
        case PARQUET_PACKED_BY_BROTLI ->
            parquet(
                file,
                "1 as rip, 1 as rcx, 1 as r11, 1 as rflags, 1 as cs, 1 as ss",
                "format parquet, codec 'brotli'");
        case PARQUET_WITHOUT_A_REGISTER ->
            parquet(file, "1 as rip, 1 as rcx, 1 as rflags, 1 as cs");
        case PARQUET_OF_TEXT ->
            parquet(file, "'0x401000' as rip, 1 as rcx, 1 as r11, 1 as rflags, 1 as cs, 1 as ss");
      };
    }

    private static Path parquet(Path file, String columns) {
      return parquet(file, columns, "format parquet");
    }

    private static Path parquet(Path file, String columns, String options) {
      ForeignParquet.run("copy (select %s) to '%s' (%s)".formatted(columns, file, options));
      return file;
    }

    private static byte[] parquet() throws IOException {
      Path recording = SampleTraces.ROOT.resolve("shell/perf.data");
      return Traces.parquet(Traces.readAll(TraceFormat.PERF_DATA, recording).frames());
    }

    /** Flips a bit of each page behind the magic of Zstandard. */
    private static byte[] withDamagedPages(byte[] file) {
      String text = new String(file, StandardCharsets.ISO_8859_1);
      for (int at = text.indexOf(ZSTD); at >= 0; at = text.indexOf(ZSTD, at + 1)) {
        file[at + 2 * ZSTD.length()] ^= 1;
      }
      return file;
    }

    private static byte[] withDamagedFooter(byte[] file) {
      Arrays.fill(file, file.length - 100, file.length - 8, (byte) 0x5a);
      return file;
    }

    private static byte[] jpeg() {
      byte[] bytes = new byte[4096];
      byte[] start = {
        (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F'
      };
      System.arraycopy(start, 0, bytes, 0, start.length);
      return bytes;
    }

    private static byte[] bigEndian(byte[] good) {
      byte[] magic = "2ELIFREP".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(magic, 0, good, 0, magic.length);
      return good;
    }
  }

  @TempDir private Path in;
  @TempDir private Path out;
  private Path good;

  @BeforeEach
  void writeGood() throws IOException {
    good = JsonLines.write(in, "good.jsonl", JsonLines.HIT);
  }

  static Stream<Object[]> readersAndBadFiles() {
    return Stream.of(Reader.values())
        .flatMap(reader -> Stream.of(BadFile.values()).map(file -> new Object[] {reader, file}));
  }

  @ParameterizedTest
  @MethodSource("readersAndBadFiles")
  void namesAFileThatCannotBeRead(Reader reader, BadFile bad) throws IOException {
    Path file = bad.write(in);
    assertFails(
        reader.arguments(file, out), ExitCode.INPUT, "sysret-replay: " + file + bad.sentence);
  }

  /** The damage shows after the output was begun; a store is then left without traces. */
  @ParameterizedTest
  @EnumSource(
      value = Reader.class,
      names = {"CHECK", "REPORT", "FRAMES", "REPLAY"})
  void namesARowOfADamagedPage(Reader reader) throws IOException {
    Path file = in.resolve("bad.parquet");
    Files.write(file, BadFile.withDamagedPages(BadFile.parquet()));
    assertFails(
        reader.arguments(file, out),
        ExitCode.INPUT,
        "sysret-replay: "
            + file
            + " @ row 1: it cannot be read as Parquet (a page is damaged); copy the file whole, or"
            + " write it again.");
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void namesAFolderWithoutTraces(Reader reader) throws IOException {
    Path folder = Files.createDirectory(in.resolve("nothing here"));
    assertFails(
        reader.arguments(folder, out),
        ExitCode.INPUT,
        "sysret-replay: " + folder + ": there is no trace in this folder; " + WHAT_TO_GIVE);
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void saysWhereAFileOfBrokenLinesIsBroken(Reader reader) throws IOException {
    Path file = JsonLines.write(in, "broken.jsonl", JsonLines.LONG_REGISTER);
    Result result = run(reader.arguments(file, out));
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    String expected =
        switch (reader) {
          case CHECK, REPORT, FRAMES, REPLAY ->
              file
                  + ":1: register rip has 17 hexadecimal digits (0x123456789abcdef01); write"
                  + " registers as 0x and at most 16 hexadecimal digits.";
          case INGEST ->
              "%s: 1 of 1 records were rejected; \"sysret-replay report %s\" says why."
                  .formatted(file, out.resolve("store"));
        };
    assertThat(result.errLines()).containsExactly("sysret-replay: " + expected);
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void saysWhereALineIsCutInHalfAndTakesTheOthers(Reader reader) throws IOException {
    Path file = JsonLines.write(in, "half.jsonl", JsonLines.HIT, JsonLines.HALF, JsonLines.HIT);
    Result result = run(reader.arguments(file, out));
    assertThat(result.exit()).isEqualTo(ExitCode.OK);
    assertThat(result.errLines()).hasSize(1);
    assertThat(result.err())
        .startsWith("sysret-replay: " + file + ":")
        .endsWith(
            reader == Reader.INGEST ? " says why.\n" : "write one JSON object on each line.\n");
  }

  @Test
  void reportsWhatItCanReadBesidesWhatItCannot() throws IOException {
    Path missing = in.resolve("missing");
    Result result = run(List.of("report", missing, good, "--format", "json"));
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.errLines())
        .containsExactly("sysret-replay: " + missing + ": there is no such file; check the name.");
    assertThat(result.out()).contains("\"accepted\" : 1,");
  }

  @ParameterizedTest
  @EnumSource(
      value = Reader.class,
      names = {"CHECK", "REPORT", "FRAMES", "REPLAY"})
  void namesTheModelsWhereOneIsUnknown(Reader reader) throws IOException {
    assertFails(
        with(reader.arguments(good, out), "--model", "linux-9.9"),
        ExitCode.USAGE,
        "sysret-replay: --model linux-9.9: there is no such kernel; the nearest models are linux-6.9,"
            + " and \"sysret-replay models\" lists all.");
    assertFails(
        with(reader.arguments(good, out), "--model", "sead"),
        ExitCode.USAGE,
        "sysret-replay: --model sead: there is no such model; perhaps seed, or a kernel's"
            + " release, such as 6.12; \"sysret-replay models\" lists all.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"auto,seed | auto", "seed,auto | auto", "all,auto | all", "6.12,all | all"})
  void saysWhatStandsAloneAmongModels(String models, String alone) throws IOException {
    assertFails(
        with(Reader.REPORT.arguments(good, out), "--model", models),
        ExitCode.USAGE,
        "sysret-replay: --model %s: %s stands alone; leave it out, or leave out all others."
            .formatted(models, alone));
  }

  @Test
  void namesNoOptionWhereAModelIsAnArgument() throws IOException {
    assertFails(
        List.of("models", "99"),
        ExitCode.USAGE,
        "sysret-replay: 99: there is no such model; perhaps a kernel's release, such as 6.12;"
            + " \"sysret-replay models\" lists all.");
  }

  @ParameterizedTest
  @EnumSource(
      value = Reader.class,
      names = {"CHECK", "REPORT"})
  void namesTheColumnsWhereOneIsUnknown(Reader reader) throws IOException {
    assertFails(
        with(reader.arguments(good, out), "--by", "entry,weather"),
        ExitCode.USAGE,
        "sysret-replay: --by weather: there is no such column; choose from entry, event, syscall,"
            + " comm, pid, tid, cpu, second, window=WIDTH, stage, cause.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"window", "window=", "window=100", "window=0ms", "window=1.5s", "window=9999999h"})
  void saysWhatAWidthIsWhereWindowsHaveNone(String window) throws IOException {
    assertFails(
        with(Reader.REPORT.arguments(good, out), "--by", window),
        ExitCode.USAGE,
        "sysret-replay: --by "
            + window
            + ": windows need a width, a whole number of h, m, s, ms, us, ns, as in window=100ms.");
  }

  @Test
  void windowsOfTwoWidthsWouldHaveOneName() throws IOException {
    assertFails(
        with(Reader.REPORT.arguments(good, out), "--by", "window=1s,entry,window=10ms"),
        ExitCode.USAGE,
        "sysret-replay: --by window=10ms: windows have one width; leave out window=1s.");
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void namesTheFormatsWhereOneIsUnknown(Reader reader) throws IOException {
    String formats =
        switch (reader) {
          case CHECK, REPORT -> "text, json, csv, markdown, parquet, html";
          case INGEST -> "auto, perf-data, perf-script, ftrace, jsonl, parquet";
          case FRAMES -> "text, jsonl, csv, parquet";
          case REPLAY -> "parquet, jsonl";
        };
    assertFails(
        with(reader.arguments(good, out), "--format", "xml"),
        ExitCode.USAGE,
        "sysret-replay: --format xml: there is no such format; choose from " + formats + ".");
  }

  @Test
  void namesTheEntriesWhereOneIsUnknown() throws IOException {
    assertFails(
        List.of("explain", "--rip=1", "--rcx=1", "--r11=1", "--rflags=1", "--entry=door"),
        ExitCode.USAGE,
        "sysret-replay: --entry door: there is no such entry; choose from syscall, interrupt,"
            + " exception, fork, compat.");
  }

  @Test
  void namesARegisterThatIsNoNumber() throws IOException {
    assertFails(
        List.of("explain", "--rip=0x123456789abcdef01", "--rcx=1", "--r11=1", "--rflags=1"),
        ExitCode.USAGE,
        "sysret-replay: --rip: register rip has 17 hexadecimal digits (0x123456789abcdef01); give 0x"
            + " and at most 16 hexadecimal digits, or a decimal number.");
  }

  @Test
  void wantsACommand() throws IOException {
    assertFails(
        List.of(),
        ExitCode.USAGE,
        "sysret-replay: Name a command: record, report, check, frames, ingest, replay, compare,"
            + " explain, models, generate, verify, notebook, help, version. Try: sysret-replay --help");
  }

  @Test
  void namesTheCommandsWhereOneIsUnknown() throws IOException {
    assertFails(
        List.of("chek", good),
        ExitCode.USAGE,
        "sysret-replay: chek: there is no such command; perhaps check; choose from record, report,"
            + " check, frames, ingest, replay, compare, explain, models, generate, verify,"
            + " notebook, help, version. Try: sysret-replay --help");
  }

  @Test
  void namesAnOptionThatThereIsNot() throws IOException {
    assertFails(
        List.of("check", good, "--colour"),
        ExitCode.USAGE,
        "sysret-replay: --colour: there is no such option. Try: sysret-replay report --help");
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    assertFails(
        List.of("ingest", good),
        ExitCode.USAGE,
        "sysret-replay: Missing required option: '--into=STORE'. Try: sysret-replay ingest --help");
  }

  @Test
  void takesAnArgumentWithAnAtSignAsAName() throws IOException {
    assertFails(
        List.of("check", "@" + good),
        ExitCode.INPUT,
        "sysret-replay: @" + good + ": there is no such file; check the name.");
  }

  static Stream<Object[]> writers() {
    return Stream.of(
            List.<Object>of("check"),
            List.<Object>of("report"),
            List.<Object>of("replay"),
            List.<Object>of("replay", "--format", "jsonl"))
        .map(it -> new Object[] {it});
  }

  @ParameterizedTest
  @MethodSource("writers")
  void namesAnOutputWhoseFolderIsMissing(List<Object> writer) throws IOException {
    Path target = out.resolve("missing/output");
    assertFails(
        with(writer, good, "--output", target),
        ExitCode.USAGE,
        "sysret-replay: "
            + target
            + ": its folder does not exist; make the folder, or name another place.");
  }

  @ParameterizedTest
  @MethodSource("writers")
  void namesAnOutputBelowAFile(List<Object> writer) throws IOException {
    Path target = good.resolve("output");
    assertFails(
        with(writer, good, "--output", target),
        ExitCode.USAGE,
        "sysret-replay: " + target + ": " + good + " is a file and no folder; name another place.");
  }

  @ParameterizedTest
  @MethodSource("writers")
  void neverReplacesAFolderOfTheUsers(List<Object> writer) throws IOException {
    Path target = Files.createDirectory(in.resolve("photos"));
    Files.createFile(target.resolve("cat.jpg"));
    boolean parquet = writer.equals(List.of("replay"));
    assertFails(
        with(writer, good, "--output", target),
        ExitCode.USAGE,
        "sysret-replay: "
            + target
            + (parquet
                ? ": this is there already, and this program did not write it; name a new folder."
                : ": this is a folder; name a file."));
  }

  @Test
  void neverReplacesAFileOfTheUsersByAFolder() throws IOException {
    Path target = Files.writeString(in.resolve("thesis.txt"), "years of work");
    assertFails(
        List.of("replay", good, "--output", target),
        ExitCode.USAGE,
        "sysret-replay: "
            + target
            + ": this is there already, and this program did not write it; name a new folder.");
    assertThat(target).hasContent("years of work");
  }

  @ParameterizedTest
  @MethodSource("writers")
  void neverWritesOverItsOwnInput(List<Object> writer) throws IOException {
    String before = Files.readString(good);
    Path link = Files.createSymbolicLink(out.resolveSibling("a link.jsonl"), good);
    for (Path output : List.of(good, link)) {
      Result result = run(with(writer, good, "--output", output));
      assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err())
          .isIn(
              "sysret-replay: " + output + ": this is also the input; name another file.\n",
              "sysret-replay: "
                  + output
                  + ": this is there already, and this program did not write it; name a new folder.\n");
    }
    assertThat(good).hasContent(before);
    Files.delete(link);
  }

  @Test
  void namesAStoreBelowAFile() throws IOException {
    Path store = good.resolve("store");
    assertFails(
        List.of("ingest", good, "--into", store),
        ExitCode.USAGE,
        "sysret-replay: "
            + store
            + ": it cannot be written ("
            + good
            + " is a file and no folder); name a place that you may write to.");
  }

  @Test
  void neverMakesAStoreOfAFolderOfTheUsers() throws IOException {
    Path photos = Files.createDirectory(in.resolve("photos"));
    Files.createFile(photos.resolve("cat.jpg"));
    assertFails(
        List.of("ingest", good, "--into", photos),
        ExitCode.USAGE,
        "sysret-replay: "
            + photos
            + ": this is no store, and it is not empty; name a new or an empty folder.");
  }

  @Test
  void saysThatTheDiskIsFull() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full");
    assertFails(
        List.of("check", good, "--output", full),
        ExitCode.USAGE,
        "sysret-replay: /dev/full: it cannot be written (No space left on device); make room there, or"
            + " name another place.");
  }

  /** Fails with that one line, and leaves every folder as it is. */
  private void assertFails(List<Object> arguments, int exit, String line) throws IOException {
    List<String> before = Folders.content(in);
    Result result = run(arguments);
    assertThat(result.errLines()).containsExactly(line);
    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
    assertThat(Folders.content(in)).isEqualTo(before);
    assertThat(Folders.content(out)).isEmpty();
  }

  /**
   * Runs a command, and asserts that standard error has one of our sentences and no stack trace.
   */
  private static Result run(List<Object> arguments) {
    Result result = CliRunner.run(arguments.toArray());
    assertThat(result.errLines())
        .allSatisfy(
            line -> assertThat(line).startsWith("sysret-replay: ").matches(".*(\\.| --help)"));
    return result;
  }

  private static List<Object> with(List<Object> arguments, Object... more) {
    List<Object> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all;
  }
}
