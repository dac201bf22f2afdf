package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.analytics.report.JsonReport;
import org.sysretreplay.ingest.perfdata.PerfDataBuilder;
import org.sysretreplay.ingest.perfdata.SampledEvent;

/** The option --sites of report, from recordings, from texts of them and from stores. */
class SitesCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORDING = SampleTraces.recording("threads").file();

  @TempDir private Path folder;

  private static String sites(String report) {
    return report.substring(report.indexOf("\nSites: ") + 1);
  }

  @Test
  void aStoreShowsTheSitesOfItsRecording() {
    Path store = folder.resolve("store");
    assertThat(CliRunner.run("ingest", RECORDING, "--into", store).exit()).isZero();

    Result ofFile = CliRunner.run("report", RECORDING, "--sites", "4");
    Result ofStore = CliRunner.run("report", store, "--sites", "4");

    assertThat(ofFile.exit()).isZero();
    assertThat(sites(ofFile.out()).lines())
        .hasSizeGreaterThan(6)
        .anyMatch(it -> it.matches(" +[\\d,]+ +[\\d.]+ % {2}FAULT +0x[0-9a-f]+ {2}/usr/\\S+"));
    assertThat(sites(ofStore.out())).isEqualTo(sites(ofFile.out()));
    assertThat(CliRunner.run("report", RECORDING).out() + "\n" + sites(ofFile.out()))
        .as("the rest stays as it is")
        .isEqualTo(ofFile.out());
  }

  /** A text has no maps, so its addresses stay as they are. */
  @Test
  void whereNoMapTellsTheAddressIsShownWithItsProcess() {
    Path text = SampleTraces.ROOT.resolve("threads/perf.script.gz");
    assertThat(sites(CliRunner.run("report", text, "--sites", "1").out()))
        .containsPattern("0x[0-9a-f]+ +no map tells; of process \\d+,\\s+perf.script.gz-\\w+");
  }

  @ParameterizedTest
  @CsvSource({"threads/perf.data, seed", "vsyscall/perf.data, auto", "threads/perf.script.gz, 6.9"})
  void theJsonIsAsTheSchemaSays(String source, String model) throws IOException {
    Result run =
        CliRunner.run(
            "report",
            SampleTraces.ROOT.resolve(source),
            "--model",
            model,
            "--sites",
            "1000000",
            "--format",
            "json");
    JsonNode report = JSON.readTree(run.out());
    try (InputStream schema = JsonReport.class.getResourceAsStream("report-1.schema.json")) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(JSON.readTree(schema))
                  .validate(report))
          .isEmpty();
    }
    JsonNode workload = report.at("/sites/workloads/0");
    long misses = report.at("/rows/0/iret_miss").longValue();
    assertThat(workload.get("misses").longValue()).isEqualTo(misses).isPositive();
    long counted = 0;
    for (JsonNode site : workload.get("top")) {
      counted += site.get("misses").longValue();
    }
    assertThat(counted).isEqualTo(misses);
    assertThat(workload.get("found").intValue()).isEqualTo(workload.get("top").size());
  }

  /** A mapped file's name may hold control characters for the terminal. */
  @Test
  void namesOfFilesDoNothingToTheTerminal() throws IOException {
    SampledEvent event = SampledEvent.of("exceptions:page_fault_user", 98, 8L);
    PerfDataBuilder recording = new PerfDataBuilder().event(event);
    recording.code(event, 5, 0x40_0000, "/tmp/\u001b[2J\u202e\nname", 1);
    recording.sample(event.fault(5, 10, 0x40_0010));
    Path file = recording.writeTo(folder.resolve("perf.data"));
    assertThat(sites(CliRunner.run("report", file, "--sites", "1").out()))
        .contains("0x40010  /tmp/\uFFFD[2J\uFFFD\uFFFDname\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sites 0|--sites 0: give a number from 1 on.",
        "--sites x|--sites x: give a number from 1 on.",
        "--sites 5 --format csv|--sites: csv has no place for them; give --format text or json.",
        "--sites 5 --format markdown|--sites: markdown has no place for them; give --format text",
        "--sites 5 --format html|--sites: html has no place for them; give --format text or json.",
        "--sites 5 --model all|--sites: several models judge; name one with --model."
      })
  void whatCannotBeAskedIsTold(String options, String told) {
    String[] words = ("report " + RECORDING + " " + options).split(" ");
    Result run = CliRunner.run((Object[]) words);
    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("sysret-replay: " + told);
  }
}
