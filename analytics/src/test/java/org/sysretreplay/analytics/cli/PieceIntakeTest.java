package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.OutputException;

/** What fails between perf and the store costs no piece, and none is there twice. */
@DisabledOnOs(OS.WINDOWS)
class PieceIntakeTest {

  private static final Path SAMPLE = SampleTraces.ROOT.resolve("shell/perf.data");

  /** The end of this process, as far as a test can have that. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final StringWriter err = new StringWriter();
  private final Messages messages = new Messages(new PrintWriter(err, true));
  private final Engine engine = Engine.local(Progress.NONE);

  @TempDir private Path folder;
  private Path store;
  private Spool spool;
  private Path recording;
  private int ended;

  @BeforeEach
  void open() {
    store = folder.resolve("store");
    reopen();
  }

  /** As the next recorder does. */
  private void reopen() {
    if (spool != null) {
      spool.close();
    }
    spool = Spool.open(folder.resolve("store.spool"), messages);
    recording = spool.recording("web", MachineFacts.NOT_KNOWN);
  }

  @AfterEach
  void close() {
    spool.close();
    engine.close();
  }

  private void perfEnds(Path content) throws IOException {
    ended++;
    Files.copy(
        content,
        recording.resolveSibling(
            "%s.20260102030405%02d".formatted(recording.getFileName(), ended)));
  }

  private Counts ingest(TraceInput trace) {
    return engine.ingest(List.of(trace), store.toString(), (done, counts) -> {});
  }

  private PieceIntake intake(PieceIntake.Store to) {
    return new PieceIntake(spool, to, "store", "sysret-replay", "lost.", messages);
  }

  private List<TraceRow> rows() {
    return Files.exists(store) ? TraceStore.at(store.toString()).read().traces() : List.of();
  }

  private List<String> waiting() throws IOException {
    return Folders.content(folder.resolve("store.spool")).stream()
        .filter(it -> it.contains("-0000") && it.endsWith(".perf.data"))
        .toList();
  }

  @Test
  void everyPieceIsATraceAndThenGone() throws IOException {
    PieceIntake intake = intake(this::ingest);
    intake.takeEnded();
    assertThat(intake.isEmpty()).isTrue();
    perfEnds(SAMPLE);
    perfEnds(SAMPLE);
    intake.takeEnded();
    assertThat(rows()).hasSize(2).allMatch(it -> it.workload().equals("web"));
    assertThat(rows()).extracting(TraceRow::traceId).doesNotHaveDuplicates();
    assertThat(waiting()).isEmpty();
    assertThat(intake.taken()).isEqualTo(2);
    assertThat(intake.counts().seen())
        .isEqualTo(rows().stream().mapToLong(it -> it.counts().seen()).sum());
  }

  @Test
  void oneThatWasPublishedWhenTheRecorderWasKilledIsThereOnce() throws IOException {
    perfEnds(SAMPLE);
    PieceIntake killed =
        intake(
            trace -> {
              ingest(trace);
              throw new Killed();
            });
    assertThatThrownBy(killed::takeEnded).isInstanceOf(Killed.class);
    List<TraceRow> published = rows();
    assertThat(published).hasSize(1);
    assertThat(waiting()).hasSize(1);
    reopen();
    intake(this::ingest).takeLast();
    assertThat(rows()).extracting(TraceRow::traceId).containsExactly(published.get(0).traceId());
    assertThat(waiting()).isEmpty();
  }

  @Test
  void oneThatWasNotPublishedWhenTheRecorderWasKilledIsThereThen() throws IOException {
    perfEnds(SAMPLE);
    PieceIntake killed =
        intake(
            trace -> {
              throw new Killed();
            });
    assertThatThrownBy(killed::takeEnded).isInstanceOf(Killed.class);
    assertThat(rows()).isEmpty();
    reopen();
    intake(this::ingest).takeLast();
    assertThat(rows()).hasSize(1);
  }

  @Test
  void oneThatCannotBeReadIsKeptAndToldAndTheOthersGoOn() throws IOException {
    Path cut = folder.resolve("cut");
    Files.write(cut, List.of("PERFILE2"));
    perfEnds(cut);
    perfEnds(SAMPLE);
    PieceIntake intake = intake(this::ingest);
    intake.takeEnded();
    intake.takeEnded();
    assertThat(rows()).hasSize(1);
    assertThat(waiting()).hasSize(1);
    Path kept = spool.folder().resolve(waiting().get(0));
    assertThat(kept).hasSameTextualContentAs(cut);
    assertThat(intake.kept()).isEqualTo(1);
    assertThat(err.toString().lines())
        .hasSize(3)
        .anySatisfy(it -> assertThat(it).startsWith("sysret-replay: " + kept + " @ byte 0x0: "))
        .contains(
            "sysret-replay: %s is kept; to try it again: sysret-replay ingest %s --workload web --into store"
                .formatted(kept, kept));
    assertThat(CliRunner.run("ingest", kept, "--workload", "web", "--into", store).exit())
        .isEqualTo(ExitCode.INPUT);
    PieceIntake next = intake.next();
    next.takeLast();
    assertThat(next.kept()).as("told once by one recorder").isZero();
  }

  @Test
  void theRemedyOfAKeptPieceMakesTheSameTrace() throws IOException {
    perfEnds(SAMPLE);
    String piece = spool.pieces().get(0).file().toString();
    assertThat(CliRunner.run("ingest", piece, "--workload", "web", "--into", store).exit())
        .isZero();
    List<TraceRow> byHand = rows();
    intake(this::ingest).takeLast();
    assertThat(rows()).extracting(TraceRow::traceId).containsExactly(byHand.get(0).traceId());
  }

  @Test
  void whereTheStoreCannotBeWrittenAllWaitsAndIsToldOnce() throws IOException {
    List<String> tried = new ArrayList<>();
    boolean[] full = {true};
    PieceIntake intake =
        intake(
            trace -> {
              tried.add(trace.file());
              if (full[0]) {
                throw OutputException.of("store", "the disk is full", "make room there");
              }
              return ingest(trace);
            });
    perfEnds(SAMPLE);
    perfEnds(SAMPLE);
    intake.takeEnded();
    intake.takeEnded();
    assertThat(tried).as("left alone for a while").hasSize(1);
    assertThat(intake.isEmpty()).isFalse();
    intake.takeLast();
    assertThat(tried).hasSize(2);
    assertThat(waiting()).hasSize(2);
    assertThat(intake.isUnwritable()).isTrue();
    assertThat(err.toString().lines())
        .containsExactly(
            "sysret-replay: store: the disk is full; make room there.",
            "sysret-replay: pieces (2) wait in %s; once that is mended, the next recording into the store reads them first, and so does: sysret-replay ingest %s.*.perf.data --workload web --into store"
                .formatted(spool.folder(), spool.folder().resolve("web")));
    full[0] = false;
    intake.takeLast();
    assertThat(rows()).hasSize(2);
    assertThat(waiting()).isEmpty();
    assertThat(intake.isUnwritable()).isFalse();
  }
}
