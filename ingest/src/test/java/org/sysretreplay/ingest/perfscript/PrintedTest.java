package org.sysretreplay.ingest.perfscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * One run, printed by perf in many ways by the script {@code print} beside the texts. Each text
 * gives the same frames, as far as it has their fields.
 */
public class PrintedTest {

  private static final List<String> WHOLE =
      List.of(
          "plain",
          "added",
          "elapsed",
          "stacks",
          "records",
          "interrupts",
          "more-fields",
          "no-cpu",
          "no-time",
          "no-cpu-no-time",
          "no-name",
          "mixed-in");

  @TempDir Path folder;

  /** The text of that name. */
  public static String text(String name) {
    String resource = "/printed/" + name + ".perf.script.gz";
    try (InputStream in = new GZIPInputStream(PrintedTest.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("text"), text);
  }

  private Traces.Whole read(String text) throws IOException {
    return Traces.readAll(TraceFormat.PERF_SCRIPT, file(text), Reading.ASSEMBLED);
  }

  /** The parts of a frame that every text has. */
  private static List<Object> essence(ExitFrame frame) {
    return List.of(
        frame.event(),
        frame.task().tid(),
        frame.syscall(),
        frame.result(),
        frame.registers(),
        frame.rsp(),
        frame.rax(),
        frame.path(),
        frame.cause(),
        frame.assembly().recorded());
  }

  private static List<List<Object>> essence(Traces.Whole whole) {
    return whole.frames().stream().map(PrintedTest::essence).toList();
  }

  static List<String> whole() {
    return WHOLE;
  }

  @ParameterizedTest
  @MethodSource("whole")
  void theSameFramesHoweverTheyWerePrinted(String name) throws IOException {
    Traces.Whole read = read(text(name));
    assertThat(essence(read)).isEqualTo(essence(read(text("plain")))).hasSize(228);
    assertThat(read.rejects()).allMatch(it -> it.detail().contains("a message of perf"));
    assertThat(read.rejects()).hasSize(name.equals("mixed-in") ? 14 : 0);
    assertThat(read.counts().ignored()).isEqualTo(read(text("plain")).counts().ignored());
  }

  @ParameterizedTest
  @MethodSource("whole")
  void everyWayIsRecognised(String name) throws IOException {
    assertThat(TraceFormat.of(file(text(name)))).contains(TraceFormat.PERF_SCRIPT);
  }

  /**
   * What {@code perf script -L} makes of the text: a shorter name, and the CPU without brackets.
   * Older perfs align the thread in five columns, newer ones in seven.
   */
  private static String latency(String text, String thread) {
    return Pattern.compile("(?m)^ *(\\S.*?) +(\\d+)/(\\d+) +\\[(\\d+)] ")
        .matcher(text)
        .replaceAll(
            it ->
                thread.formatted(
                    it.group(1),
                    Integer.valueOf(it.group(2)),
                    Integer.valueOf(it.group(3)),
                    Integer.valueOf(it.group(4))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%1$8.8s %2$5d/%3$-5d %4$3d ",
        "%1$8.8s %2$7d/%3$-7d %4$3d ",
        "%1$8.8s %3$5d %4$3d ",
        "%1$8.8s %3$7d %4$3d ",
        "%2$5d/%3$-5d %4$3d ",
        "%3$7d %4$3d ",
        "%1$8.8s %2$5d/%3$-5d %4$3d K    ",
        "%1$8.8s %3$7d 2%4$03d ",
        "%1$3.3s 7 %3$5d %4$3d ",
        "%1$8.8s     1/%3$-5d %4$3d ",
        "%1$7.7s7 %3$7d %4$3d 2026-11-28 12:51:34.123456 "
      })
  void aCpuWithoutBracketsIsNoThread(String thread) throws IOException {
    String text = latency(text("plain"), thread);
    assertThat(essence(read(text))).isEqualTo(essence(read(text("plain")))).hasSize(228);
    assertThat(read(text).rejects()).isEmpty();
    assertThat(read(text).frames()).allMatch(it -> it.cpu().isPresent());
    assertThat(TraceFormat.of(file(text))).contains(TraceFormat.PERF_SCRIPT);
  }

  /** Threads of one digit are those of a container, or the first of a machine. */
  @ParameterizedTest
  @ValueSource(strings = {"    1/1     ", "      1/1       ", "    1 ", "      1 "})
  void aCpuBehindAThreadOfOneDigitIsNoThreadEither(String thread) throws IOException {
    String text = latency(text("plain"), "%1$8.8s " + thread + "%4$3d ");
    assertThat(read(text).frames()).hasSizeGreaterThan(200);
    assertThat(read(text).frames()).allMatch(it -> it.task().tid().equals(OptionalLong.of(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%4$3d ", "1%4$02d "})
  void aCpuWithoutBracketsAndAThreadIsRejected(String start) throws IOException {
    Path file = file(latency(text("plain"), start));
    assertThat(TraceFormat.of(file)).contains(TraceFormat.PERF_SCRIPT);
    Traces.Whole read = Traces.readAll(TraceFormat.PERF_SCRIPT, file, Reading.ASSEMBLED);
    assertThat(read.frames()).isEmpty();
    assertThat(read.rejects())
        .hasSizeGreaterThan(200)
        .allMatch(it -> it.detail().contains("no \"comm pid/tid [cpu] seconds:\" at its start"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker 12  4487", "         worker 12    4487", "worker 12 123456"})
  void aNumberAtTheEndOfANameIsNoThread(String start) throws IOException {
    String text = latency(text("plain"), start + " ");
    assertThat(read(text).frames())
        .isNotEmpty()
        .allMatch(it -> it.task().comm().equals(Optional.of("worker 12")));
  }

  /** perf died while it printed a stack. */
  @Test
  void aTextThatEndsInAStackLacksTheRegistersOfItsLastSample() throws IOException {
    Traces.Whole read = read(text("sources"));
    assertThat(essence(read))
        .isEqualTo(essence(read(text("plain"))).subList(0, read.frames().size()));
    assertThat(read.frames()).hasSizeGreaterThan(100);
    assertThat(read.rejects())
        .extracting(Reject::reason)
        .containsExactly(RejectReason.NO_USER_REGISTERS);
  }

  @ParameterizedTest
  @CsvSource({
    "by-default, NO_USER_REGISTERS, -F +uregs",
    "interrupts-only, NO_USER_REGISTERS, -F +uregs",
    "no-thread, MALFORMED_LINE, 'perf script --header --ns -F comm,pid,tid,cpu,time,event,trace,uregs'"
  })
  void whatIsNotPrintedIsAskedFor(String name, RejectReason reason, String remedy)
      throws IOException {
    Path file = file(text(name));
    assertThat(TraceFormat.of(file)).contains(TraceFormat.PERF_SCRIPT);
    Traces.Whole read = Traces.readAll(TraceFormat.PERF_SCRIPT, file, Reading.ASSEMBLED);
    assertThat(read.frames()).isEmpty();
    assertThat(read.rejects()).isNotEmpty();
    assertThat(read.rejects()).extracting(Reject::reason).containsOnly(reason);
    assertThat(read.rejects()).allMatch(it -> it.sentence().contains(remedy));
  }

  /** Editors and paste bins make tabs of blanks; a function of a stack begins with a tab too. */
  @Test
  void linesWhoseBlanksBecameTabsAreToldAndNotPassedOver() throws IOException {
    Traces.Whole read = read(text("no-cpu").replaceAll(" +", "\t"));
    assertThat(read.frames()).isEmpty();
    assertThat(read.rejects())
        .hasSize(read(text("no-cpu")).records().size())
        .allMatch(it -> it.detail().contains("its blanks became tabs"));
  }

  @Test
  void aTextThatBeginsAmidAStackLacksThatSampleOnly() throws IOException {
    String text = "\t    7f1234567890 read+0x10 (/lib/libc.so.6)\n" + text("stacks");
    assertThat(essence(read(text))).isEqualTo(essence(read(text("plain"))));
    assertThat(read(text).rejects()).isEmpty();
  }

  @Test
  void stacksAreNoRecords() throws IOException {
    Traces.Whole read = read(text("by-default"));
    assertThat(read.counts().seen()).isEqualTo(read(text("plain")).counts().seen());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 50, 300})
  void differencesAreNoTimesWhereverTheTextBegins(int from) throws IOException {
    List<String> lines = text("differences").lines().toList();
    String text = String.join("\n", lines.subList(from, lines.size()));
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(folder.resolve("text") + ": its times are no timestamps: ")
        .hasMessageContaining("--deltatime")
        .hasMessageEndingWith(
            "; print it without --deltatime, or without the field time: then the order of the"
                + " lines counts.");
  }

  @Test
  void differencesInMicrosecondsAreNoTimesEither() throws IOException {
    String text = text("differences").replaceAll("(\\d\\.\\d{6})\\d{3}:", "$1:");
    assertThatThrownBy(() -> read(text)).isInstanceOf(TraceException.class);
  }

  @Test
  void withoutTheFieldTheOrderOfTheLinesCounts() throws IOException {
    String text = text("differences").replaceAll("\\d+\\.\\d{9}:", "");
    assertThat(essence(read(text))).isEqualTo(essence(read(text("plain"))));
  }

  @Test
  void aTimeThatLostItsPlaceIsPutRight() throws IOException {
    List<String> lines = Arrays.asList(text("plain").split("\n"));
    for (int i = lines.size() - 2; i > 40; i -= 40) {
      String line = lines.set(i, lines.get(i + 1));
      lines.set(i + 1, line);
    }
    assertThat(essence(read(String.join("\n", lines)))).isEqualTo(essence(read(text("plain"))));
  }
}
