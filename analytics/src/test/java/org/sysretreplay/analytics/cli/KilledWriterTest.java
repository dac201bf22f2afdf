package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.ForeignParquet;
import org.sysretreplay.analytics.StoreVerifier;
import org.sysretreplay.analytics.StoreVerifier.Proof;
import org.sysretreplay.ingest.Trust;
import org.sysretreplay.ingest.store.StoreAudit.Finding;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;

/**
 * A real process that writes is killed at many moments: the store is the old one or the new one.
 */
class KilledWriterTest {

  private static final int KILLS = 50;

  /**
   * The most kills. They come at later and later moments; on a machine that became slower after the
   * first measurement the usual number may come too early for any writer to end.
   */
  private static final int MOST_KILLS = 200;

  @TempDir private Path folder;
  private Path store;
  private Path recording;
  private int readings;

  @Test
  void theStoreIsTheOldOneOrTheNewOneAndTheNextWriterTidies() throws Exception {
    store = folder.resolve("store");
    recording = folder.resolve("a.jsonl");
    writeRecording();
    long whole = ingest().time();
    int old = 0;
    int unfinished = 0;
    int kill = 0;
    for (; isToGoOn(kill, KILLS, old); kill++) {
      List<TraceRow> before = rows();
      writeRecording();
      MainProcess writer = ingest();
      writer.runFor(whole / 3 + whole * kill / KILLS);
      writer.kill();
      Proof proof = proof();
      assertThat(proof.findings()).allMatch(Finding.LeftOver.class::isInstance);
      unfinished += proof.leftOvers().isEmpty() ? 0 : 1;
      if (rows().equals(before)) {
        old++;
      } else {
        assertThat(rows()).singleElement().matches(it -> it.counts().accepted() == readings);
      }
    }
    writeRecording();
    assertThat(ingest().await().exit()).isZero();
    assertThat(proof().findings()).isEmpty();
    assertThat(files()).hasSize(3);
    Trust.observed(
        "a writer killed at %d moments: %d left the old trace, %d the new one; %d left files,"
            + " which the next writer deleted",
        kill, old, kill - old, unfinished);
    assertThat(old).isBetween(1, kill - 1);
  }

  @Test
  void verdictsAreTheOldOnesOrTheNewOnesAndTheNextWriterTidies() throws Exception {
    recording = folder.resolve("a.jsonl");
    Path place = Files.createDirectory(folder.resolve("place"));
    Path verdicts = place.resolve("v");
    writeRecording();
    long whole = replay(verdicts).time();
    int old = 0;
    int unfinished = 0;
    int kill = 0;
    for (; isToGoOn(kill, KILLS / 2, old); kill++) {
      byte[] before = Files.readAllBytes(verdicts.resolve("part-00000.parquet"));
      writeRecording();
      MainProcess writer = replay(verdicts);
      writer.runFor(whole / 3 + 2 * whole * kill / KILLS);
      writer.kill();
      byte[] after = Files.readAllBytes(verdicts.resolve("part-00000.parquet"));
      if (Arrays.equals(before, after)) {
        old++;
      } else {
        assertThat(verdicts(verdicts)).isEqualTo(readings);
      }
      unfinished += Folders.content(place).stream().anyMatch(it -> it.startsWith(".")) ? 1 : 0;
    }
    assertThat(replay(verdicts).await().exit()).isZero();
    assertThat(Folders.content(place))
        .containsExactly("v", "v/_sysret-replay", "v/part-00000.parquet");
    Trust.observed(
        "a writer of verdicts killed at %d moments: %d left the old ones, %d the new ones; %d left"
            + " files, which the next writer deleted",
        kill, old, kill - old, unfinished);
    assertThat(old).isBetween(1, kill - 1);
  }

  private static boolean isToGoOn(int kills, int usual, int leftOld) {
    return kills < usual || leftOld == kills && kills < MOST_KILLS;
  }

  private MainProcess replay(Path verdicts) throws IOException {
    return MainProcess.start(folder, "replay", recording, "-o", verdicts);
  }

  private static long verdicts(Path folder) {
    return ForeignParquet.count("'%s/*.parquet'".formatted(folder));
  }

  /** One frame more each time, so that each reading is told from all others. */
  private void writeRecording() throws IOException {
    readings++;
    String frame = "{\"rip\":1,\"rcx\":1,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43}\n";
    Files.writeString(recording, frame.repeat(readings));
  }

  private MainProcess ingest() throws IOException {
    return MainProcess.start(folder, "ingest", recording, "--into", store);
  }

  private List<TraceRow> rows() {
    return TraceStore.at(store.toString()).read().traces();
  }

  private Proof proof() {
    return StoreVerifier.verify(TraceStore.at(store.toString()), Map.of());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(it -> it.toString().endsWith(".parquet")).toList();
    }
  }
}
