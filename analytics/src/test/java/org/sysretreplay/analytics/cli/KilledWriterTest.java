package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.StoreVerifier;
import org.sysretreplay.analytics.StoreVerifier.Proof;
import org.sysretreplay.ingest.store.StoreAudit.Finding;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;

/**
 * A real process that writes is killed at many moments: the store is the old one or the new one.
 */
class KilledWriterTest {

  private static final int KILLS = 50;

  @TempDir private Path folder;
  private Path store;
  private Path recording;
  private int readings;

  @Test
  void theStoreIsTheOldOneOrTheNewOneAndTheNextWriterTidies() throws Exception {
    store = folder.resolve("store");
    recording = folder.resolve("a.jsonl");
    writeRecording();
    long nanos = System.nanoTime();
    assertThat(ingest().waitFor()).isZero();
    long whole = System.nanoTime() - nanos;
    int old = 0;
    int unfinished = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<TraceRow> before = rows();
      writeRecording();
      Process writer = ingest();
      writer.waitFor(whole / 3 + whole * kill / KILLS, TimeUnit.NANOSECONDS);
      writer.destroyForcibly().waitFor();
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
    assertThat(ingest().waitFor()).isZero();
    assertThat(proof().findings()).isEmpty();
    assertThat(files()).hasSize(3);
    System.out.printf(
        "a writer killed at %d moments: %d left the old trace, %d the new one; %d left files,"
            + " which the next writer deleted%n",
        KILLS, old, KILLS - old, unfinished);
    assertThat(old).isBetween(1, KILLS - 1);
  }

  /** One frame more each time, so that each reading is told from all others. */
  private void writeRecording() throws IOException {
    readings++;
    String frame = "{\"rip\":1,\"rcx\":1,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43}\n";
    Files.writeString(recording, frame.repeat(readings));
  }

  private Process ingest() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "ingest",
                recording.toString(),
                "--into",
                store.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
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
