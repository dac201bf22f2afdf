package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.cli.Spool.Piece;
import org.sysretreplay.ingest.source.MachineFile;
import org.sysretreplay.ingest.trace.MachineFacts;

@DisabledOnOs(OS.WINDOWS)
class SpoolTest {

  @TempDir private Path folder;

  private Path place() {
    return folder.resolve("store.spool");
  }

  private final StringWriter err = new StringWriter();

  private Spool open() {
    return Spool.open(place(), new Messages(new PrintWriter(err, true)));
  }

  /** What perf is writing into the spool. */
  private static Path writing(Spool spool, String workload) throws IOException {
    return Files.writeString(spool.recording(workload, MachineFacts.NOT_KNOWN), "half");
  }

  private static Path ended(Path recording, String time, String text) throws IOException {
    return Files.writeString(recording.resolveSibling(recording.getFileName() + "." + time), text);
  }

  private static List<String> texts(List<Piece> pieces) {
    return pieces.stream().map(it -> text(it.file())).toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatPerfHasEndedIsAPieceAndWhatItWritesIsNone() throws IOException {
    try (Spool spool = open()) {
      Path recording = writing(spool, "web shop");
      ended(recording, "2026010203040512", "one");
      ended(recording, "2026010203040612", "two");
      List<Piece> pieces = spool.pieces();
      assertThat(texts(pieces)).containsExactly("one", "two");
      assertThat(pieces).extracting(Piece::workload).containsOnly("web shop");
      assertThat(recording).hasContent("half");
      assertThat(texts(spool.lastPieces())).containsExactly("one", "two", "half");
    }
  }

  @Test
  void aNameIsKeptAndNoOtherPieceEverHasIt() throws IOException {
    Set<Path> names = new HashSet<>();
    for (int run = 0; run < 3; run++) {
      try (Spool spool = open()) {
        Path recording = writing(spool, "web");
        for (String text : List.of("one", "two")) {
          // The clock was set back: perf says the same time again.
          ended(recording, "2026010203040512", text);
          Piece piece = spool.pieces().get(0);
          assertThat(spool.pieces()).as("its name when asked again").containsExactly(piece);
          assertThat(piece.file()).hasContent(text);
          assertThat(names.add(piece.file())).as("new: " + piece.file()).isTrue();
          spool.delete(piece);
        }
      }
    }
  }

  @Test
  void theNextRecorderHasWhatTheOneBeforeLeftTheOldestFirst() throws IOException {
    List<Piece> named;
    try (Spool killed = open()) {
      Path recording = writing(killed, "web");
      ended(recording, "2026010203040512", "one");
      named = killed.pieces();
      ended(recording, "2026010203040612", "two");
    }
    try (Spool next = open()) {
      List<Piece> pieces = next.lastPieces();
      assertThat(texts(pieces)).containsExactlyInAnyOrder("one", "two", "half");
      assertThat(pieces).as("the name that it may be in the store by").containsAll(named);
      assertThat(pieces).extracting(Piece::workload).containsOnly("web");
    }
  }

  @Test
  void everyPieceIsBesideWhatItsOwnRecorderKnewOfTheMachine() throws IOException {
    MachineFacts before =
        new MachineFacts(
            MachineFacts.NOT_KNOWN.la57(), MachineFacts.NOT_KNOWN.fred(), "", "5.15.0", "");
    try (Spool killed = open()) {
      Path recording = killed.recording("web", before);
      ended(recording, "2026010203040512", "one");
      Files.writeString(recording, "half");
    }
    try (Spool next = open()) {
      List<Piece> pieces = next.lastPieces();
      assertThat(pieces).hasSize(2);
      for (Piece piece : pieces) {
        assertThat(MachineFile.of(piece.file())).content().contains("5.15.0");
        next.delete(piece);
      }
      next.lastPieces();
    }
    assertThat(Folders.content(place())).containsExactly(".recorder", ".sysret-replay-ignore");
  }

  @Test
  void whatPerfOnlyOpenedIsNoPiece() throws IOException {
    try (Spool spool = open()) {
      Files.createFile(spool.recording("web", MachineFacts.NOT_KNOWN));
      assertThat(spool.lastPieces()).isEmpty();
    }
    assertThat(Folders.content(place())).containsExactly(".recorder", ".sysret-replay-ignore");
  }

  @Test
  void whatIsNobodysPieceStays() throws IOException {
    Files.createDirectory(place());
    for (String name : List.of("perf.data", "web.perf.data.2026010203040512", "notes.log")) {
      Files.writeString(place().resolve(name), "mine");
    }
    try (Spool spool = open()) {
      assertThat(spool.lastPieces()).isEmpty();
    }
    assertThat(Folders.content(place()))
        .as("a folder of the user's is not hidden from other commands")
        .containsExactly(".recorder", "notes.log", "perf.data", "web.perf.data.2026010203040512");
  }

  @Test
  @SuppressWarnings("try")
  void oneRecorderHasItAtATime() throws IOException {
    try (Spool first = open()) {
      assertThatThrownBy(() -> open())
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "%s: another recorder (process %d) keeps its pieces here; end it, or name another folder with -o.",
              place(), ProcessHandle.current().pid());
    }
    open().close();
  }

  @Test
  void aPerfThatGoesOnIsFoundByWhereItWrites() throws Exception {
    Path root = folder.resolve("root");
    EarlierPerf earlier = new EarlierPerf(place(), root);
    earlier.awaitEnd(Duration.ZERO);
    process(root, 7, "perf", "record", "-o", folder.resolve("other.spool/a.perf.data").toString());
    process(root, 8, "sysret-replay", "record", "-o", place().toString());
    process(root, 9, "kernel thread");
    earlier.awaitEnd(Duration.ZERO);
    process(root, 4711, "perf", "record", "-o", place().resolve("a.perf.data").toString(), "-a");
    assertThatThrownBy(() -> earlier.awaitEnd(Duration.ofMillis(200)))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "%s: perf (process 4711) of an earlier recorder still records into this folder; end it with kill 4711, and start again.",
            place());
  }

  private static void process(Path root, long number, String... words) throws IOException {
    Path proc = Files.createDirectories(root.resolve("proc").resolve(Long.toString(number)));
    Files.writeString(proc.resolve("cmdline"), String.join("\0", words) + "\0");
  }
}
