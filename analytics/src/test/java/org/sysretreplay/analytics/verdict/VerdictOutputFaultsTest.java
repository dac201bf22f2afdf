package org.sysretreplay.analytics.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.Trust;
import org.sysretreplay.ingest.files.FaultyFileSystem;
import org.sysretreplay.ingest.files.FaultyFileSystem.Fault;
import org.sysretreplay.ingest.files.FaultyFileSystem.Harm;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Every change that an output of verdicts makes to files fails in turn, in every way. The old or
 * the new output is there afterwards, and other files stay.
 */
class VerdictOutputFaultsTest {

  private static final VerdictQuestion QUESTION =
      new VerdictQuestion("seed", Machine.TRACED, Reading.ASSEMBLED);

  private static final String FRAME =
      "{\"ts_ns\":%d,\"rip\":1,\"rcx\":1,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43}\n";

  @TempDir private Path folder;
  private int runs;

  private Inputs input(int frames) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < frames; i++) {
      lines.append(FRAME.formatted(i));
    }
    Path file = Files.writeString(folder.resolve(frames + ".jsonl"), lines);
    return new Inputs(List.of(SampleTraces.input(file)), List.of());
  }

  private static void write(Inputs inputs, Path target, VerdictFormat format) {
    try (Engine engine = Engine.local(Progress.NONE)) {
      Verdicts.write(engine, QUESTION, inputs, target, format);
    }
  }

  /** Everything that lies in a folder, hidden files included. */
  private static Map<String, String> content(Path folder) {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(it -> !it.equals(folder)).toList()) {
        content.put(
            folder.relativize(file).toString(),
            Files.isDirectory(file)
                ? "folder"
                : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> seen(Path folder) {
    Map<String, String> seen = content(folder);
    seen.keySet().removeIf(it -> it.startsWith("."));
    return seen;
  }

  private void prepare(Path place, VerdictFormat format, boolean isThere) throws IOException {
    if (isThere) {
      write(input(3), place, format);
      if (format == VerdictFormat.PARQUET) {
        Files.writeString(place.resolve("README.txt"), "mine");
      }
    }
    Files.writeString(place.resolveSibling("notes.txt"), "mine");
    Files.createDirectory(place.resolveSibling(".mine.writing"));
  }

  private Path newPlace(int number) throws IOException {
    return Files.createDirectory(folder.resolve("place-" + number)).resolve("v");
  }

  @ParameterizedTest
  @EnumSource(VerdictFormat.class)
  void isTheOldOneOrTheNewOneWhateverFails(VerdictFormat format) throws IOException {
    Inputs next = input(5);
    int points = 0;
    for (boolean isThere : new boolean[] {false, true}) {
      Path unharmed = newPlace(runs++);
      prepare(unharmed, format, isThere);
      Map<String, String> before = content(unharmed.getParent());
      FaultyFileSystem files = FaultyFileSystem.unharmed();
      write(next, files.at(unharmed), format);
      Map<String, String> after = content(unharmed.getParent());
      assertThat(after).isNotEqualTo(before);
      points += files.changes().size();
      for (int point = 1; point <= files.changes().size(); point++) {
        for (Harm harm : Harm.values()) {
          Path place = newPlace(runs++);
          prepare(place, format, isThere);
          Fault fault = Fault.values()[(point + harm.ordinal()) % Fault.values().length];
          fail(new FaultyFileSystem(point, harm, fault), place, next, format, before, after);
        }
      }
    }
    Trust.figure(
        "verdicts as %s: %d changes, each failed in %d ways", format, points, Harm.values().length);
  }

  private void fail(
      FaultyFileSystem files,
      Path place,
      Inputs next,
      VerdictFormat format,
      Map<String, String> before,
      Map<String, String> after) {
    String name = files + " of " + place;
    Optional<OutputException> error = Optional.empty();
    try {
      write(next, files.at(place), format);
    } catch (OutputException e) {
      error = Optional.of(e);
    }
    Map<String, String> visible = seen(place.getParent());
    Map<String, String> old = new TreeMap<>(before);
    old.keySet().removeIf(it -> it.startsWith("."));
    Map<String, String> made = new TreeMap<>(after);
    made.keySet().removeIf(it -> it.startsWith("."));
    assertThat(visible).as(name).isIn(old, made);
    if (error.isEmpty()) {
      assertThat(visible).as(name).isEqualTo(made);
    }
    write(next, place, format);
    assertThat(content(place.getParent())).as(name + ", and once more").isEqualTo(after);
  }

  @Test
  void whatEarlierVersionsWroteInSeveralFilesIsNotMixedWithNewOnes() throws IOException {
    Path place = newPlace(0);
    write(input(3), place, VerdictFormat.PARQUET);
    Files.copy(place.resolve("part-00000.parquet"), place.resolve("part-00001.parquet"));

    assertThatThrownBy(() -> write(input(5), place, VerdictFormat.PARQUET))
        .isInstanceOf(OutputException.class)
        .hasMessage(
            place
                + ": an earlier version wrote it, in several files; delete it, or name a new"
                + " folder.");
  }
}
