package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** The command verify: a whole store, one with left-overs, one that is damaged. */
class VerifyCommandTest {

  private static final String FRAME =
      "{\"rip\":1,\"rcx\":1,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43}\n";

  @TempDir private Path folder;

  private String store() throws IOException {
    Path store = folder.resolve("store");
    Path trace = Files.writeString(folder.resolve("a.jsonl"), FRAME + "{\n");
    assertThat(CliRunner.run("ingest", trace.toString(), "--into", store.toString()).exit())
        .isZero();
    return store.toString();
  }

  private Path partOf(String table) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("store").resolve(table))) {
      return files.filter(it -> it.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  @Test
  void aWholeStoreIsAsPromised() throws IOException {
    String store = store();

    Result run = CliRunner.run("verify", store);

    assertThat(run.out()).isEqualTo(store + ": 1 trace and 1 frame looked at, all as promised\n");
    assertThat(run.exit()).isEqualTo(ExitCode.OK);
  }

  @Test
  void leftOversAreListedAndRepairDeletesNothingElse() throws IOException {
    String store = store();
    Path part = partOf("frames");
    Path left = part.resolveSibling("part-00000-0123abcd-4567.parquet");
    Files.copy(part, left);
    Path foreign = Files.writeString(part.resolveSibling("README.txt"), "mine");

    Result found = CliRunner.run("verify", store);

    assertThat(found.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(found.out()).contains(left + ": no trace names it");
    assertThat(CliRunner.run("verify", store, "--repair").exit()).isEqualTo(ExitCode.OK);
    assertThat(left).doesNotExist();
    assertThat(part).exists();
    assertThat(foreign).exists();
    assertThat(CliRunner.run("verify", store).exit()).isEqualTo(ExitCode.OK);
  }

  /** As the documents say. */
  @Test
  void aTraceIsDroppedByDeletingItsRowAndARepair() throws IOException {
    String store = store();
    Path other = Files.writeString(folder.resolve("b.jsonl"), FRAME + FRAME);
    assertThat(CliRunner.run("ingest", other.toString(), "--into", store).exit()).isZero();
    Path parts = partOf("frames").getParent().getParent().resolveSibling("workload=b");
    assertThat(parts).isDirectory();

    Files.delete(rowOf("b.jsonl"));

    assertThat(CliRunner.run("verify", store, "--repair").exit()).isEqualTo(ExitCode.OK);
    assertThat(parts).doesNotExist();
    Result whole = CliRunner.run("verify", store);
    assertThat(whole.out()).contains("1 trace and 1 frame looked at, all as promised");
    assertThat(CliRunner.run("ingest", other.toString(), "--into", store).exit()).isZero();
    assertThat(CliRunner.run("verify", store).out()).contains("2 traces and 3 frames");
  }

  private Path rowOf(String trace) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("store/traces"))) {
      return files
          .filter(it -> it.getFileName().toString().startsWith("rows-" + trace))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void everyByteOfAPartThatIsFlippedIsFound() throws IOException {
    String store = store();
    for (String table : new String[] {"frames", "rejects"}) {
      Path part = partOf(table);
      byte[] bytes = Files.readAllBytes(part);
      for (int i = 0; i < bytes.length; i += 61) {
        bytes[i] ^= 1;
        Files.write(part, bytes);
        Result run = CliRunner.run("verify", store);
        assertThat(run.exit()).as("%s, byte %d", part, i).isEqualTo(ExitCode.INPUT);
        assertThat(run.out()).contains(part.toString());
        bytes[i] ^= 1;
      }
      Files.write(part, bytes);
    }
  }

  @Test
  void mapsAreLookedAtAndTheirLeftOversRepaired() throws IOException {
    String store = folder.resolve("store").toString();
    String recording = SampleTraces.recording("vsyscall").file();
    assertThat(CliRunner.run("ingest", recording, "--into", store).exit()).isZero();
    assertThat(CliRunner.run("verify", store).exit()).isEqualTo(ExitCode.OK);
    Path part = partOf("maps");
    byte[] bytes = Files.readAllBytes(part);
    for (int i = 0; i < bytes.length; i += 61) {
      bytes[i] ^= 1;
      Files.write(part, bytes);
      Result run = CliRunner.run("verify", store);
      assertThat(run.exit()).as("%s, byte %d", part, i).isEqualTo(ExitCode.INPUT);
      assertThat(run.out()).contains(part.toString());
      bytes[i] ^= 1;
    }
    Files.write(part, bytes);
    Path left = Files.copy(part, part.resolveSibling("part-00000-0123abcd-4567.parquet"));
    assertThat(CliRunner.run("verify", store).out()).contains(left + ": no trace names it");
    assertThat(CliRunner.run("verify", store, "--repair").exit()).isEqualTo(ExitCode.OK);
    assertThat(left).doesNotExist();
    Files.delete(part);
    assertThat(CliRunner.run("verify", store).out()).contains(part + ": it is gone");
  }

  @Test
  void aPartThatIsGoneAndAStoreThatIsNoneAreTold() throws IOException {
    String store = store();
    Path part = partOf("rejects");
    Files.delete(part);

    Result gone = CliRunner.run("verify", store, "--repair");

    assertThat(gone.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(gone.out()).contains(part + ": it is gone");
    Result none =
        CliRunner.run("verify", Files.createDirectory(folder.resolve("empty")).toString());
    assertThat(none.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(none.err()).contains("there is no trace in this store");
  }

  @Test
  void aCopyOfRowsIsToBeDeletedAndRowsOfAnotherNameToBeRenamed() throws IOException {
    String store = store();
    Path rows = rowOf("a.jsonl");
    Path copy = Files.copy(rows, rows.resolveSibling("rows-copy.parquet"));
    String problem = copy + ": its rows belong to a.jsonl-";

    Result found = CliRunner.run("verify", store);

    assertThat(found.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(found.out())
        .contains("; delete it: it is a copy that no trace needs.\n")
        .containsOnlyOnce(copy.toString())
        .contains(problem);
    assertThat(found.err()).isEmpty();
    assertThat(CliRunner.run("verify", store, "--repair").out()).contains(problem);
    assertThat(CliRunner.run("report", store).err())
        .contains("; \"sysret-replay verify STORE\" tells what is wrong.");
    Files.delete(rows);
    assertThat(CliRunner.run("verify", store).out())
        .contains("; give it its name back, " + rows + ".\n");
    Files.move(copy, rows);
    assertThat(CliRunner.run("verify", store).exit()).isEqualTo(ExitCode.OK);
  }

  @Test
  void rowsThatAreCutOffAreNamedOnce() throws IOException {
    String store = store();
    Path rows = rowOf("a.jsonl");
    Files.write(rows, Arrays.copyOf(Files.readAllBytes(rows), 99));

    Result found = CliRunner.run("verify", store);

    assertThat(found.out())
        .containsOnlyOnce(rows.toString())
        .contains(rows + ": it holds no rows of traces.\n");
    assertThat(found.err()).startsWith("sysret-replay: ingest the traces again whose files are");
  }

  @Test
  void whatIsNoFolderIsNoStore() throws IOException {
    Path none = folder.resolve("none");
    Path file = Files.writeString(folder.resolve("app.perf.data"), "x");
    assertRefused(none, "there is no such folder; check the name.");
    assertRefused(file, "this is a file and no store; name the folder of the store.");
    assertThat(none).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "report"})
  void aStoreOfAnotherMachineIsAWrongName(String command) {
    Result result = CliRunner.run(command, "file://host/store");

    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: file://host/store: it cannot be read (file:// and a name is another"
                + " machine's, file:/// is this one's); check the name.");
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
  }

  private static void assertRefused(Path location, String why) {
    Result result = CliRunner.run("verify", location.toString());
    assertThat(result.errLines()).containsExactly("sysret-replay: %s: %s".formatted(location, why));
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.out()).isEmpty();
  }
}
