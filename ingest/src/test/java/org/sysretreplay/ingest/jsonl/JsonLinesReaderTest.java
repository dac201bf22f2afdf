package org.sysretreplay.ingest.jsonl;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.text.TextPart;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceReader;
import org.sysretreplay.ingest.trace.TraceReaderContract;
import org.sysretreplay.ingest.trace.TraceRecord;

class JsonLinesReaderTest implements TraceReaderContract {

  private static final String LINE =
      "{\"ts_ns\":1,\"cpu\":2,\"pid\":3,\"tid\":4,\"comm\":\"x\",\"entry\":\"fork\",\"event\":\"e\","
          + "\"nr\":56,\"ret\":0,\"rip\":\"0x1\",\"rcx\":\"0x2\",\"r11\":\"0x3\",\"rflags\":\"0x4\","
          + "\"cs\":\"0x33\",\"ss\":\"0x2b\",\"rsp\":\"0x5\",\"rax\":\"0x6\"}";

  private static final String REQUIRED =
      "{\"rip\":1,\"rcx\":2,\"r11\":3,\"rflags\":4,\"cs\":51,\"ss\":43}";

  private static final Registers REGISTERS = new Registers(1, 2, 3, 4, 0x33, 0x2b);

  @TempDir Path folder;

  @Override
  public Path soundFile(Path folder) throws IOException {
    List<String> lines =
        Traces.readAll(TraceFormat.PERF_DATA, Traces.perfData("trap-flag")).frames().stream()
            .map(Traces::json)
            .toList();
    return Files.write(folder.resolve("frames.jsonl"), lines);
  }

  @Override
  public TraceReader open(Path file) {
    return TraceFormat.JSONL.open(file, Reading.ASSEMBLED);
  }

  private Traces.Whole read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private Traces.Whole read(byte[] text) throws IOException {
    return Traces.readAll(open(Files.write(path(), text)));
  }

  private Path path() {
    return folder.resolve("a.jsonl");
  }

  /** How an object begins that has a field twice, if {@link #REQUIRED} follows. */
  static List<String> startsOfNamesThatStandTwice() {
    return List.of(
        "{\"x\":1,\"x\":2,",
        "{\"x\":[1],\"x\":2,",
        "{\"x\":{\"y\":1,\"y\":2},",
        "{\"x\":[[{\"y\":{},\"z\":1,\"y\":2}]],",
        "{\"x\":null,\"x\":null,",
        "{\"rip\":null,");
  }

  @ParameterizedTest
  @MethodSource("startsOfNamesThatStandTwice")
  void aNameThatStandsTwiceIsRefused(String start) throws IOException {
    Traces.Whole whole = read(LINE + "\n" + start + REQUIRED.substring(1) + "\n" + LINE);
    assertThat(whole.rejects()).hasSize(1);
    assertThat(whole.rejects().get(0).detail()).startsWith("the object has the field ");
    assertThat(whole.frames()).hasSize(2);
  }

  @Test
  void anObjectEndsOnItsLine() throws IOException {
    String cut = REQUIRED.substring(0, REQUIRED.length() - 1);
    Traces.Whole whole = read(cut + "\n}\n" + REQUIRED + " \n" + REQUIRED + " {}\n" + REQUIRED);
    assertThat(whole.frames()).hasSize(2);
    assertThat(whole.counts().rejected()).isEqualTo(3);
  }

  @Test
  void everyField() throws IOException {
    assertThat(read(LINE).onlyFrame())
        .isEqualTo(
            new ExitFrame(
                0,
                OptionalLong.of(1),
                OptionalLong.of(2),
                new Task(OptionalLong.of(3), OptionalLong.of(4), Optional.of("x")),
                EntryKind.FORK,
                Optional.of("e"),
                OptionalLong.of(56),
                OptionalLong.of(0),
                REGISTERS,
                OptionalLong.of(5),
                OptionalLong.of(6)));
  }

  @Test
  void aLineMayStandForManyExits() throws IOException {
    Traces.Whole whole =
        read("{\"count\":1000000000000," + REQUIRED.substring(1) + "\n" + REQUIRED);
    assertThat(whole.frames())
        .extracting(ExitFrame::count)
        .containsExactly(ExitFrame.MOST_EXITS, 1L);
    assertThat(whole.counts().accepted()).isEqualTo(2);
  }

