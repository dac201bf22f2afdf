package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** {@code --model auto} where some traces name their kernel and others do not. */
class AutoModelTest {

  private static final String NAME_IT =
      "name a model with --model, or its kernel: as kernel_release in FILE.machine.json beside it, or"
          + " by perf script --header";

  private static final String REMEDY = NAME_IT + "; split a text that names several.";

  private static final String SCRIPT_LINE =
      "ls 7/7 [000] 1.000000001: raw_syscalls:sys_exit: NR 39 = 1 ABI:2 AX:0x1 CX:0x7f SP:0x3"
          + " IP:0x7f FLAGS:0x246 CS:0x33 SS:0x2b R11:0x246 ";

  @TempDir private Path folder;

  private Path all;

  @BeforeEach
  void writeTraces() throws IOException {
    all = Files.createDirectory(folder.resolve("all"));
    named("one", "6.12.3");
    named("two", "4.4.1");
  }

  private void named(String name, String release) throws IOException {
    JsonLines.write(all, name + ".jsonl", JsonLines.HIT, JsonLines.FAULT);
    Files.writeString(
        all.resolve(name + ".jsonl.machine.json"),
        "{\"schema\":\"sysret-replay/machine/1\",\"kernel_release\":\"" + release + "\"}");
  }

  private Path nameless(String name) throws IOException {
    return JsonLines.write(all, name + ".jsonl", JsonLines.HIT, JsonLines.HIT, JsonLines.HIT);
  }

  private static JsonNode json(Object... arguments) throws IOException {
    return new ObjectMapper()
        .readTree(
            CliRunner.run(
                    Stream.concat(Stream.of(arguments), Stream.of("--format", "json")).toArray())
                .out());
  }

  /** The lines on standard error, without the digests in traces' ids. */
  private static List<String> errors(Result result) {
    return result.errLines().stream()
        .map(it -> it.replaceAll("\\.jsonl-[0-9a-f]{8}", ""))
        .map(it -> it.replaceFirst("^sysret-replay: ", ""))
        .toList();
  }

  @Test
  void thoseThatDoNotAreToldAndTheOthersAnswered() throws IOException {
    JsonNode alone = json("report", all, "--model", "auto");
    nameless("text");
    Result result = CliRunner.run("report", all, "--model", "auto", "--quiet");
    assertThat(result.exit()).isZero();
    assertThat(errors(result))
        .containsExactly(
            "--model auto: trace text does not name its kernel, and is left out; " + REMEDY);
    assertThat(result.out().replaceAll("\\s+", " "))
        .contains("Input: 4 records seen = 4 exits")
        .containsPattern(
            "Left out, not counted, since their kernel is not known or its model cannot judge here:"
                + " text\\.jsonl-[0-9a-f]{8}; --model ID judges them\\.");
    JsonNode report = json("report", all, "--model", "auto");
    assertThat(report.get("rows")).isEqualTo(alone.get("rows"));
    assertThat(report.get("input")).isEqualTo(alone.get("input"));
    assertThat(alone.get("left_out")).isEmpty();
    assertThat(report.get("left_out"))
        .singleElement()
        .satisfies(it -> assertThat(it.textValue()).startsWith("text.jsonl-"));
  }

  @Test
  void whateverIsWrongWithTheNameIsTold() throws IOException {
    nameless("text");
    nameless("more");
    named("odd", "mainline");
    Result result = CliRunner.run("report", all, "--model", "auto", "--quiet");
    assertThat(errors(result))
        .containsExactly(
            "--model auto: 2 traces (more and text) do not name their kernel, and are left out; "
                + REMEDY,
            "--model auto: trace odd names the kernel \"mainline\", which is no release, and is left"
                + " out; "
                + NAME_IT
                + ".");
  }

