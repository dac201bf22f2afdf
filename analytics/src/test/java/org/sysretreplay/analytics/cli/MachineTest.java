package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** The machine that a trace was recorded on: by its file, by its frames, and by options. */
class MachineTest {

  private static final String FRED_SS = "0x220700010002002b";

  /** A page fault of a kernel with FRED: nothing of SYSCALL's is in RCX and R11. */
  private static final String FRED = JsonLines.FAULT.replace("0x2b", FRED_SS);

  private static final String FAR = JsonLines.HIT.replace("0x401000", "0x800000401000");
  private static final String XEN = JsonLines.TICK.replace("\"cs\":\"0x33\"", "\"cs\":\"0xe033\"");

  @TempDir private Path folder;

  private Path trace(String... lines) throws IOException {
    return JsonLines.write(folder, "app.jsonl", lines);
  }

  private void machine(String... keys) throws IOException {
    String all =
        String.join(
            ",",
            Stream.concat(Stream.of("\"schema\":\"sysret-replay/machine/1\""), Stream.of(keys))
                .toList());
    Files.writeString(folder.resolve("app.jsonl.machine.json"), "{" + all + "}");
  }

  private static String release(String release) {
    return "\"kernel_release\":\"" + release + "\"";
  }

  private static JsonNode json(Object... arguments) throws IOException {
    return new ObjectMapper()
        .readTree(
            CliRunner.run(
                    Stream.concat(Stream.of("report", "--format", "json"), Stream.of(arguments))
                        .toArray())
                .out());
  }

  /** The notes, without the trace's id before them. */
  private static List<String> notes(Result result) {
    return result.errLines().stream()
        .map(it -> it.replaceFirst("^sysret-replay: app\\.jsonl-[0-9a-f]{8}: ", ""))
        .toList();
  }

  @Test
  void theFileBesideATraceNamesItsKernel() throws IOException {
    Path trace = trace(JsonLines.HIT, JsonLines.TICK);
    machine(release("6.12.3"));
    JsonNode recorded = json(trace).at("/recorded/0");
    assertThat(recorded.get("kernel_release").textValue()).isEqualTo("6.12.3");
    assertThat(recorded.get("model").textValue()).isEqualTo("linux-6.9");
    assertThat(recorded.get("exits").longValue()).isEqualTo(2);
    assertThat(recorded.get("iret_route").longValue()).isEqualTo(1);
    assertThat(json(trace, "--model", "auto").at("/rows/0/model").textValue())
        .isEqualTo("linux-6.9");
  }

