package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

class GenerateCommandTest {

  @TempDir private Path folder;
  private Path profile;
  private Path store;

  @BeforeEach
  void name() {
    profile = folder.resolve("p.json");
    store = folder.resolve("store");
  }

  private static Result generate(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("generate", "--quiet"));
    all.addAll(Arrays.asList(arguments));
    return CliRunner.run(all.toArray());
  }

  private static Path sample(String workload) {
    return SampleTraces.ROOT.resolve(workload);
  }

  @Test
  void learnsGeneratesAndReports() {
    Result learnt = generate("--learn", sample("rseq"), sample("trap-flag"), "--profile", profile);
    assertThat(learnt.err()).isEmpty();
    assertThat(learnt.out())
        .isEqualTo(profile + ": 2 workloads and 549 templates, learnt from 1,561 frames\n");
    assertThat(learnt.exit()).isEqualTo(ExitCode.OK);

    Result generated =
        generate("--profile", profile, "--frames", "15.61k", "--output", store, "--seed", "3");
    assertThat(generated.err()).isEmpty();
    assertThat(generated.exit()).isEqualTo(ExitCode.OK);
    assertThat(generated.out().lines())
        .hasSize(3)
        .anyMatch(it -> it.matches(".*: workload rseq, trace generated-3-000: 8,680 frames = .*"))
        .anyMatch(it -> it.matches(".*: workload trap-flag, trace generated-3-001: 6,930 .*"))
        .anyMatch(it -> it.startsWith(store + ": 15,610 frames = "));

    Result report = CliRunner.run("report", store, "--quiet");
    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    assertThat(report.out()).contains(" rseq ").contains(" trap-flag ");
  }

  @Test
  void learnsAndGeneratesInOneGo() {
    Result result =
        generate("--learn", sample("rseq"), "--profile", profile, "--frames", 1, "-o", store);

    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).contains("templates").contains("1 frames = ");
  }

  @Test
  void aGeneratedTraceThatIsDamagedIsToBeGeneratedAgain() throws IOException {
    generate("--learn", sample("rseq"), "--profile", profile, "--frames", 9, "-o", store);
    try (Stream<Path> files = Files.walk(store.resolve("frames"))) {
      Files.delete(
          files.filter(it -> it.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }

    assertThat(CliRunner.run("report", store).err())
        .endsWith(
            ": the frames of this trace are gone; generate the trace again, with the same seed.\n");
    assertThat(CliRunner.run("verify", store).err())
        .contains("generate those again that were generated, with the same seed.");
  }

  @ParameterizedTest
  @CsvSource({"1000,1000", "1_000_000,1000000", "1e9,1000000000", "2.5k,2500", "50M,50000000"})
  void takesNumbersAsPeopleWriteThem(String text, long frames) {
    assertThat(new NumberOfFrames().convert(text)).isEqualTo(frames);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0 frames cannot be generated; ask for 1 to 1e12.",
        "2T|2T frames cannot be generated; ask for 1 to 1e12.",
        "1e99|1e99 frames cannot be generated; ask for 1 to 1e12.",
        "1.5|1.5 is not a whole number of frames; write it as 1000000, 1_000_000, 1e6 or 1M.",
        "many|\"many\" is no number of frames; write it as 1000000, 1_000_000, 1e6 or 1M.",
      })
  void refusesWhatIsNoNumberOfFrames(String frames, String sentence) {
    Result result = generate("--profile", profile, "--frames", frames, "--output", store);

    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualTo(
            "sysret-replay: Invalid value for option '--frames': "
                + sentence
                + " Try: sysret-replay generate --help\n");
  }

  @Test
  void refusesWhatGivesNothingToDo() {
    assertUsage(
        "there is nothing to do; give --learn SOURCE, or --frames N and --output STORE.",
        "--profile",
        profile);
    assertUsage(
        "--frames and --output go together; give both or, to learn only, none.",
        "--profile",
        profile,
        "--frames",
        "1");
  }

  @Test
  void refusesToWriteTheProfileOverATrace() throws IOException {
    Path trace = JsonLines.write(folder, "a.jsonl", JsonLines.HIT);

    assertUsage(
        trace + ": this is also the input; name another file.",
        "--learn",
        trace,
        "--profile",
        trace);
  }

  @Test
  void refusesToLearnFromAStore() {
    generate("--learn", sample("rseq"), "--profile", profile, "--frames", 1, "-o", store);

    assertUsage(
        store + ": this is a store; learn from the traces that it was made of.",
        "--learn",
        store,
        "--profile",
        profile);
  }

  private static void assertUsage(String sentence, Object... arguments) {
    Result result = generate(arguments);

    assertThat(result.err()).isEqualTo("sysret-replay: " + sentence + "\n");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aProfileThatIsNoneIsUnreadableInput() throws IOException {
    Files.writeString(profile, "PERFILE2");

    Result result = generate("--profile", profile, "--frames", "1", "--output", store);

    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.err())
        .isEqualTo(
            "sysret-replay: "
                + profile
                + ": it is not JSON, line 1; give a profile that \"sysret-replay generate --learn\""
                + " wrote, or learn it again.\n");
    assertThat(store).doesNotExist();
  }

  @Test
  void aTraceThatCannotBeReadIsUnreadableInput() throws IOException {
    Path bad = Files.writeString(folder.resolve("photo.jpg"), "no trace");

    Result result = generate("--learn", bad, "--profile", profile);

    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.errLines()).hasSize(1);
    assertThat(profile).doesNotExist();
  }

  /** The trace is refused amid its records, after a frame of its workload was learnt. */
  @Test
  void whatCannotBeReadToItsEndIsToldAndTeachesNothing() throws IOException {
    Path good = JsonLines.write(folder, "good.jsonl", JsonLines.HIT, JsonLines.FAULT);
    generate("--learn", good, "--profile", profile);
    String alone = Files.readString(profile);
    Path counted =
        JsonLines.write(
            folder,
            "counted.jsonl",
            JsonLines.HIT,
            JsonLines.FAULT.replaceFirst("\\{", "{\"count\":7,"));

    Result result = generate("--learn", counted, good, "--profile", profile);

    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.err())
        .isEqualTo(
            "sysret-replay: "
                + counted
                + ": its exits were counted where they were recorded, and do not show what follows"
                + " what; learn from a recording of every exit.\n");
    assertThat(profile).hasContent(alone);
    Files.delete(profile);
    assertThat(generate("--learn", counted, "--profile", profile).exit()).isEqualTo(ExitCode.INPUT);
    assertThat(profile).doesNotExist();
  }

  @Test
  void aTraceWithoutFramesTeachesNothing() throws IOException {
    Path empty = JsonLines.write(folder, "a.jsonl", "{\"rip\":1}");

    Result result = generate("--learn", empty, "--profile", profile);

    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.err())
        .isEqualTo(
            "sysret-replay: "
                + empty
                + ": there is no frame to learn from; give a trace that has some.\n");
    assertThat(profile).doesNotExist();
  }
}
