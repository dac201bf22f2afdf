package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** Recordings of which not every event is there: what each command makes of them, and says. */
class SampledTest {

  private static final int WIDTH = 80;

  /** Of the standard normal distribution, two-sided 95 %. */
  private static final double Z = 1.959963984540054;

  private static final String HOW = "one of every 101 events";

  @TempDir private Path folder;
  private Path sampled;
  private Path whole;

  @BeforeEach
  void record() throws IOException {
    sampled = recording("app", 101, 90, 10);
    whole = recording("whole", 1, 900, 100);
  }

  /** The text of a recording in which hits and misses take turns as far as there are both. */
  private Path recording(String name, long every, int hits, int misses) throws IOException {
    StringBuilder text =
        new StringBuilder(
            "# os release : 6.12.1\n# event : name = raw_syscalls:sys_exit, , id = { 7 }, type = 2, { sample_period, sample_freq } = %d, sample_type = IP|RAW, x\n"
                .formatted(every));
    for (int i = 0; i < hits + misses; i++) {
      text.append(
          "app 7/7 [000] %d.%09d: raw_syscalls:sys_exit: NR 15 = 0 ABI:2 AX:0x0 CX:0x%x SP:0x7ffd00001234 IP:0x401000 FLAGS:0x246 CS:0x33 SS:0x2b R11:0x246\n"
              .formatted(1 + i / 1000, i % 1000 * 1000, i < hits ? 0x401000 : 0x401002));
    }
    return Files.writeString(folder.resolve(name + ".perf.script"), text);
  }

  private static JsonNode json(Result result) throws IOException {
    return new ObjectMapper().readTree(result.out());
  }