  /** The models before 4.14 know four levels only. */
  @Test
  void whatCannotRunOnTheMachineAskedForIsToldAndTheOthersAnswered() throws IOException {
    nameless("text");
    Result result = CliRunner.run("report", all, "--model", "auto", "--la57", "--quiet");
    assertThat(result.exit()).isZero();
    assertThat(errors(result))
        .containsExactly(
            "--model auto: trace text does not name its kernel, and is left out; " + REMEDY,
            "--model auto: trace two was recorded on kernel 4.4.1, which cannot run with 5-level"
                + " paging (--la57), and is left out; leave out --la57, or name a later"
                + " model with --model.");
    JsonNode report = json("report", all, "--model", "auto", "--la57");
    JsonNode alone = json("report", all.resolve("one.jsonl"), "--model", "auto", "--la57");
    assertThat(report.get("left_out")).hasSize(2);
    assertThat(report.get("rows")).isEqualTo(alone.get("rows"));
    Result nobody = CliRunner.run("report", all.resolve("two.jsonl"), "--model", "auto", "--la57");
    assertThat(nobody.exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void whereNoneIsLeftThereIsNoReport() throws IOException {
    Path first = nameless("first");
    Result result = CliRunner.run("report", first, "--model", "auto");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(errors(result))
        .containsExactly("--model auto: trace first does not name its kernel; " + REMEDY);
    Result several =
        CliRunner.run("report", first, nameless("second"), nameless("third"), "--model", "auto");
    assertThat(errors(several))
        .containsExactly(
            "--model auto: 3 traces (first and 2 more) do not name their kernel; " + REMEDY);
  }

  /** However far behind the first header the second is. */
  @ParameterizedTest
  @CsvSource({"1, 6.12.1, true", "20000, 6.12.1, true", "20000, 4.0.1, false"})
  void aTextThatNamesSeveralKernelsIsJudgedByNone(int lines, String second, boolean isLeftOut)
      throws IOException {
    List<String> text = new ArrayList<>();
    for (String release : List.of("4.0.1", second)) {
      text.add("# os release : " + release);
      text.addAll(Collections.nCopies(lines, SCRIPT_LINE));
    }
    Path both = folder.resolve("both.perf.script");
    Files.write(both, text);
    Path store = folder.resolve("store");
    CliRunner.run("ingest", both, "--into", store);

    for (Path input : List.of(both, store)) {
      Result result = CliRunner.run("report", input, "--model", "auto");
      assertThat(result.exit()).isEqualTo(isLeftOut ? ExitCode.USAGE : ExitCode.OK);
      assertThat(result.err().contains("does not name its kernel; " + REMEDY))
          .as(result.err())
          .isEqualTo(isLeftOut);
    }
  }

  @Test
  void aStoreAnswersAsItsTracesDo() throws IOException {
    nameless("text");
    Path store = folder.resolve("store");
    assertThat(CliRunner.run("ingest", all, "--into", store).exit()).isZero();
    JsonNode ofFiles = json("report", all, "--model", "auto");
    assertThat(json("report", store, "--model", "auto")).isEqualTo(ofFiles);
    assertThat(CliRunner.run("report", store, "--model", "auto").exit()).isZero();
  }

  /** The output is no empty report, which would hide that nothing was judged. */
  @Test
  void aStoreOfWhichNothingIsLeftIsNoEmptyRecording() throws IOException {
    Path text = nameless("text");
    Path store = folder.resolve("store");
    CliRunner.run("ingest", text, "--into", store);
    Files.delete(text);
    Result result = CliRunner.run("report", store, all, "--model", "auto", "--quiet");
    assertThat(result.exit()).isZero();
    assertThat(errors(result)).hasSize(1);
  }

  @Test
  void verdictsAreOfThoseThatAreJudged() throws IOException {
    String alone =
        CliRunner.run("replay", all, "--model", "auto", "--format", "jsonl", "-o", "-").out();
    nameless("text");
    Result result =
        CliRunner.run("replay", all, "--model", "auto", "--quiet", "--format", "jsonl", "-o", "-");
    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo(alone);
    assertThat(errors(result)).hasSize(1);
  }

  @Test
  void aComparisonLeavesThemOutOfBothSides() throws IOException {
    JsonNode alone = json("compare", all + "@auto", "@seed");
    nameless("text");
    for (String[] sides : new String[][] {{all + "@auto", "@seed"}, {"@seed", all + "@auto"}}) {
      Result result = CliRunner.run("compare", sides[0], sides[1], "--quiet");
      assertThat(result.exit()).isZero();
      assertThat(errors(result))
          .containsExactly(
              "--model auto: trace text does not name its kernel, and is left out; " + REMEDY);
      assertThat(result.out()).contains("Left out, not counted");
    }
    JsonNode comparison = json("compare", all + "@auto", "@seed");
    assertThat(comparison.get("rows")).isEqualTo(alone.get("rows"));
    assertThat(comparison.get("left_out")).hasSize(1);
    assertThat(alone.get("left_out")).isEmpty();
  }

  @Test
  void aGateDoesNotPassWhatItDidNotSee() throws IOException {
    nameless("text");
    Result result = CliRunner.run("compare", all + "@auto", "@linux-6.9", "--fail-below", "100");
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.out().replaceAll("\\s+", " "))
        .contains(
            "Gate --fail-below 100: passed by what was judged, and open for what was left out.");
    JsonNode gate = json("compare", all + "@auto", "@linux-6.9", "--fail-below", "100").get("gate");
    assertThat(gate.get("passed").booleanValue()).isFalse();
    assertThat(gate.get("failed")).isEmpty();
  }

  /** Frames show the machine before a trace is left out, whichever side has auto. */
  @Test
  void framesOfFredNameTheirModel() throws IOException {
    String fred = JsonLines.FAULT.replace("0x2b", "0x220700010002002b");
    Path trace = JsonLines.write(all, "fred.jsonl", fred);
    assertThat(json("report", all, "--model", "auto").get("left_out")).isEmpty();
    for (JsonNode comparison :
        List.of(
            json("compare", trace + "@auto", "@seed"), json("compare", "@seed", trace + "@auto"))) {
      assertThat(comparison.get("left_out")).isEmpty();
      assertThat(comparison.findValuesAsText("model")).contains("fred");
    }
  }
}
