package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.Trust;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * A trace that changes before it is read, while it is read, or between two readings of it: every
 * way to change it, at every moment, in every format.
 */
class ChangedInputTest {

  private static final Path SAMPLES = Traces.perfData("shell").getParent().getParent();

  @TempDir private Path folder;
  private int runs;

  private enum Change {
    GROWN {
      @Override
      void make(Path file) throws IOException {
        Files.write(file, new byte[] {'\n'}, StandardOpenOption.APPEND);
      }
    },
    CUT {
      @Override
      void make(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      }
    },
    REPLACED_BY_A_COPY {
      @Override
      void make(Path file) throws IOException {
        FileTime changed = Files.getLastModifiedTime(file);
        Path copy = Files.copy(file, file.resolveSibling("copy"));
        Files.setLastModifiedTime(copy, changed);
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
      }
    },
    WRITTEN_TO {
      @Override
      void make(Path file) throws IOException {
        FileTime before = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 2] ^= 1;
        Files.write(file, bytes);
        // File systems keep time in steps.
        Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 1));
      }
    },
    DELETED {
      @Override
      void make(Path file) throws IOException {
        Files.delete(file);
      }
    };

    abstract void make(Path file) throws IOException;
  }

  private enum Moment {
    BEFORE_IT_IS_READ,
    BEFORE_THE_FIRST_RECORD,
    AMID_IT,
    BEFORE_THE_END,
    BETWEEN_TWO_READINGS
  }

  /** The smallest sample of every format, and a packed one. */
  private static List<Path> traces() throws IOException {
    Map<TraceFormat, Path> smallest = new EnumMap<>(TraceFormat.class);
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      for (Path file : files.filter(ChangedInputTest::isSound).sorted().toList()) {
        TraceFormat.of(file)
            .ifPresent(it -> smallest.merge(it, file, ChangedInputTest::smallerOne));
      }
    }
    List<Path> traces = new ArrayList<>(smallest.values());
    traces.add(SAMPLES.resolve("shell/perf.script.gz"));
    return traces;
  }

  private static boolean isSound(Path file) {
    return Files.isRegularFile(file)
        && !file.toString().contains("bad")
        && !file.toString().endsWith(".md")
        && file.toFile().length() > 1000;
  }

  private static Path smallerOne(Path one, Path other) {
    return one.toFile().length() <= other.toFile().length() ? one : other;
  }

  private TraceInput copy(Path trace) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("run-" + runs++)).resolve(trace.getFileName());
    Files.copy(trace, copy);
    return TraceInputs.find(List.of(copy), Optional.empty(), Optional.empty()).traces().get(0);
  }

  private static int read(TraceInput input, int change, Runnable before) {
    int count = 0;
    try (CountingReader reader = input.open(Reading.ASSEMBLED)) {
      for (; count != change && reader.hasNext(); count++) {
        reader.next();
      }
      before.run();
      for (; reader.hasNext(); count++) {
        reader.next();
      }
    }
    return count;
  }

  private static void read(TraceInput input, Change change, Moment moment, int records) {
    Runnable make =
        () -> {
          try {
            change.make(Path.of(input.path()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    switch (moment) {
      case BEFORE_IT_IS_READ -> {
        make.run();
        read(input, 0, () -> {});
      }
      case BEFORE_THE_FIRST_RECORD -> read(input, 0, make);
      case AMID_IT -> read(input, records / 2, make);
      case BEFORE_THE_END -> read(input, records, make);
      case BETWEEN_TWO_READINGS -> {
        read(input, 0, () -> {});
        make.run();
        read(input, 0, () -> {});
      }
    }
  }

  @Test
  void aChangeIsNoticedWheneverItHappens() throws IOException {
    List<Path> traces = traces();
    int tried = 0;
    for (Path trace : traces) {
      int records = read(copy(trace), 0, () -> {});
      for (Change change : Change.values()) {
        for (Moment moment : Moment.values()) {
          TraceInput input = copy(trace);
          assertThatThrownBy(() -> read(input, change, moment, records))
              .as("%s %s %s", trace, change, moment)
              .isInstanceOf(TraceException.class)
              .hasMessageStartingWith(
                  input.file() + ": it has changed since it was first looked at (")
              .hasMessageEndingWith(
                  "); wait until its writer has ended, or copy it and give the copy.");
          tried++;
        }
      }
    }
    Trust.figure(
        "%d traces changed in %d ways at %d moments: %d runs, all told",
        traces.size(), Change.values().length, Moment.values().length, tried);
    assertThat(traces).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aTraceThatHasNotChangedIsReadAsOftenAsSomebodyLikes() throws IOException {
    TraceInput input = copy(SAMPLES.resolve("shell/perf.data"));
    int records = read(input, 0, () -> {});
    Files.readAllBytes(Path.of(input.path()));
    assertThat(read(input, 0, () -> {})).isEqualTo(records).isPositive();
  }

  @Test
  void nothingOfItIsPublished() throws IOException {
    TraceStore store = TraceStore.at(folder.resolve("store").toString());
    for (Change change : Change.values()) {
      TraceInput input = copy(SAMPLES.resolve("shell/perf.data"));
      change.make(Path.of(input.path()));
      assertThatThrownBy(() -> store.ingest(input)).isInstanceOf(TraceException.class);
      assertThat(store.read().traces()).isEmpty();
      assertThat(store.audit().findings()).isEmpty();
    }
  }

  @Test
  void aFileOfARecordingThatIsAFolderCountsAsWell() throws IOException {
    Path recording = Files.createDirectory(folder.resolve("r.data"));
    Files.copy(Traces.perfData("shell"), recording.resolve("data"));
    Files.createDirectory(recording.resolve("kcore_dir"));
    TraceInput input =
        TraceInputs.find(List.of(recording), Optional.empty(), Optional.empty()).traces().get(0);
    assertThat(read(input, 0, () -> {})).isPositive();
    Change.GROWN.make(recording.resolve("data"));
    assertThatThrownBy(() -> read(input, 0, () -> {})).isInstanceOf(TraceException.class);
  }
}