  private static double[] wilson(double hits, double total) {
    double share = hits / total;
    double middle = (share + Z * Z / (2 * total)) / (1 + Z * Z / total);
    double reach =
        Z
            * Math.sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
            / (1 + Z * Z / total);
    return new double[] {middle - reach, middle + reach};
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "markdown", "html"})
  void whatPeopleReadSaysThatItIsSampledAndHow(String format) {
    Result result = CliRunner.run("report", sampled, "--format", format);
    assertThat(result.exit()).isZero();
    String flat = result.out().replaceAll("\\s+", " ");
    assertThat(flat).contains("100 sampled exits", "Sampled, " + HOW + " of app");
    Result other = CliRunner.run("report", whole, "--format", format);
    assertThat(other.out().replaceAll("(?s)<script.*?</script>", "")).doesNotContain("ampled", "±");
    assertThat(other.err()).doesNotContain("sampled");
  }

  @Test
  void whatProgramsReadHasTheRateAndTheIntervalOfEachRow() throws IOException {
    JsonNode report = json(CliRunner.run("report", sampled, whole, "--format", "json"));
    assertThat(report.at("/sampled").toString())
        .isEqualTo("[{\"workload\":\"app\",\"every\":101,\"exits\":100}]");
    JsonNode row = report.at("/rows/0");
    assertThat(row.get("sampled_every").longValue()).isEqualTo(101);
    assertThat(row.get("sysret_share_low").doubleValue())
        .isCloseTo(wilson(90, 100)[0], within(1e-9));
    assertThat(row.get("sysret_share_high").doubleValue())
        .isCloseTo(wilson(90, 100)[1], within(1e-9));
    for (String key : List.of("sampled_every", "sysret_share_low", "sysret_share_high")) {
      assertThat(report.at("/rows/1").get(key).isNull()).as(key).isTrue();
    }
    List<String> lines =
        CliRunner.run("report", sampled, whole, "--format", "csv").out().lines().toList();
    assertThat(lines.get(0)).endsWith(",sampled_every,sysret_share_low,sysret_share_high");
    assertThat(lines.get(1)).contains(",101,0.82");
    assertThat(lines.get(2)).endsWith(",,,");
  }

  /** 90 of 100: from 82.56 to 94.48 %, which is 7.44 points below and 4.48 above. */
  @Test
  void sharesOfASampleHaveTheFartherEndBesideThem() {
    String out = CliRunner.run("report", sampled, whole).out();
    assertThat(out)
        .contains("app: 90 of 100 exits could return by SYSRET (SYSRET share 90.0 % +-7.5),")
        .contains("and 90 of 100 checked exits (hit rate 90.0 % +-7.5)")
        .containsPattern("\n app +100 +90 +10  90\\.0 % +90\\.0 % [+]-7\\.5 ")
        .containsPattern("\n whole +1,000 +900 +100  90\\.0 % +90\\.0 % ")
        .as("a sum of both is no sample")
        .containsPattern("\n all +1,100 +990 +110  90\\.0 % +90\\.0 % +[A-Z0-9]");
    assertThat(CliRunner.run("report", sampled).out().replaceAll("\\s+", " "))
        .contains(
            "90.0 % of 100 sampled exits return by SYSRET (95 % interval 82.5 to 94.5 %); all 10");
  }

  @Test
  void linesAreAsWideAsWithoutSamples() throws IOException {
    Path large = recording("a-name-that-is-rather-long", 101, 123_456, 7_891);
    for (Result result :
        List.of(
            CliRunner.run("report", large, sampled, whole, "--by", "entry,syscall"),
            CliRunner.run("compare", large, whole),
            CliRunner.run("compare", large, "@6.12"))) {
      assertThat(result.exit()).isZero();
      assertThat(result.out().lines())
          .filteredOn(it -> !it.startsWith("Base: ") && !it.startsWith("Other: "))
          .allMatch(it -> it.length() <= WIDTH);
    }
  }

  @Test
  void whatIsSummedOverSamplesAndOthersIsToldToBeNeither() {
    assertThat(CliRunner.run("report", sampled, whole).err())
        .contains("100 of 1,100 exits are sampled, so that sums over workloads weigh each by");
    assertThat(CliRunner.run("report", sampled).err()).doesNotContain("exits are sampled");
    assertThat(CliRunner.run("report", sampled, "--quiet").err()).isEmpty();
  }

  @Test
  void costsOfASampleAreNoTotal() {
    assertThat(CliRunner.run("report", sampled).out())
        .containsPattern("\n app +n/a +\\S+ ns +n/a +n/a +\\S+ ns +n/a\n");
  }

  @Test
  void aStoreKeepsHowItWasSampled() throws IOException {
    Path store = folder.resolve("store");
    Result ingest = CliRunner.run("ingest", sampled, whole, "--into", store);
    assertThat(ingest.err())
        .contains(sampled + " is sampled, " + HOW + ": its counts are of the sample")
        .doesNotContain(whole + " is sampled");
    JsonNode fromStore = json(CliRunner.run("report", store, "--format", "json"));
    JsonNode fromFiles = json(CliRunner.run("report", sampled, whole, "--format", "json"));
    assertThat(fromStore.at("/sampled")).isEqualTo(fromFiles.at("/sampled"));
    assertThat(fromStore.get("rows")).isEqualTo(fromFiles.get("rows"));
    assertThat(CliRunner.run("verify", store).exit()).isZero();
    assertThat(CliRunner.run("explain", store, "app.perf.script").out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "csv", "markdown", "html"})
  void comparisonsSayWhichSideIsSampled(String format) {
    Result result = CliRunner.run("compare", sampled, whole, "--format", format);
    assertThat(result.exit()).isZero();
    assertThat(result.out().replaceAll("\\s+", " ")).contains("Only base is sampled: ");
    assertThat(result.err()).contains("sampled, " + HOW + " of app");
    assertThat(CliRunner.run("compare", sampled, "@6.12", "--format", format).out())
        .contains(format.equals("csv") ? ",101," : "ampled");
    assertThat(CliRunner.run("compare", whole, "@6.12", "--format", format).out())
        .doesNotContain("Only base is sampled", "(sampled)");
  }

  @Test
  void runsOfOtherNamesAreSampledAllTheSame() throws IOException {
    Path again = recording("again", 101, 90, 10);
    Path wholeAgain = recording("whole-again", 1, 900, 100);
    List<String> lines =
        CliRunner.run("compare", sampled, again, "--against", whole, wholeAgain, "--format", "csv")
            .out()
            .lines()
            .toList();
    List<String> keys = List.of(lines.get(0).split(","));
    assertThat(lines.get(1)).contains(",0.9,0.9,101,").doesNotContain(",0.9,0.9,1,");
    assertThat(keys).contains("base.sampled_every", "other.sampled_every");
  }

  /** Under 6.12 all ten misses stay misses: what would the exits that were not recorded do? */
  @Test
  void twoModelsOverASampleDifferByChance() throws IOException {
    JsonNode row =
        json(CliRunner.run("compare", sampled, "@6.12", "--format", "json")).at("/rows/0");
    assertThat(row.get("sysret_share_points").doubleValue()).isZero();
    double share = 1.0 / 102;
    double reach = 100 * Z * Math.sqrt(2 * share / 102);
    assertThat(row.at("/chance/low").doubleValue()).isCloseTo(-reach, within(1e-9));
    assertThat(row.at("/chance/high").doubleValue()).isCloseTo(reach, within(1e-9));
    assertThat(row.at("/chance/noise").booleanValue()).isTrue();
    assertThat(row.at("/chance/base/runs")).hasSize(1);
    assertThat(
            json(CliRunner.run("compare", whole, "@6.12", "--format", "json"))
                .at("/rows/0/chance")
                .isNull())
        .as("every exit was judged twice")
        .isTrue();
  }

  /** Ninety of a hundred and ninety-four of a hundred may be the same share. */
  @Test
  void aGateBeyondNoiseKnowsHowFewASampleHas() throws IOException {
    Path before = recording("before", 101, 94, 6);
    Path ten = recording("ten", 101, 9_000, 1_000);
    Path tenBefore = recording("ten-before", 101, 9_400, 600);
    assertThat(gate(before, sampled)).isEqualTo(ExitCode.OK);
    assertThat(gate(tenBefore, ten)).isEqualTo(ExitCode.GATE);
    assertThat(CliRunner.run("compare", before, sampled, "--fail-below", "1").exit())
        .isEqualTo(ExitCode.GATE);
  }

  private static int gate(Path base, Path other) {
    return CliRunner.run("compare", base, other, "--fail-below", "1", "--only-beyond-noise").exit();
  }

  @Test
  void theStoryOfAFrameSaysWhatStandsBetweenItsNeighbours() {
    assertThat(CliRunner.run("explain", sampled, "50").out().replaceAll("\\s+", " "))
        .contains("Sampled, " + HOW + ": the others that stand between these were not recorded.")
        .contains("early");
    assertThat(CliRunner.run("explain", whole, "50").out()).doesNotContain("Sampled");
  }

  @Test
  void listsAndVerdictsSayItBesideThem() {
    Result frames = CliRunner.run("frames", sampled, "--limit", "1");
    assertThat(frames.out().replaceAll("\\s+", " ")).contains("Sampled, " + HOW + " of app");
    assertThat(frames.err()).contains("sampled, " + HOW + " of app");
    Result lines = CliRunner.run("frames", sampled, "--format", "jsonl");
    assertThat(lines.out().lines()).hasSize(100).noneMatch(it -> it.contains("ampled"));
    assertThat(lines.err()).contains("sampled, " + HOW + " of app");
    Result verdicts = CliRunner.run("replay", sampled, "--output", folder.resolve("verdicts"));
    assertThat(verdicts.err()).contains("sampled, " + HOW + " of app");
  }

  @Test
  void nothingIsLearntFromASample() {
    Path profile = folder.resolve("profile.json");
    Result alone = CliRunner.run("generate", "--learn", sampled, "--profile", profile);
    assertThat(alone.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(alone.err())
        .contains(
            sampled
                + ": it is sampled, "
                + HOW
                + ", and does not show what follows what; learn from a recording of every exit.");
    assertThat(profile).doesNotExist();
    Result both = CliRunner.run("generate", "--learn", folder, "--profile", profile);
    assertThat(both.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(profile)
        .content()
        .contains("\"name\" : \"whole\"")
        .doesNotContain("\"name\" : \"app\"");
  }

  @Test
  void aRateThatVariesIsTold() throws IOException {
    Path file = recording("varying", 99, 90, 10);
    Files.writeString(file, Files.readString(file).replace("IP|RAW, x", "IP|RAW, freq = 1"));
    Result result = CliRunner.run("report", file);
    assertThat(result.err().toLowerCase(Locale.ROOT))
        .contains("sampled, some events, at a rate that varies of varying")
        .contains("quiet times count for more than busy ones");
  }
}
