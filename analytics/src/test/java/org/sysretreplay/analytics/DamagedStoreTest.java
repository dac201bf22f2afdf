package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.report.JsonReport;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.Trust;
import org.sysretreplay.ingest.store.StoreAudit.Finding;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/** Damage to the files of a store never changes a report: it is the same, or an error. */
class DamagedStoreTest {

  private static final String FRAME =
      "{\"ts_ns\":%d,\"pid\":1,\"tid\":%d,\"comm\":\"c%d\",\"nr\":%d,\"rip\":1,\"rcx\":1,"
          + "\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43,\"count\":%d}\n";

  private static final Question QUESTION =
      new Question(
          List.of("seed", "linux-6.9"),
          Machine.TRACED,
          Reading.ASSEMBLED,
          List.of(
              GroupColumn.ENTRY,
              GroupColumn.SYSCALL,
              GroupColumn.COMM,
              GroupColumn.TID,
              GroupColumn.STAGE,
              GroupColumn.CAUSE));

  @TempDir private Path folder;
  private Path store;
  private String whole;

  @BeforeEach
  void ingest() throws IOException {
    store = folder.resolve("store");
    ingest("a", 7);
    ingest("b", 5);
    whole = report();
  }

  private void ingest(String name, int frames) throws IOException {
    TraceStore.at(store.toString()).ingest(SampleTraces.input(trace(name, frames)));
  }

  /** A store of one trace, for tests with thousands of reports: each would read a second trace. */
  private void ingestOneTrace() throws IOException {
    store = folder.resolve("store-of-one-trace");
    ingest("a", 7);
    whole = report();
  }

  private Path trace(String name, int frames) throws IOException {
    StringBuilder lines = new StringBuilder("{\"rip\":" + frames + "}\n");
    for (int i = 0; i < frames; i++) {
      lines.append(FRAME.formatted(i * 100, i % 2, i % 3, i % 4, i + 1));
    }
    return Files.writeString(folder.resolve(name + ".jsonl"), lines);
  }

  private String report() {
    try (Engine engine = Engine.local(Progress.NONE)) {
      Inputs inputs = new Inputs(List.of(), List.of(store.toString()));
      return JsonReport.render(Report.of(QUESTION, engine.answer("t", QUESTION, inputs)));
    }
  }

  /** Whether a report finds the damage; if it does not, asserts that the report is unchanged. */
  private boolean isFound(String damage) {
    try {
      assertThat(report()).as(damage).isEqualTo(whole);
      return false;
    } catch (TraceException e) {
      assertThat(e.getMessage()).as(damage).startsWith(store.toString()).endsWith(".");
      return true;
    }
  }

  /** The findings of {@code verify}; empty if the store is whole. */
  private List<Finding> proof() {
    return StoreVerifier.verify(TraceStore.at(store.toString()), Map.of()).findings();
  }

  /** Whether {@code verify} finds the damage, and asserts that it blames that file alone. */
  private boolean isProven(String damage, Path file) {
    List<Finding> findings = proof();
    assertThat(findings).as(damage).allMatch(it -> it.file().equals(file.toString()));
    return !findings.isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(it -> it.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private List<Path> filesOfOneTrace() throws IOException {
    return files().stream().filter(it -> it.toString().contains("a.jsonl")).toList();
  }

  @Test
  void everyByteThatIsFlippedIsFoundByAProofAndByAReportOrChangesNothing() throws IOException {
    ingestOneTrace();
    int found = 0;
    int proven = 0;
    int flipped = 0;
    for (Path file : filesOfOneTrace()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] ^= (byte) (1 << i % Byte.SIZE);
        Files.write(file, bytes);
        flipped++;
        String damage = file.getFileName() + ", byte " + i;
        found += isFound(damage) ? 1 : 0;
        proven += isProven(damage, file) ? 1 : 0;
        bytes[i] ^= (byte) (1 << i % Byte.SIZE);
      }
      Files.write(file, bytes);
    }
    Trust.observed(
        "one bit of each of %,d bytes of a store flipped: report finds %,d, %,d change nothing of it;"
            + " verify finds %,d",
        flipped, found, flipped - found, proven);
    assertThat(proven).isEqualTo(flipped);
    assertThat(report()).isEqualTo(whole);
    assertThat(proof()).isEmpty();
  }

