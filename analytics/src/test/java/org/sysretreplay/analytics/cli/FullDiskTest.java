package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.StoreVerifier;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.ingest.Trust;
import org.sysretreplay.ingest.store.StoreAudit.Finding;
import org.sysretreplay.ingest.store.TraceStore;

/**
 * Every command that writes, to a real file system with less and less room: it ends with code 2,
 * the path and what is wrong, and what was there is there.
 */
class FullDiskTest {

  private static final int PAGE = 4096;
  private static final int PAGES = 1024;

  private static final String FRAME =
      "{\"ts_ns\":%d,\"rip\":1,\"rcx\":1,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43}\n";

  private static final Path SAMPLES = Path.of(System.getProperty("sample.traces"));

  @TempDir private Path folder;
  private Path disk;
  private boolean isMounted;
  private Path small;
  private Path large;
  private Path profile;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    isMounted = run("mount", "-t", "tmpfs", "-o", "size=" + PAGE * PAGES, "tmpfs", disk.toString());
    assumeTrue(isMounted, "no file system can be mounted here");
    small = trace("a", 2);
    large = trace("b", 300);
    profile = folder.resolve("profile.json");
    CliRunner.run("generate", "--learn", SAMPLES.resolve("shell"), "--profile", profile);
  }

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      // There is no such program.
      return false;
    }
  }

  private Path trace(String name, int frames) throws IOException {
    StringBuilder lines = new StringBuilder("{\"rip\":1}\n");
    for (int i = 0; i < frames; i++) {
      lines.append(FRAME.formatted(i));
    }
    return Files.writeString(folder.resolve(name + ".jsonl"), lines);
  }

  /** Leaves that many pages free, or all if there are fewer. */
  private void fill(int pages) throws IOException {
    Path filler = disk.resolve("filler");
    Files.deleteIfExists(filler);
    long free = Files.getFileStore(disk).getUsableSpace() - (long) pages * PAGE;
    if (free > 0) {
      Files.write(filler, new byte[Math.toIntExact(free)]);
    }
  }

  /**
   * Runs a command with no page free, then with one, and so on until it succeeds.
   *
   * @param state the state that a failure must not change
   */
  private void everyRoom(Path target, Supplier<Object> state, Object... command)
      throws IOException {
    int failures = 0;
    Object before = state.get();
    for (int pages = 0; pages < PAGES; pages++) {
      fill(pages);
      Result result = CliRunner.run(command);
      String name = "%s with %d pages".formatted(List.of(command), pages);
      if (result.exit() == 0) {
        Trust.observed(
            "%s: failed with 0 to %d pages of disk, each time with the state of before",
            command[0], pages - 1);
        assertThat(failures).isPositive();
        return;
      }
      failures++;
      assertThat(result.exit()).as(name + result.err()).isEqualTo(ExitCode.USAGE);
      assertThat(result.errLines())
          .as(name)
          .singleElement()
          .asString()
          .contains(target.toString(), "No space left on device", "make room");
      assertThat(state.get()).as(name).isEqualTo(before);
    }
    throw new AssertionError("it never succeeds");
  }

  /** The traces of a store that has no damage. */
  private Object traces(Path store) {
    if (!Files.exists(store.resolve("traces"))) {
      return List.of();
    }
    TraceStore target = TraceStore.at(store.toString());
    assertThat(StoreVerifier.verify(target, Map.of()).findings())
        .noneMatch(Finding.Damage.class::isInstance);
    return target.read().traces();
  }

  private static List<String> contents(Path folder) {
    try {
      List<String> contents = new ArrayList<>();
      if (Files.isDirectory(folder)) {
        for (String file : Folders.content(folder)) {
          contents.add(
              file
                  + " "
                  + new String(
                      Files.readAllBytes(folder.resolve(file)), StandardCharsets.ISO_8859_1));
        }
      } else if (Files.exists(folder)) {
        contents.add(Files.readString(folder));
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aTraceThatIsNewAndOneThatIsReplaced() throws IOException {
    Path store = disk.resolve("store");
    everyRoom(store, () -> traces(store), "ingest", small, "--into", store, "--quiet");
    Files.copy(large, small, StandardCopyOption.REPLACE_EXISTING);
    everyRoom(store, () -> traces(store), "ingest", small, "--into", store, "--quiet");
  }

  @Test
  void generatedTraces() throws IOException {
    Path store = disk.resolve("store");
    Object[] generate = {"generate", "--profile", profile, "--frames", "1000", "-o", store};
    everyRoom(store, () -> traces(store), generate);
    generate[4] = "3000";
    everyRoom(store, () -> traces(store), generate);
  }

  @Test
  void verdicts() throws IOException {
    Path rows = disk.resolve("v");
    Path lines = disk.resolve("v.jsonl");
    for (Path input : List.of(small, large)) {
      everyRoom(rows, () -> contents(rows), "replay", input, "-o", rows);
      everyRoom(rows, () -> contents(rows), "frames", input, "--format", "parquet", "-o", rows);
      everyRoom(lines, () -> contents(lines), "frames", input, "--format", "csv", "-o", lines);
      everyRoom(lines, () -> contents(lines), "replay", input, "--format", "jsonl", "-o", lines);
    }
  }

  @Test
  void reportsComparisonsAndProfiles() throws IOException {
    Path file = disk.resolve("r");
    for (Path input : List.of(small, large)) {
      everyRoom(file, () -> contents(file), "report", input, "-o", file);
    }
    everyRoom(file, () -> contents(file), "compare", small + "@seed", "@linux-6.9", "-o", file);
    everyRoom(file, () -> contents(file), "generate", "--learn", large, "--profile", file);
  }

  /** Three things are unpacked there: standard input, a packed trace, and native libraries. */
  @Test
  void theFolderForTemporaryFiles() throws Exception {
    Path temporary = Files.createDirectory(disk.resolve("tmp"));
    Path packed = folder.resolve("shell.perf.data.gz");
    try (GZIPOutputStream to = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(SAMPLES.resolve("shell/perf.data"), to);
    }
    Path store = folder.resolve("store");
    List<List<Object>> commands =
        List.of(
            List.of("report", "-"),
            List.of("report", packed),
            List.of("ingest", small, "--into", store),
            List.of("ingest", packed, "--into", store),
            List.of("frames", small),
            List.of("replay", small, "--format", "jsonl", "-o", "-"));
    int failures = 0;
    for (List<Object> command : commands) {
      for (int pages : new int[] {0, 1, 3, 40}) {
        fill(pages);
        Path input =
            command.contains("-") && command.size() == 2
                ? SAMPLES.resolve("shell/perf.data")
                : null;
        MainProcess process = MainProcess.start(folder, temporary, input, command.toArray());
        Result result = process.await();
        String name = "%s with %d pages: %s".formatted(command, pages, result.err());
        if (result.exit() != 0) {
          failures++;
          assertThat(result.exit()).as(name).isEqualTo(ExitCode.USAGE);
          assertThat(result.errLines())
              .as(name)
              .singleElement()
              .asString()
              .contains(temporary.toString(), "No space left on device", "TMPDIR");
        }
        assertThat(process.temporaryFiles()).as(name).isEmpty();
        assertThat(traces(store)).as(name).isIn(List.of(), traces(store));
      }
    }
    Trust.observed(
        "a full folder for temporary files: %d of %d runs told it, none left a file",
        failures, commands.size() * 4);
    assertThat(failures).isPositive();
  }
}
