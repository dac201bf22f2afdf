package org.sysretreplay.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.generate.Generation;
import org.sysretreplay.ingest.generate.Profile;
import org.sysretreplay.ingest.generate.ProfileLearner;
import org.sysretreplay.ingest.generate.StoreGenerator;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;

class GeneratedStoreTest {

  private static Profile profile;

  @TempDir private Path folder;

  @BeforeAll
  static void learn() {
    ProfileLearner learner = new ProfileLearner();
    TraceInputs.find(
            List.of(Traces.perfData("threads"), Traces.perfData("http"), Traces.perfData("rseq")),
            Optional.empty(),
            Optional.empty())
        .traces()
        .forEach(learner::add);
    profile = learner.profile();
  }

  private TraceStore store() {
    TraceStore store = TraceStore.at(folder.resolve("store").toString());
    store.prepare();
    return store;
  }

  private StoredRows stored() {
    return new StoredRows(folder.resolve("store"));
  }

  private List<TraceRow> generate(Generation generation) {
    TraceStore store = store();
    List<TraceRow> rows =
        generation.traces().stream().map(it -> StoreGenerator.write(it, store)).toList();
    store.publish(generation.unit(), rows);
    return rows;
  }

  private static Generation generation(long seed, long frames) {
    return new Generation(profile, "p.json", seed, frames);
  }

  @Test
  void theFramesAreThoseOfTheGeneratorFieldByField() {
    generate(generation(7, 10_000));

    List<List<Object>> expected = new ArrayList<>();
    for (GeneratedTrace trace : generation(7, 10_000).traces()) {
      trace.open().forEachRemaining(it -> expected.add(FrameRow.of(it)));
    }
    assertThat(stored().frames()).isEqualTo(expected).hasSize(10_000);
    assertThat(stored().select("select workload, trace, count(*) from frames() group by all"))
        .containsExactlyInAnyOrderElementsOf(
            generation(7, 10_000).traces().stream()
                .map(it -> List.<Object>of(it.workload(), it.traceId(), it.frames()))
                .toList())
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 17, 1_003})
  void thereIsARowForEveryFrameThatWasAskedFor(long frames) {
    List<TraceRow> rows = generate(generation(1, frames));

    Counts counts = rows.stream().map(TraceRow::counts).reduce(Counts.ZERO, Counts::plus);
    assertThat(counts.seen()).isEqualTo(frames);
    assertThat(stored().count("frames()")).isEqualTo(frames);
    assertThat(stored().count("rejects()")).isZero();
    assertThat(store().read().counts(Reading.ASSEMBLED)).isEqualTo(counts);
    assertThat(rows)
        .extracting(TraceRow::traceId)
        .isEqualTo(generation(1, frames).traces().stream().map(GeneratedTrace::traceId).toList());
  }

  @Test
  void theRowOfATraceSaysWhereItComesFrom() {
    generate(generation(1, 10_000));

    List<Object> row =
        stored()
            .only(
                """
                select trace, source, format, kernel_release, ignored = in_kernel, in_kernel > 0,
                    seen = accepted + ignored, first_ns, last_ns > 0
                from traces() where workload = 'rseq'
                """);

    assertThat(row)
        .containsExactly(
            "generated-1-001", "p.json", "generated", null, true, true, true, 0L, true);
  }

  @Test
  void namesOfWorkloadsAreEscapedAsThoseOfRecordings() {
    Profile.Workload it = profile.workloads().get(0);
    Profile renamed =
        new Profile(
            List.of(
                new Profile.Workload(
                    "one/two = 3%",
                    it.frames(),
                    it.templates(),
                    it.firstOfProcess(),
                    it.firstOfThread(),
                    it.steps(),
                    it.threads(),
                    it.scheduling(),
                    it.cpus(),
                    it.gaps())));

    generate(new Generation(renamed, "p.json", 1, 10));

    assertThat(folder.resolve("store/frames/workload=one%2Ftwo %3D 3%25/trace=generated-1-000"))
        .isDirectory();
    assertThat(stored().only("select distinct workload from frames()"))
        .containsExactly("one/two = 3%");
  }

  @Test
  void nothingIsLeftBeside() {
    generate(generation(1, 100));

    StoredFiles.assertAsPromised(folder.resolve("store"));
  }

  @Test
  void tracesOfTheSameSeedAreReplacedAndOthersStay() {
    generate(generation(1, 1_000));
    generate(generation(12, 200));

    generate(generation(1, 1));

    assertThat(stored().count("frames()")).isEqualTo(201);
    assertThat(stored().select("select distinct trace from traces() where trace like '%-1-%'"))
        .hasSize(1);
    StoredFiles.assertAsPromised(folder.resolve("store"));
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    List<TraceRow> once = generate(generation(3, 10_000));

    List<TraceRow> again = generate(generation(3, 10_000));

    assertThat(again).extracting(GeneratedStoreTest::contents).isEqualTo(contentsOf(once));
  }

  private static List<List<String>> contentsOf(List<TraceRow> rows) {
    return rows.stream().map(GeneratedStoreTest::contents).toList();
  }

  private static List<String> contents(TraceRow row) {
    return row.parts().stream().map(PartFile::sha256).toList();
  }

  /** As from rows of Parquet without a time. */
  @Test
  void aRecordingWithoutTimesGivesATraceWithoutASpan() throws IOException {
    Path file = folder.resolve("x.jsonl");
    Files.writeString(
        file, "{\"rip\":1,\"rcx\":1,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43}\n");
    ProfileLearner learner = new ProfileLearner();
    TraceInputs.find(List.of(file), Optional.empty(), Optional.empty())
        .traces()
        .forEach(learner::add);

    List<TraceRow> rows = generate(new Generation(learner.profile(), "p.json", 1, 10));

    assertThat(rows).singleElement().extracting(it -> it.span().isEmpty()).isEqualTo(true);
    assertThat(rows.get(0).counts().accepted()).isEqualTo(10);
  }
}