  /** A trace's id comes from its path, which may be the same on many hosts. */
  @Test
  void tracesOfOneIdFromOtherMachinesAreNotTakenForOne() throws IOException {
    Path trace = trace(JsonLines.HIT, JsonLines.TICK);
    for (String store : List.of("a", "b", "c")) {
      machine(release(store.equals("c") ? "4.0.1" : "6.12.3"));
      assertThat(CliRunner.run("ingest", trace, "--into", folder.resolve(store)).exit()).isZero();
    }

    Result alike = CliRunner.run("report", folder.resolve("a"), folder.resolve("b"));
    Result other = CliRunner.run("report", folder.resolve("a"), folder.resolve("c"));

    assertThat(alike.exit()).isZero();
    assertThat(other.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(other.err())
        .contains(
            folder.resolve("c") + ": it has a trace app.jsonl-",
            folder.resolve("a")
                + " has one of that id from another machine; ask about them one at a time");
  }

  private Path store(String name) {
    Path store = folder.resolve(name);
    Path trace = folder.resolve("app.jsonl");
    assertThat(CliRunner.run("ingest", trace, "--into", store).exit()).isZero();
    return store;
  }

  @Test
  void aFileThatWasRecordedAgainIsNotTakenForTheStoredTrace() throws IOException {
    Path trace = trace(JsonLines.HIT, JsonLines.TICK);
    machine(release("4.0.1"));
    Path store = store("store");
    machine(release("6.12.3"));
    for (String model : List.of("seed", "auto")) {
      Result result = CliRunner.run("report", store, trace, "--model", model);
      assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .contains(
              store + ": it has a trace app.jsonl-",
              ", and " + trace + " has one of that id from another machine; ask about them");
    }
  }

  /** Neither is the kernel that is known lost, nor is it taken for that of the other trace. */
  @Test
  void aTraceThatNamesNoKernelIsNotTakenForOneThatDoes() throws IOException {
    Path trace = trace(JsonLines.HIT, JsonLines.TICK);
    Path unknown = store("unknown");
    machine(release("6.12.3"));
    Path known = store("known");
    Files.delete(folder.resolve("app.jsonl.machine.json"));
    for (List<Path> sources :
        List.of(List.of(unknown, known), List.of(known, unknown), List.of(known, trace))) {
      Result result =
          CliRunner.run("report", sources.get(0), sources.get(1), "--model", "auto", "--quiet");
      assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
      assertThat(result.err())
          .contains(" has one of that id, but one of them says less of its machine; ask");
    }
  }

  /** What is not known of paging is judged as 4 levels are, so nothing is lost. */
  @Test
  void factsThatChangeNoVerdictMayBeToldOfOneTraceOnly() throws IOException {
    trace(JsonLines.HIT, JsonLines.TICK);
    machine(release("6.12.3"));
    Path less = store("less");
    machine(release("6.12.3"), "\"la57\":false", "\"hypervisor\":\"kvm\"");
    Path more = store("more");
    assertThat(CliRunner.run("report", less, more).exit()).isZero();
    machine(release("6.12.3"), "\"la57\":true");
    Path levels = store("levels");
    assertThat(CliRunner.run("report", less, levels).err()).contains("one of them says less");
    assertThat(CliRunner.run("report", more, levels).err()).contains("from another machine");
    machine(release("6.12.3"), "\"hypervisor\":\"xen-pv\"");
    assertThat(CliRunner.run("report", more, store("xen")).err()).contains("from another machine");
  }

  @Test
  void theFileIsKeptInTheStore() throws IOException {
    Path trace = trace(FAR);
    machine(release("6.12.3"), "\"la57\":true");
    Path store = folder.resolve("store");
    assertThat(CliRunner.run("ingest", trace, "--into", store).exit()).isZero();
    JsonNode expected = json(trace, "--model", "auto");
    assertThat(json(store, "--model", "auto")).isEqualTo(expected);
    assertThat(expected.at("/rows/0/sysret").longValue()).isEqualTo(1);
  }

  @Test
  void aDamagedFileIsOneSentence() throws IOException {
    Path trace = trace(JsonLines.HIT);
    Files.writeString(folder.resolve("app.jsonl.machine.json"), "{");
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("report", trace),
            List.of("replay", trace, "-o", folder.resolve("v")),
            List.of("compare", trace, "@linux-6.9"),
            List.of("explain", trace, "0"),
            List.of("ingest", trace, "--into", folder.resolve("s")))) {
      Result result = CliRunner.run(command.toArray());
      assertThat(result.errLines())
          .as(command.get(0).toString())
          .containsExactly(
              "sysret-replay: %s.machine.json: it is not JSON, or damaged; remove it, or put back what \"sysret-replay record\" wrote there."
                  .formatted(trace));
      assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    }
  }

  @Test
  void framesOfFredShowTheirModelWithoutAnyRelease() throws IOException {
    Path trace = trace(FRED, FRED);
    JsonNode auto = json(trace, "--model", "auto");
    assertThat(auto.at("/rows/0/model").textValue()).isEqualTo("fred");
    assertThat(auto.at("/rows/0/eretu").longValue()).isEqualTo(2);
    JsonNode seed = json(trace);
    assertThat(seed.at("/recorded/0/model").textValue()).isEqualTo("fred");
    assertThat(seed.at("/recorded/0/kernel_release").isNull()).isTrue();
    assertThat(seed.at("/rows/0/model").textValue()).isEqualTo("seed");
    assertThat(CliRunner.run("report", trace, "--quiet").out().replace("\n", " "))
        .contains("Recorded with FRED active, which leaves RCX and R11 as they were");
    assertThat(CliRunner.run("replay", trace, "--model", "auto", "-o", folder.resolve("v")).err())
        .contains("FRED was active, as the frames show.");
    assertThat(CliRunner.run("compare", trace + "@auto", "@seed").out()).contains("fred for 1");
  }

  @Test
  void aFarAddressIsJudgedWith5Levels() throws IOException {
    Path trace = trace(FAR);
    assertThat(json(trace, "--model", "linux-6.9").at("/rows/0/sysret").longValue()).isEqualTo(1);
    assertThat(CliRunner.run("report", trace).out().replace("\n", " "))
        .contains("With 5-level paging, as recorded. Without it for seed, which cannot run so.");
    assertThat(json(trace).at("/rows/0/sysret").longValue()).isZero();
  }

  @Test
  void xensSelectorMakesAPvGuest() throws IOException {
    Path trace = trace(JsonLines.HIT, XEN);
    JsonNode row = json(trace, "--model", "linux-5.12").at("/rows/0");
    assertThat(row.get("sysret").longValue()).isZero();
    assertThat(row.at("/first_miss/XEN_PV_GUEST").longValue()).isEqualTo(1);
  }

  @Test
  void aFileThatFramesContradictIsTold() throws IOException {
    Path trace = trace(FRED);
    machine("\"fred\":false", release("6.12.3"));
    assertThat(notes(CliRunner.run("report", trace)))
        .containsExactly(
            "its machine.json says FRED off, but the SS slot holds what FRED leaves there; the"
                + " frames are used, so remove the file.");
  }

  @Test
  void fredThatNoFrameShowsAndNoMainlineHasIsTold() throws IOException {
    Path trace = trace(JsonLines.HIT);
    machine("\"fred\":true", release("5.14.0-427.el9.x86_64"));
    assertThat(notes(CliRunner.run("report", trace)))
        .containsExactly(
            "its machine.json says that FRED was active, but no frame shows it; the file is used, so"
                + " remove it if it is of another boot.",
            "FRED was active, but mainline has none in kernel 5.14.0-427.el9.x86_64; its own model is"
                + " taken to be fred, so name another with --model if that is wrong.");
  }

  @Test
  void fiveLevelsThatAKernelCannotHaveAreTold() throws IOException {
    Path trace = trace(JsonLines.HIT);
    machine("\"la57\":true", release("4.4.1"));
    assertThat(notes(CliRunner.run("report", trace)))
        .containsExactly(
            "its machine.json says 5-level paging, but no kernel 4.4.1 can run with 5-level paging, and"
                + " its own model judges without; remove the file if it is of another boot.");
    trace(FAR);
    machine(release("4.4.1"));
    assertThat(notes(CliRunner.run("report", trace)))
        .singleElement()
        .asString()
        .contains(
            ", but no kernel 4.4.1 can run with 5-level paging, and its own model judges without;")
        .endsWith("; name the model of the kernel that it is with --model.");
  }

  @Test
  void anOptionThatTheFileContradictsIsUsedAndTold() throws IOException {
    Path trace = trace(JsonLines.HIT);
    machine("\"la57\":false", "\"hypervisor\":\"none\"");
    assertThat(notes(CliRunner.run("report", trace, "--la57", "--xen-pv", "--model", "linux-6.9")))
        .containsExactly(
            "recorded with 4-level paging, as its machine.json says, but --la57 is used; leave that"
                + " out to judge it as recorded.",
            "recorded with no Xen PV guest, as its machine.json says, but --xen-pv is used; leave"
                + " that out to judge it as recorded.");
  }

  @Test
  void aFileOfAnotherKernelIsNotUsed() throws IOException {
    Path recording = folder.resolve("app.perf.data");
    Files.copy(SampleTraces.ROOT.resolve("rseq/perf.data"), recording);
    Files.writeString(
        folder.resolve("app.perf.data.machine.json"),
        "{\"schema\":\"sysret-replay/machine/1\",\"kernel_release\":\"4.4.1\",\"fred\":true}");
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("report", recording),
            List.of("ingest", recording, "--into", folder.resolve("s")))) {
      assertThat(CliRunner.run(command.toArray()).err())
          .contains(
              "recorded on kernel 6.18.44-fc-v595, but its machine.json is of 4.4.1 and is not used;"
                  + " remove it.");
    }
    assertThat(json(recording).at("/recorded/0/model").textValue()).isEqualTo("linux-6.9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.12", "v6.12.3", "linux-6.12"})
  void everyCommandTakesAReleaseForAModel(String release) throws IOException {
    Path trace = trace(JsonLines.HIT, JsonLines.TICK);
    String note =
        "sysret-replay: %s: this is linux-6.9, which mainline has in 6.9 and later, FRED off; a distribution's kernel may have another.";
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("report", trace, "--model", release),
            List.of("check", trace, "--model", release, "--format", "csv"),
            List.of("replay", trace, "--model", release, "-o", folder.resolve("v")),
            List.of("compare", trace, "@" + release),
            List.of("explain", trace, "0", "--model", release))) {
      Result result = CliRunner.run(command.toArray());
      String asWritten = (command.contains("--model") ? "--model " : "@") + release;
      assertThat(result.errLines())
          .as(command.toString())
          .containsExactly(note.formatted(asWritten));
      assertThat(result.exit()).isZero();
      assertThat(result.out()).doesNotContain(release + " ");
    }
    assertThat(json(trace, "--model", release).at("/rows/0/model").textValue())
        .isEqualTo("linux-6.9");
    assertThat(CliRunner.run("models", release).errLines())
        .as("no option was given")
        .containsExactly(note.formatted(release));
  }

  @Test
  void ownKernelsAreToldBesideTheSeed() throws IOException {
    Path trace = trace(JsonLines.HIT, JsonLines.TICK);
    machine(release("6.12.3-100.el10.x86_64"));
    String text = CliRunner.run("report", trace).out();
    assertThat(text.lines())
        .contains("  by its own kernel (linux-6.9): SYSRET share 50.0 %, hit rate 100.0 %");
    assertThat(text.replace("\n", " "))
        .contains(
            "Recorded on Linux 6.12.3-100.el10.x86_64 (linux-6.9). By their own kernel 1 of 2 exits"
                + " return by SYSRET (50.0 %), and of those that it checks 100.0 %; --model auto reports"
                + " that. A guess, since Red Hat's kernels carry much of later releases.");
    assertThat(CliRunner.run("report", trace, "--model", "linux-6.9").out())
        .doesNotContain("own kernel");
    assertThat(CliRunner.run("report", trace, "--model", "auto").out())
        .doesNotContain("own kernel");
    assertThat(CliRunner.run("explain", trace, "1").out())
        .contains("  Its own kernel, Linux 6.12.3-100.el10.x86_64 (linux-6.9): IRET_ROUTE.");
  }

  @Test
  void severalKernelsStandSideBySide() throws IOException {
    machine(release("4.4.1"));
    trace(JsonLines.HIT);
    JsonLines.write(folder, "new.jsonl", JsonLines.HIT, JsonLines.TICK);
    Files.writeString(
        folder.resolve("new.jsonl.machine.json"),
        "{\"schema\":\"sysret-replay/machine/1\",\"kernel_release\":\"6.12.3\"}");
    JsonLines.write(folder, "none.jsonl", JsonLines.HIT);
    String text = CliRunner.run("report", folder).out();
    assertThat(text)
        .containsPattern("(?m)^ app .* 100\\.0 % +100\\.0 %")
        .containsPattern("(?m)^ new +2 +1 +1 +50\\.0 % +50\\.0 % +50\\.0 %")
        .containsPattern("(?m)^ none .* 100\\.0 % +n/a")
        .contains("\n  by its own kernel (linux-6.9): SYSRET share 50.0 %, hit rate 100.0 %\n");
    assertThat(text.replace("\n", " "))
        .contains("2 of 3 exits whose kernel is known return by SYSRET (66.7 %)");
    assertThat(text.lines()).allMatch(it -> it.length() <= 80);
  }
}