  @Test
  void exitsAreCountedBesideLines() throws IOException {
    String some = "{\"count\":20," + REQUIRED.substring(1);
    assertThat(read(some + "\n{}\n" + REQUIRED + "\n" + some).counts())
        .isEqualTo(new Counts(4, 3, 1, 0, 0, 41));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "1.5", "1000000000001", "\"3\"", "9223372036854775808", "true"})
  void aCountIsAtLeastOne(String count) throws IOException {
    Reject reject = read("{\"count\":" + count + "," + REQUIRED.substring(1)).onlyReject();
    assertThat(reject.reason()).isEqualTo(RejectReason.FIELD_INVALID);
    assertThat(reject.detail())
        .isEqualTo(
            "field count is not a number of exits from 1 to 10^12 (%s)"
                .formatted(count.replace("\"", "")));
  }

  @Test
  void sixRegistersAreEnoughAndTheEntryIsThenASyscall() throws IOException {
    assertThat(read(REQUIRED).onlyFrame())
        .isEqualTo(
            new ExitFrame(
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Task.UNKNOWN,
                EntryKind.SYSCALL,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                REGISTERS,
                OptionalLong.empty(),
                OptionalLong.empty()));
  }

  @ParameterizedTest
  @EnumSource(Register.class)
  void aMissingRegisterIsNamed(Register register) throws IOException {
    String line = REQUIRED.replace("\"" + register.key() + "\"", "\"other\"");
    assertThat(read(line).onlyReject().sentence())
        .isEqualTo(
            path()
                + ":1: no "
                + register.key()
                + "; give rip, rcx, r11, rflags, cs and ss on every line or in every row.");
  }

  @Test
  void allMissingRegistersAreNamedInTheirOrder() throws IOException {
    assertThat(read("{\"r11\":1,\"rip\":null}").onlyReject().detail())
        .isEqualTo("no rip, rcx, rflags, cs, ss");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "18446744073709551615, -1",
    "9223372036854775808, -9223372036854775808",
    "'\"0xffffffffffffffff\"', -1",
    "'\"0XABCDEF\"', 11259375",
    "'\"0x0\"', 0"
  })
  void aRegisterIsHexadecimalTextOrAnUnsignedNumber(String json, long value) throws IOException {
    assertThat(read(REQUIRED.replace(":1,", ":" + json + ",")).onlyFrame().registers().rip())
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "18446744073709551616|register rip is not an unsigned 64-bit number (18446744073709551616)",
        "-1|register rip is not an unsigned 64-bit number (-1)",
        "1.5|register rip is not an unsigned 64-bit number (1.5)",
        "true|register rip is not an unsigned 64-bit number (true)",
        "{}|register rip is not an unsigned 64-bit number ({)",
        "\"12\"|register rip is not a number (\"12\")",
        "\"0x\"|register rip is not a number (\"0x\")",
        "\"\"|register rip is not a number (\"\")",
        "\"-0x1\"|register rip is not a number (\"-0x1\")",
        "\"0x10000000000000000\"|register rip has 17 hexadecimal digits (0x10000000000000000)"
      })
  void anythingElseIsNoRegister(String json, String detail) throws IOException {
    Reject reject = read(REQUIRED.replace(":1,", ":" + json + ",")).onlyReject();
    assertThat(reject.reason()).isEqualTo(RejectReason.MALFORMED_REGISTER);
    assertThat(reject.detail()).isEqualTo(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"entry\":\"softirq\"|field entry is not one of syscall, interrupt, exception, fork, compat"
            + " (softirq)",
        "\"entry\":7|field entry is not a string (7)",
        "\"comm\":[]|field comm is not a string ([)",
        "\"ts_ns\":\"1\"|field ts_ns is not a 64-bit integer (1)",
        "\"ts_ns\":1.0|field ts_ns is not a 64-bit integer (1.0)",
        "\"nr\":9223372036854775808|field nr is not a 64-bit integer (9223372036854775808)"
      })
  void aFieldOfTheWrongKindIsNamed(String field, String detail) throws IOException {
    Reject reject = read("{" + field + "," + REQUIRED.substring(1)).onlyReject();
    assertThat(reject.reason()).isEqualTo(RejectReason.FIELD_INVALID);
    assertThat(reject.sentence())
        .isEqualTo(path() + ":1: " + detail + "; see the JSON lines section of ingest/FORMATS.md.");
  }

  @ParameterizedTest
  @EnumSource(EntryKind.class)
  void everyEntryKindHasItsName(EntryKind entry) throws IOException {
    String line = "{\"entry\":\"" + entry.key() + "\"," + REQUIRED.substring(1);
    assertThat(read(line).onlyFrame().entry()).isEqualTo(entry);
  }

  @Test
  void numbersMayBeNegative() throws IOException {
    ExitFrame frame = read("{\"nr\":-1,\"ret\":-14," + REQUIRED.substring(1)).onlyFrame();
    assertThat(frame.syscall()).hasValue(-1);
    assertThat(frame.result()).hasValue(-14);
  }

  @Test
  void nullIsAsGoodAsNothing() throws IOException {
    assertThat(read("{\"comm\":null,\"ts_ns\":null," + REQUIRED.substring(1)).onlyFrame().task())
        .isEqualTo(Task.UNKNOWN);
  }

  @Test
  void unknownFieldsArePassedOverHoweverDeep() throws IOException {
    String line = "{\"x\":{\"rip\":9,\"y\":[1,{\"z\":[]}]},\"w\":[[]]," + REQUIRED.substring(1);
    assertThat(read(line).onlyFrame().registers()).isEqualTo(REGISTERS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rip\":\"0x1\",\"rcx\"",
        "{\"rip\":\"0x1",
        "{rip:1}",
        "{\"rip\":01}",
        "{\"comm\":\"\u0001\"}",
        "{\"x\":"
      })
  void aLineThatIsNoJsonIsMalformed(String line) throws IOException {
    Traces.Whole whole = read(line + "\n" + REQUIRED + "\n");
    assertThat(whole.frames()).hasSize(1);
    assertThat(whole.rejects())
        .extracting(Reject::reason)
        .containsExactly(RejectReason.MALFORMED_JSON);
    assertThat(whole.rejects().get(0).detail()).startsWith("the line is not a JSON object (");
    assertThat(whole.rejects().get(0).excerpt()).isEqualTo(line);
  }

  @Test
  void aFieldThatStandsTwiceIsNamed() throws IOException {
    assertThat(read("{\"rip\":1,\"rip\":2}").onlyReject().sentence())
        .isEqualTo(
            path()
                + ":1: the object has the field rip twice; write one JSON object"
                + " on each line.");
  }

  @ParameterizedTest
  @CsvSource({
    "'%s',true",
    "'Attaching 3 probes...\n%s',true",
    "'{\"rip\":1}\n%s',false",
    "'',false"
  })
  void aHeaderOfCountsStandsAboveTheFirstFrame(String layout, boolean found) throws IOException {
    String above = layout.formatted(COUNTS + "}\n");
    NamedFile file = NamedFile.of(Files.writeString(path(), above + REQUIRED));
    assertThat(JsonReaders.beginsWithHeader(file)).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"x\"", "null"})
  void anotherJsonValueIsNoFrame(String line) throws IOException {
    assertThat(read(line).onlyReject().detail()).isEqualTo("the line is not a JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {REQUIRED + REQUIRED, REQUIRED + " 1", REQUIRED + ",{}", REQUIRED + "x"})
  void onlyOneObjectStandsOnALine(String line) throws IOException {
    assertThat(read(line).onlyReject().reason()).isEqualTo(RejectReason.MALFORMED_JSON);
  }

  @Test
  void twoObjectsOnALineAreNoneAtAll() throws IOException {
    assertThat(read(REQUIRED + " " + REQUIRED).onlyReject().detail())
        .isEqualTo("more than one JSON value stands on the line");
  }

  @ParameterizedTest
  @CsvSource({
    "0000007b, UTF-32 with zeros first",
    "7b000000, with zeros behind",
    "7b00ff, UTF-16",
    "7bff22, no UTF-8"
  })
  void textInAnotherEncodingIsMalformed(String hex, String what) throws IOException {
    Traces.Whole whole = read(HexFormat.of().parseHex(hex));
    assertThat(whole.onlyReject().reason()).as(what).isEqualTo(RejectReason.MALFORMED_JSON);
  }

  /** The kernel cuts names to 15 bytes, wherever a character ends. */
  @ParameterizedTest
  @ValueSource(strings = {"%s\n%s\n", "[%s,\n%s]"})
  void aNameThatIsCutInACharacterIsKept(String layout) throws IOException {
    for (String cut : List.of("c3", "e4b8", "f09f98", "ff", "80")) {
      String name = new String(HexFormat.of().parseHex(cut), StandardCharsets.ISO_8859_1);
      String line = "{\"comm\":\"\u00c3\u00a9" + name + "\",\"x\":\"" + name + "\",";
      String text = layout.formatted(line + REQUIRED.substring(1), REQUIRED);
      Traces.Whole whole = read(text.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(whole.rejects()).isEmpty();
      assertThat(whole.frames())
          .extracting(it -> it.task().comm().orElse("none"))
          .containsExactly("\u00e9\ufffd", "none");
    }
  }

  /** Characters lie on every border of what is read at once. */
  @Test
  void namesOfAnArrayAreWholeWhereverTheyLie() throws IOException {
    String name = "\u00e9\u4e2d\ud83d\ude00";
    String line = "{\"comm\":\"" + name + "\"," + REQUIRED.substring(1);
    String text = "[" + line + (",\n" + line).repeat(2_000) + "]";
    assertThat(read(text).frames())
        .hasSize(2_001)
        .allMatch(it -> it.task().comm().orElseThrow().equals(name));
  }

  @Test
  void rejectsDoNotCountAsFrames() throws IOException {
    Traces.Whole whole = read(REQUIRED + "\r\n\r\n{\r\n" + REQUIRED + "\r\n");
    assertThat(whole.frames()).extracting(ExitFrame::seq).containsExactly(0L, 1L);
    assertThat(whole.rejects())
        .extracting(it -> it.place().toString(), Reject::excerpt)
        .containsExactly(tuple(path() + ":3", "{"));
  }

  @Test
  void whatTheRecorderSaysAboveTheFrameIsAReject() throws IOException {
    String text = "Attaching 3 probes...\n" + REQUIRED + "\n" + REQUIRED + "\n";
    Traces.Whole whole = read(text);
    assertThat(TraceFormat.of(path())).contains(TraceFormat.JSONL);
    assertThat(rejects(whole)).containsExactly("MALFORMED_JSON 1");
    assertThat(whole.frames()).hasSize(2);
  }

  @Test
  void aLineLongerThanAMebibyteIsOneReject() throws IOException {
    String line = "{\"comm\":\"" + "x".repeat(1 << 20) + "\"," + REQUIRED.substring(1);
    Traces.Whole whole = read(line + "\n" + REQUIRED);
    assertThat(whole.frames()).hasSize(1);
    assertThat(whole.rejects())
        .extracting(Reject::reason)
        .containsExactly(RejectReason.LINE_TOO_LONG);
  }

  @Test
  void aNumberOfAThousandDigitsIsRefused() throws IOException {
    String line = REQUIRED.replace(":1,", ":" + "9".repeat(2000) + ",");
    assertThat(read(line).onlyReject().reason()).isEqualTo(RejectReason.MALFORMED_JSON);
  }

  @Test
  void aTraceSaysNothingOfItself() throws IOException {
    assertThat(read(REQUIRED).header()).isEqualTo(TraceHeader.EMPTY);
    assertThat(read(REQUIRED).counts().lost()).isZero();
  }

  // Frames that do not have a line each

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[%s,%s]",
        "[\n%s,\n%s\n]\n",
        "[\n  %s\n  ,\n  %s\n]",
        "\n\n[%s\n,%s]",
        "{\n\"nr\":1}\n%s\n%s"
      })
  void anArrayOfFrames(String layout) throws IOException {
    String pretty = REQUIRED.replace("{", "{\n  ").replace(",", ",\n  ").replace("}", "\n}");
    for (String object : List.of(REQUIRED, pretty)) {
      Traces.Whole whole = read(layout.formatted(object, object));
      assertThat(whole.frames()).extracting(it -> it.seq()).containsExactly(0L, 1L);
      assertThat(whole.rejects()).hasSize(layout.contains("nr") ? 1 : 0);
      assertThat(whole.frames().get(0).registers())
          .isEqualTo(read(REQUIRED).onlyFrame().registers());
    }
  }

  @Test
  void anEmptyArrayHoldsNothing() throws IOException {
    assertThat(read("[]").records()).isEmpty();
  }

  @Test
  void aBrokenFrameOfAnArrayIsRejectedWithItsLine() throws IOException {
    String text =
        "[\n%s,\n{\"rip\": 1,\n\"deep\": {\"x\": [1]}},\n{\"rip\": \"0xg\", \"deep\": {\"x\": [1]}},\n5,\n{\"rip\":1,\"rip\":2},\n%s]"
            .formatted(REQUIRED, REQUIRED);
    Traces.Whole whole = read(text);
    assertThat(whole.frames()).hasSize(2);
    assertThat(rejects(whole))
        .containsExactly(
            "FIELD_MISSING 3", "MALFORMED_REGISTER 5", "MALFORMED_JSON 6", "MALFORMED_JSON 7");
  }

  @ParameterizedTest
  @MethodSource("startsOfNamesThatStandTwice")
  void aNameThatStandsTwiceIsRefusedOutsideOfLinesToo(String start) throws IOException {
    String twice = start + REQUIRED.substring(1);
    Traces.Whole whole = read("[\n" + REQUIRED + ",\n" + twice + ",\n" + REQUIRED + "]");
    assertThat(rejects(whole)).containsExactly("MALFORMED_JSON 3");
    assertThat(whole.rejects().get(0).detail()).startsWith("the object has the field ");
    assertThat(whole.frames()).hasSize(2);
  }

  @Test
  void differentObjectsMayHaveTheSameNames() throws IOException {
    String same = "{\"x\":{\"y\":1,\"rip\":1},\"z\":[{\"y\":1},{\"y\":2,\"z\":[]}],\"y\":{},";
    String object = same + REQUIRED.substring(1);
    assertThat(read("[" + object + ",\n" + object + "]").frames()).hasSize(2);
  }

  /** A text that unpacks to an endless object must not fill the memory with its names. */
  @Test
  void namesLongerThanALineAreRefused() throws IOException {
    String names =
        IntStream.range(0, 1 << 17).mapToObj("\"%06d\":0,"::formatted).collect(joining());
    assertThat(read("[{" + names + REQUIRED.substring(1) + "]").rejects()).hasSize(1);
    String half = names.substring(0, names.length() / 2);
    assertThat(read("[{" + half + REQUIRED.substring(1) + "]").frames()).hasSize(1);
  }

  @Test
  void anArrayThatIsCutOffIsReadUpToThere() throws IOException {
    Traces.Whole whole = read("[\n" + REQUIRED + ",\n" + REQUIRED.substring(0, 20));
    assertThat(whole.frames()).hasSize(1);
    assertThat(rejects(whole)).containsExactly("BROKEN_FRAMING 3");
  }

  /** What is rejected, and in which line. */
  private static List<String> rejects(Traces.Whole whole) {
    return whole.rejects().stream().map(it -> it.reason() + " " + it.place().position()).toList();
  }

  private static final String COUNTS = "{\"schema\":\"sysret-replay/counts/1\"";

  @Test
  void takesWhatIsSaidOfCountsForNoRecord() throws IOException {
    String counts =
        COUNTS + ",\"kernel_release\":\"6.1\",\"recorder\":\"b\",\"x\":[1],\"lost\":7}\n";
    String line = REQUIRED.replace("}", ",\"count\":3,\"stage\":\"early\"}\n");
    Traces.Whole whole = read(counts + line);
    assertThat(whole.counts()).isEqualTo(new Counts(1, 1, 0, 0, 7, 3));
    assertThat(whole.header().kernelRelease()).isEqualTo("6.1");
    assertThat(whole.frames().get(0).assembly().stage()).isEqualTo(Stage.EARLY);
    assertThat(read(counts + line + counts + line).header().kernelRelease()).isEqualTo("6.1");
    String other = counts.replace("6.1", "5.4");
    assertThat(read(counts + line + other + line).header().kernelRelease()).isEmpty();
    assertThat(read(counts + counts).counts()).isEqualTo(new Counts(0, 0, 0, 0, 14));
    String spaced = counts.replace("\":", "\" : ").replace("{", "{ ");
    assertThat(read(spaced + line).counts()).isEqualTo(new Counts(1, 1, 0, 0, 7, 3));
    assertThat(CountsHeader.isOne(new CountsHeader("6.1", "b", 3, 7).text())).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/1\"                | MALFORMED_JSON",
        "/1\",\"lost\":-1}   | FIELD_INVALID",
        "/1\",\"lost\":1.5}  | FIELD_INVALID",
        "/1\",\"exits\":-1}  | FIELD_INVALID",
        "/1\",\"exits\":\"5\"} | FIELD_INVALID",
        "/1\",\"lost\":1e30} | FIELD_INVALID",
        "/1\",\"lost\":99999999999999999999} | FIELD_INVALID",
        "/1\",\"lost\":1,\"lost\":2} | MALFORMED_JSON",
        "/1\",\"kernel_release\":6.1} | FIELD_INVALID",
        "/1\",\"kernel_release\":{\"a\":\"6.1\"}} | FIELD_INVALID",
        "/1\",\"recorder\":[]} | FIELD_INVALID",
        "/2\"}               | FIELD_INVALID",
        "/1\"} {}            | MALFORMED_JSON",
      })
  void rejectsWhatIsSaidOfCountsAndCannotBe(String end, RejectReason reason) throws IOException {
    Traces.Whole whole = read(COUNTS.replace("/1\"", "") + end + "\n" + REQUIRED + "\n");
    assertThat(whole.counts()).isEqualTo(new Counts(2, 1, 1, 0, 0));
    assertThat(whole.rejects()).extracting(Reject::reason).containsExactly(reason);
  }

  /** Where {@code schema} stands behind other fields, as a sorting program writes it. */
  private static final String SORTED_COUNTS =
      "{\"exits\":500,\"kernel_release\":\"6.12.1\",\"lost\":77,\"recorder\":\"b\","
          + "\"schema\":\"sysret-replay/counts/1\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {"%s\n%s\n%s\n", "[%s,\n%s,\n%s]", "[\n%s,%s,%s]", "{\n\"nr\":1}\n%s\n%s\n%s"})
  void whatIsSaidOfCountsIsKnownWhereverItStands(String layout) throws IOException {
    String line = REQUIRED.replace("}", ",\"count\":3}");
    for (String counts : List.of(SORTED_COUNTS, SORTED_COUNTS.replace("/", "\\/"))) {
      String text = layout.formatted(counts, line, line);
      Traces.Whole whole = read(text);
      assertThat(whole.counts().lost()).isEqualTo(77);
      assertThat(whole.header().kernelRelease()).isEqualTo("6.12.1");
      assertThat(whole.frames()).hasSize(2);
      assertThat(whole.rejects())
          .extracting(Reject::reason)
          .contains(RejectReason.LINES_MISSING)
          .doesNotContain(RejectReason.MALFORMED_JSON);
      assertThat(whole.rejects())
          .last()
          .extracting(Reject::detail)
          .isEqualTo("the text has 6 of the 500 exits that it announces; the rest is missing");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s\n%s\n", "[%s,\n%s]", "[\n%s,\n%s\n]\n"})
  void countsAreATraceInEveryLayout(String layout) throws IOException {
    String line = REQUIRED.replace("}", ",\"count\":500}");
    for (String spread : List.of(SORTED_COUNTS, SORTED_COUNTS.replace(",", ",\n  "))) {
      String counts = layout.startsWith("[") ? spread : SORTED_COUNTS;
      Traces.Whole whole = read(layout.formatted(counts, line));
      assertThat(TraceFormat.of(path())).contains(TraceFormat.JSONL);
      assertThat(JsonReaders.beginsWithHeader(NamedFile.of(path()))).isTrue();
      assertThat(whole.counts()).isEqualTo(new Counts(1, 1, 0, 0, 77, 500));
    }
  }

  @Test
  void aHeaderThatCannotBeTakenIsRejectedOutsideOfLinesToo() throws IOException {
    String bad = SORTED_COUNTS.replace("77", "-77");
    String frames = ",\n" + REQUIRED + "]";
    assertThat(rejects(read("[\n" + bad + frames))).containsExactly("FIELD_INVALID 2");
    String two = "[\n" + SORTED_COUNTS + ",\n" + bad + frames;
    assertThat(rejects(read(two))).containsExactlyInAnyOrder("LINES_MISSING 2", "FIELD_INVALID 3");
  }

  @Test
  void aFrameMayHaveTheFieldsOfAHeader() throws IOException {
    String fields = "\"lost\":-1,\"exits\":[],\"x\":{\"schema\":\"sysret-replay/counts/1\"}";
    for (String schema : List.of("", ",\"schema\":7", ",\"schema\":\"mine\"")) {
      String line = "{" + fields + schema + "," + REQUIRED.substring(1);
      assertThat(read(line).onlyFrame().registers()).isEqualTo(REGISTERS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00f6", "\u4e2d", "\ud83d\ude00", "x\ud83d\ude00"})
  void anExcerptHasAsManyCharactersWhateverTheirBytes(String character) throws IOException {
    for (String before : List.of("", "x", "xx", "xxx")) {
      String line = before + character.repeat(300);
      String excerpt = read(line).onlyReject().excerpt();
      assertThat(line).startsWith(excerpt);
      assertThat(excerpt.length()).isBetween(159, 160);
    }
  }

  @Test
  void nullIsAMissingFieldOfCounts() throws IOException {
    String counts =
        COUNTS + ",\"kernel_release\":null,\"recorder\":null,\"exits\":null,\"lost\":null}\n";
    Traces.Whole whole = read(counts + REQUIRED + "\n");
    assertThat(whole.rejects()).isEmpty();
    assertThat(whole.counts()).isEqualTo(read(COUNTS + "}\n" + REQUIRED + "\n").counts());
    assertThat(whole.header()).isEqualTo(TraceHeader.EMPTY);
  }

  @Test
  void tellsThatLinesOfCountsAreMissing() throws IOException {
    String line = REQUIRED.replace("}", ",\"count\":3}\n");
    String counts = COUNTS + ",\"exits\":6}\n";
    String silent = COUNTS + "}\n";
    for (String whole :
        List.of(
            counts + line + line,
            counts + line + line + line,
            line + counts + line + line + counts + line + line + silent + line)) {
      assertThat(read(whole).rejects()).isEmpty();
    }
    for (String cut :
        List.of(
            counts,
            counts + line,
            line + counts + line,
            counts + line + silent + line,
            counts + line + counts + line + line + line)) {
      Traces.Whole read = read(cut);
      int announced = cut.startsWith(counts) ? 1 : 2;
      assertThat(rejects(read)).containsExactly("LINES_MISSING " + announced);
      assertThat(read.rejects().get(0).detail()).endsWith("; the rest is missing");
    }
    assertThat(read(counts + line).rejects().get(0).detail())
        .startsWith("the text has 3 of the 6 exits that it announces");
    assertThat(read(counts + line + line.substring(0, 9)).rejects())
        .extracting(Reject::reason)
        .containsExactly(RejectReason.MALFORMED_JSON, RejectReason.LINES_MISSING);
    String greatest = COUNTS + ",\"exits\":" + Long.MAX_VALUE + "}\n";
    assertThat(read(greatest + line).rejects()).hasSize(1);
  }

  @Test
  void linesAreMissingWhereTheyWereAnnounced() throws IOException {
    String line = REQUIRED.replace("}", ",\"count\":3}\n");
    String header = COUNTS + ",\"exits\":6}\n";
    assertThat(rejects(read(header + line + line + header + line)))
        .containsExactly("LINES_MISSING 4");
    assertThat(rejects(read(header + line + header + line)))
        .containsExactly("LINES_MISSING 1", "LINES_MISSING 3");
  }

  /** Its exits are not those that the header before it announced. */
  @Test
  void aHeaderThatIsRejectedEndsTheAnnouncementBefore() throws IOException {
    String line = REQUIRED.replace("}", ",\"count\":3}\n");
    String header = COUNTS + ",\"exits\":6}\n";
    String rejected = COUNTS + ",\"exits\":-6}\n";
    String text = header + line + rejected + line + rejected + line + header + line;
    assertThat(rejects(read(text)))
        .containsExactlyInAnyOrder(
            "LINES_MISSING 1", "FIELD_INVALID 3", "FIELD_INVALID 5", "LINES_MISSING 7");
  }

  @Test
  void aPartOfATextOfCountsIsNotTakenForACutOne() throws IOException {
    String line = REQUIRED.replace("}", ",\"count\":3}\n");
    String header = COUNTS + ",\"exits\":6}\n";
    Path file = folder.resolve("x.counts.jsonl");
    Files.writeString(file, header + line + line);
    TextPart first = new TextPart(0, header.length() + 1L, 0, 0);
    try (TraceReader reader = new JsonLinesReader(NamedFile.of(file), Reading.ASSEMBLED, first)) {
      assertThat(reader).toIterable().hasOnlyElementsOfType(TraceRecord.Accepted.class).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"early,EARLY", "final,FINAL", "amended,FINAL", "nonsense,FINAL"})
  void knowsWhereNothingTellsWhatCameAfter(String stage, Stage expected) throws IOException {
    Traces.Whole whole = read(REQUIRED.replace("}", ",\"stage\":\"" + stage + "\"}"));
    assertThat(whole.frames().get(0).assembly().stage()).isEqualTo(expected);
  }
}
