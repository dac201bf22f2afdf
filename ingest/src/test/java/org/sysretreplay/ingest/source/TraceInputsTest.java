package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.perfdata.PerfDataBuilder;
import org.sysretreplay.ingest.perfdata.SampledEvent;
import org.sysretreplay.ingest.source.TraceInputs.Lister;
import org.sysretreplay.ingest.source.TraceInputs.PassedOver;
import org.sysretreplay.ingest.source.TraceInputs.Why;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

class TraceInputsTest {

  private static final String JSON_LINE = "{\"rip\":1}\n";
  private static final String SCRIPT_LINE = "  ls  12/12  [000] 1.5: e: \n";

  @TempDir Path folder;

  private Path json(String name) throws IOException {
    return write(name, JSON_LINE);
  }

  private Path script(String name) throws IOException {
    return write(name, SCRIPT_LINE);
  }

  private Path recording(String name) throws IOException {
    return write(name, "PERFILE2");
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private TraceInputs find(TraceFormat format) {
    return TraceInputs.find(List.of(folder), Optional.empty(), Optional.ofNullable(format));
  }

  private static List<Path> files(TraceInputs inputs) {
    return inputs.traces().stream().map(it -> Path.of(it.file())).toList();
  }

  // The format

  @ParameterizedTest
  @EnumSource(TraceFormat.class)
  void aFolderStandsForItsFilesOfTheFormat(TraceFormat format) throws IOException {
    recording("a.perf.data");
    script("b.txt");
    write("c.trace", "# tracer: nop\n");
    json("d.jsonl");
    Files.write(folder.resolve("e.parquet"), Traces.parquet(List.of()));
    TraceInputs inputs = find(format);
    assertThat(inputs.traces()).extracting(TraceInput::format).containsExactly(format);
    assertThat(files(inputs).get(0).getFileName().toString())
        .startsWith(List.of("a", "b", "c", "d", "e").get(format.ordinal()));
  }

  @Test
  void aParquetFileOfSomethingElseIsPassedOver() throws IOException {
    MessageType verdicts =
        MessageTypeParser.parseMessageType("message verdict { required int64 seq; }");
    Path other = folder.resolve("verdicts.parquet");
    ExampleParquetWriter.builder(new LocalOutputFile(other)).withType(verdicts).build().close();
    Path frames = folder.resolve("frames.parquet");
    Files.write(frames, Traces.parquet(List.of()));
    assertThat(files(find(null))).containsExactly(frames);
    assertThat(find(null).passedOver()).containsExactly(new PassedOver(other, Why.OTHER_TABLE));

    Path gzip = Traces.gzip(folder.resolve("packed.parquet.gz"), Files.readAllBytes(other));
    Path zstd = Traces.zstd(folder.resolve("packed.parquet.zst"), Files.readAllBytes(other));
    Files.delete(other);
    assertThat(files(find(null))).containsExactly(frames);
    assertThat(find(null).passedOver())
        .containsExactly(
            new PassedOver(gzip, Why.OTHER_TABLE), new PassedOver(zstd, Why.OTHER_TABLE));
    assertThat(find(null).unreadable()).isEmpty();
  }

  @Test
  void aFileThatIsNamedIsOfTheFormatWhateverIsInIt() throws IOException {
    Path file = json("c.jsonl");
    TraceInputs inputs =
        TraceInputs.find(List.of(file), Optional.empty(), Optional.of(TraceFormat.PERF_SCRIPT));
    assertThat(inputs.traces())
        .extracting(TraceInput::format)
        .containsExactly(TraceFormat.PERF_SCRIPT);
  }

  @Test
  void aLinkAndWhatItLeadsToAreOneTrace() throws IOException {
    Path recording = recording("x.perf.data");
    Path link = Files.createSymbolicLink(folder.resolve("latest.perf.data"), recording);
    Path elsewhere = Files.createDirectory(folder.resolve("y"));
    Path other = Files.createSymbolicLink(elsewhere.resolve("a.perf.data"), recording);

    assertThat(files(find(null))).containsExactly(recording);
    assertThat(find(null).passedOver())
        .containsExactlyInAnyOrder(new PassedOver(link, Why.LINK), new PassedOver(other, Why.LINK));
    TraceInputs linked = TraceInputs.find(List.of(link, other), Optional.empty(), Optional.empty());
    assertThat(files(linked)).containsExactly(link);
    assertThat(linked.passedOver()).containsExactly(new PassedOver(other, Why.LINK));
  }

  /** The id of a trace is its name and its real path: those of such a link are the same. */
  @Test
  void aLinkOfTheSameNameIsPassedOverWhicheverComesFirst() throws IOException {
    Path recording = recording("run1/app.perf.data");
    Path first = folder.resolve("latest/app.perf.data");
    Path last = folder.resolve("z/app.perf.data");
    for (Path link : List.of(first, last)) {
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, recording);
    }

    assertThat(files(find(null))).containsExactly(recording);
    assertThat(find(null).passedOver())
        .containsExactly(new PassedOver(first, Why.LINK), new PassedOver(last, Why.LINK));
  }