  @Test
  void everyFileThatIsCutAnywhereOrLongerIsFound() throws IOException {
    if (!Trust.isLong()) {
      ingestOneTrace();
    }
    int cut = 0;
    for (Path file : Trust.isLong() ? files() : filesOfOneTrace()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int length = 0; length < bytes.length; length++) {
        Files.write(file, Arrays.copyOf(bytes, length));
        String damage = file + " cut to " + length;
        assertThat(isFound(damage)).as(damage).isTrue();
        assertThat(isProven(damage, file)).as(damage).isTrue();
        cut++;
      }
      Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
      assertThat(isFound(file + " with a byte more")).isTrue();
      assertThat(isProven(file + " with a byte more", file)).isTrue();
      Files.write(file, bytes);
    }
    Trust.observed("files of a store cut to each of %,d lengths: report and verify find all", cut);
  }

  @Test
  void filesThatHaveChangedPlacesAreFound() throws IOException {
    List<Path> files = files();
    int swapped = 0;
    for (Path one : files) {
      for (Path other : files) {
        if (!one.equals(other)) {
          byte[] kept = Files.readAllBytes(one);
          Files.copy(other, one, StandardCopyOption.REPLACE_EXISTING);
          String damage = other + " in the place of " + one;
          assertThat(isFound(damage)).as(damage).isTrue();
          assertThat(isProven(damage, one)).as(damage).isTrue();
          Files.write(one, kept);
          swapped++;
        }
      }
    }
    Trust.figure(
        "each of %d files of a store in the place of each other, %d times: report and verify find"
            + " all",
        files.size(), swapped);
  }

  private void swap(Path one, Path other) throws IOException {
    Path aside = folder.resolve("aside");
    Files.move(one, aside);
    Files.move(other, one);
    Files.move(aside, other);
  }

  @Test
  void foldersThatHaveChangedPlacesAreFound() throws IOException {
    for (String table : List.of("frames", "rejects")) {
      List<Path> folders =
          files().stream()
              .map(Path::getParent)
              .filter(it -> it.toString().contains(table))
              .toList();
      assertThat(folders).hasSize(2);
      swap(folders.get(0), folders.get(1));
      assertThat(isFound("folders of " + table)).isTrue();
      assertThat(proof()).hasSizeGreaterThanOrEqualTo(2);
      swap(folders.get(0), folders.get(1));
    }
    List<Path> rows =
        files().stream().filter(it -> it.startsWith(store.resolve("traces"))).toList();
    swap(rows.get(0), rows.get(1));
    assertThat(isFound("files of rows")).isTrue();
    assertThat(proof()).hasSize(2);
  }

  @Test
  void aPartThatIsGoneIsFoundAndACopyThatNoRowNamesIsNotRead() throws IOException {
    for (Path file : files()) {
      boolean isRows = file.startsWith(store.resolve("traces"));
      Path copy =
          isRows
              ? file.resolveSibling("rows-copy.parquet")
              : file.resolveSibling("part-00001-" + file.getFileName().toString().substring(11));
      Files.copy(file, copy);
      assertThat(isFound("a copy of " + file)).isEqualTo(isRows);
      assertThat(isProven("a copy of " + file, copy)).isTrue();
      Files.delete(copy);
      if (!isRows) {
        byte[] kept = Files.readAllBytes(file);
        Files.delete(file);
        assertThat(isFound("without " + file)).isTrue();
        assertThat(isProven("without " + file, file)).isTrue();
        Files.write(file, kept);
      }
    }
    assertThat(proof()).isEmpty();
  }

  @Test
  void foreignFilesChangeNothing() throws IOException {
    for (String name : List.of("README.txt", "frames/README.txt", "traces/notes.parquet")) {
      Files.writeString(store.resolve(name), "by hand");
      assertThat(isFound(name)).isFalse();
      assertThat(proof()).isEmpty();
    }
  }

  @Test
  void aStoreWithoutItsTableOfTracesIsNone() throws IOException {
    try (Stream<Path> rows = Files.list(store.resolve("traces"))) {
      for (Path file : rows.toList()) {
        Files.delete(file);
      }
    }
    assertThatThrownBy(this::report).isInstanceOf(TraceException.class);
    Files.delete(store.resolve("traces"));
    assertThatThrownBy(this::report).isInstanceOf(TraceException.class);
  }
}
