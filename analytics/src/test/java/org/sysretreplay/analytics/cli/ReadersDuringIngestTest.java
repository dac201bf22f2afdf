package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.ingest.Trust;

/** Commands read a store in a loop while its traces are replaced all the time. */
class ReadersDuringIngestTest {

  private static final int READINGS = Trust.isLong() ? 2_000 : 60;

  private static final String FRAME =
      "{\"ts_ns\":%d,\"tid\":1,\"rip\":1,\"rcx\":1,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43}\n";

  @TempDir private Path folder;
  private Path store;
  private final List<Path> versions = new ArrayList<>();

  /** Makes two versions of one trace, with the same name in different folders. */
  @BeforeEach
  void ingest() throws IOException {
    store = folder.resolve("store");
    for (int frames : new int[] {3, 40}) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < frames; i++) {
        lines.append(FRAME.formatted(i));
      }
      versions.add(Files.writeString(folder.resolve(frames + ".jsonl"), lines));
    }
    replace(0);
  }

  private void replace(int version) throws IOException {
    Path trace = folder.resolve("a.jsonl");
    Files.copy(versions.get(version), trace, StandardCopyOption.REPLACE_EXISTING);
    Result result = CliRunner.run("ingest", trace, "--into", store);
    assertThat(result.exit()).as(result.err()).isZero();
  }

  /** A command's answers about the two versions of the store. */
  private Set<String> answers(Object... command) throws IOException {
    Set<String> answers = new HashSet<>();
    for (int version = 0; version < 2; version++) {
      replace(version);
      Result result = CliRunner.run(command);
      assertThat(result.exit()).as(result.err()).isZero();
      answers.add(result.out());
    }
    return answers;
  }

  private void read(String name, Object... command) throws Exception {
    Set<String> answers = answers(command);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger replaced = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                while (!ended.get()) {
                  replace(replaced.incrementAndGet() % 2);
                }
              } catch (IOException | RuntimeException | Error e) {
                failure.set(e);
              }
            });
    writer.start();
    Set<String> seen = new HashSet<>();
    try {
      for (int i = 0; i < READINGS; i++) {
        Result result = CliRunner.run(command);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).isIn(answers);
        seen.add(result.out());
      }
    } finally {
      ended.set(true);
      writer.join();
    }
    assertThat(failure.get()).isNull();
    Trust.observed(
        "%s: %,d readings while the trace was replaced %,d times, each the old or the new store's",
        name, READINGS, replaced.get());
  }

  @Test
  void aReportIsOfOneStore() throws Exception {
    read("report", "report", store, "--by", "entry", "--format", "json");
  }

  @Test
  void aComparisonIsOfOneStore() throws Exception {
    read("compare", "compare", store + "@seed", "@linux-6.9", "--format", "json");
  }

  @Test
  void verdictsAreOfOneStore() throws Exception {
    read("replay", "replay", store, "--format", "jsonl", "-o", "-");
  }

  @Test
  void aListIsOfOneStore() throws Exception {
    read("frames", "frames", store, "--format", "csv", "--quiet");
  }

  @Test
  void aFrameIsExplained() throws Exception {
    read("explain", "explain", store, "1");
  }

  @Test
  void aStoreIsProvenWhileItIsWritten() throws Exception {
    read("verify", "verify", store);
  }
}