  @Test
  void aLinkToAFolderIsPassedOverAndTold() throws IOException {
    Path recording = recording("x.perf.data");
    Path elsewhere = Files.createDirectory(folder.resolve("_elsewhere"));
    Path link = Files.createSymbolicLink(folder.resolve("host"), elsewhere);

    assertThat(files(find(null))).containsExactly(recording);
    assertThat(find(null).passedOver()).containsExactly(new PassedOver(link, Why.LINKED_FOLDER));
  }

  /** Such as one whose header perf did not come to write, or that was packed otherwise. */
  @ParameterizedTest
  @ValueSource(strings = {"x.perf.data", "perf.data", "x.perf.data.gz", "x.perf.data.bz2"})
  void aFileThatIsCalledARecordingAndIsNoneIsAnError(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, new byte[100]);
    Files.write(folder.resolve("notes"), new byte[100]);

    assertThat(find(null).unreadable())
        .singleElement()
        .satisfies(it -> assertThat(it).hasMessageContaining("begins with zeroes"));
    assertThat(find(TraceFormat.JSONL).unreadable()).singleElement();
  }

  @Test
  void whatTraceCmdRecordedIsPassedOver() throws IOException {
    recording("x.perf.data");
    Path file = folder.resolve("app.dat");
    Files.writeString(file, "\u0017\bDtracing6\0");

    assertThat(find(null).passedOver()).containsExactly(new PassedOver(file, Why.TRACE_CMD));
    assertThat(find(null).unreadable()).isEmpty();
    assertThat(find(TraceFormat.PERF_DATA).passedOver()).isEmpty();
  }

  @Test
  void theIdOfATraceIsThatOfTheFileWhateverLinkLeadsToIt() throws IOException {
    Path recording = recording("x.perf.data");
    Path link = Files.createSymbolicLink(folder.resolve("latest.perf.data"), recording);

    assertThat(idOf(link)).isEqualTo(idOf(recording)).startsWith("x.perf.data-");
  }

  private static String idOf(Path file) {
    return TraceInputs.find(List.of(file), Optional.empty(), Optional.empty())
        .traces()
        .get(0)
        .traceId();
  }

  /** The kernel's own files have no size. */
  @Test
  void aFileWithoutSizeIsReadAllTheSame() {
    Path file = Path.of("/proc/self/status");

    assertThat(
            TraceInputs.find(List.of(file), Optional.empty(), Optional.of(TraceFormat.JSONL))
                .traces())
        .hasSize(1);
    assertThat(TraceInputs.find(List.of(file), Optional.empty(), Optional.empty()).unreadable())
        .singleElement()
        .satisfies(it -> assertThat(it).hasMessageNotContaining("empty"));
  }

  @Test
  void aLinkThatLeadsNowhereIsAnErrorIfItHasTheNameOfARecording() throws IOException {
    Path recording = recording("x.perf.data");
    Path link = Files.createSymbolicLink(folder.resolve("y.perf.data"), folder.resolve("gone"));
    Files.createSymbolicLink(folder.resolve("notes"), folder.resolve("gone"));

    assertThat(files(find(null))).containsExactly(recording);
    assertThat(find(null).unreadable())
        .extracting(Throwable::getMessage)
        .containsExactly(
            link
                + ": this is a link to a file that is not there or cannot be reached; check where it"
                + " leads.");
  }

  @Test
  void theTextOfARecordingIsPassedOver() throws IOException {
    Path recording = recording("a.perf.data");
    Path text = script("a.perf.script");
    assertThat(files(find(null))).containsExactly(recording);
    assertThat(find(null).passedOver())
        .containsExactly(new PassedOver(text, Why.TEXT_OF_RECORDING));
  }

  @Test
  void theTextOfARecordingIsReadWhereTextIsAskedFor() throws IOException {
    recording("a.perf.data");
    Path text = script("a.perf.script");
    assertThat(files(find(TraceFormat.PERF_SCRIPT))).containsExactly(text);
    assertThat(find(TraceFormat.PERF_SCRIPT).passedOver()).isEmpty();
  }

  @Test
  void aFolderWithoutFilesOfTheFormatIsAnError() throws IOException {
    json("c.jsonl");
    assertThat(find(TraceFormat.PERF_DATA).unreadable())
        .extracting(Throwable::getMessage)
        .containsExactly(
            folder
                + ": there is no trace of the format perf-data in this folder; give a perf.data,"
                + " the text of perf script or ftrace, JSON lines, Parquet, or a folder of them.");
  }

  // Folders that cannot be read

  @Test
  void aFolderThatCannotBeOpenedDoesNotHideItsSiblings() throws IOException {
    assertOneErrorFor(
        folder.resolve("m"),
        it -> {
          throw new AccessDeniedException(it.toString());
        });
  }

  @Test
  void aFolderThatCannotBeReadToItsEndDoesNotHideItsSiblings() throws IOException {
    assertOneErrorFor(
        folder.resolve("m"),
        it ->
            Stream.generate(
                () -> {
                  throw new UncheckedIOException(new AccessDeniedException(it.toString()));
                }));
  }

  private void assertOneErrorFor(Path closed, Lister failing) throws IOException {
    List<Path> open = List.of(json("a/x.jsonl"), json("z/x.jsonl"));
    json("m/x.jsonl");
    TraceInputs inputs =
        TraceInputs.find(
            List.of(folder),
            Optional.empty(),
            Optional.empty(),
            Bounds.USUAL,
            it -> it.equals(closed) ? failing.list(it) : Files.list(it),
            InputStream.nullInputStream());
    assertThat(files(inputs)).isEqualTo(open);
    assertThat(inputs.unreadable())
        .extracting(Throwable::getMessage)
        .containsExactly(
            closed + ": it cannot be read (permission denied); check its permissions.");
  }

  @Test
  void aRecordingThatIsAFolderIsOneTrace() throws IOException {
    int dirFormat = 24;
    Path header = folder.resolve("perf.data").resolve("data");
    write("perf.data/data.0", "\t\0\0\0\0\0\b\0");
    write("perf.data/data.1", "\t\0\0\0\0\0\b\0");
    new PerfDataBuilder()
        .event(SampledEvent.of("raw_syscalls:sys_exit", 441, 7L))
        .feature(dirFormat, new byte[8])
        .finishedRound()
        .writeTo(header);
    TraceInputs inputs = find(null);
    assertThat(files(inputs)).containsExactly(header.getParent());
    assertThat(Traces.readAll(inputs.traces().get(0).open(Reading.ASSEMBLED)).rejects()).hasSize(2);
  }

  @Test
  void anEmptyRecordingInAFolderIsToldAndOtherEmptyFilesAreNot() throws IOException {
    Files.createFile(folder.resolve("app.perf.data"));
    Files.createFile(folder.resolve("b.jsonl"));
    Files.createFile(folder.resolve("perf.log"));
    Files.writeString(folder.resolve("c.jsonl"), "{\"rip\":1}\n");

    TraceInputs found = TraceInputs.find(List.of(folder), Optional.empty(), Optional.empty());

    assertThat(found.traces()).hasSize(1);
    assertThat(found.unreadable())
        .extracting(TraceException::getMessage)
        .containsExactly(
            folder.resolve("app.perf.data") + ": the file is empty; record again.",
            folder.resolve("b.jsonl") + ": the file is empty; record again.");
  }

  private static final String HEADER = "# ========\n# captured on    : Sat Nov 28 2026\n";

  /** perf prints the ids of every event, for every processor. */
  @Test
  void messagesOfPerfMayStandAboveALongHeader() throws IOException {
    String text =
        "'trace' not valid for hardware events. Ignoring.\nWarning:\n"
            + HEADER
            + "# event : name = cycles\n".repeat(2 * Head.BYTES / 24);
    Path file = Files.writeString(folder.resolve("a.txt"), text);
    assertThat(TraceFormat.of(file)).contains(TraceFormat.PERF_SCRIPT);
  }

  @Test
  void aTextThatIsCalledThatOfPerfScriptAndIsNoneIsAnError() throws IOException {
    Path text = Files.writeString(folder.resolve("a.perf.script"), "failed to open perf.data\n");
    Files.writeString(folder.resolve("b.script"), "echo\n");
    assertThat(find(null).unreadable())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it)
                    .hasMessageStartingWith(text + ": it is in no trace format that is known"));
    assertThat(find(TraceFormat.JSONL).unreadable())
        .noneMatch(it -> it.getMessage().startsWith(text.toString()));
    recording("a.perf.data");
    assertThat(find(null).unreadable()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls 1/1 [000] 1.000001: raw_syscalls:sys_exit: NR 39 = 5 ABI:2\n",
        "# ========\n# captured on    : Sat Nov 28 2026\nls 1/1 [000] 1.000001: a:b:\n",
        "ls-1 [000] d..1. 1.5: sysret_syscall: ip=0x401000\n"
      })
  void linesThatEndWithReturnsAloneAreRefused(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), text.repeat(3).replace('\n', '\r'));
    String message =
        file
            + ": its lines end with carriage returns alone; make them line feeds (tr '\\r'"
            + " '\\n').";
    assertThat(find(null).unreadable()).singleElement().satisfies(it -> told(it, message));
    assertThat(
            TraceInputs.find(List.of(file), Optional.empty(), Optional.of(TraceFormat.PERF_SCRIPT))
                .unreadable())
        .singleElement()
        .satisfies(it -> told(it, message));
    Files.writeString(file, text.repeat(3).replace("\n", "\r\n"));
    assertThat(find(null).unreadable()).isEmpty();
  }

  private static void told(TraceException error, String message) {
    assertThat(error).hasMessage(message);
  }
}
