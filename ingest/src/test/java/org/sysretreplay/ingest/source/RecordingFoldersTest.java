package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.source.TraceInputs.PassedOver;
import org.sysretreplay.ingest.source.TraceInputs.Why;
import org.sysretreplay.ingest.trace.TraceException;

/** How folders that perf wrote are found and named. */
class RecordingFoldersTest {

  @TempDir Path folder;

  private byte[] control;

  @BeforeEach
  void readControl() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/perfdata/x86-control.perf.data")) {
      control = in.readAllBytes();
    }
  }

  private Path recording(String name) throws IOException {
    Path made = Files.createDirectories(folder.resolve(name));
    Files.write(made.resolve("data"), control);
    return made;
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private static TraceInputs find(Path... sources) {
    return TraceInputs.find(List.of(sources), Optional.empty(), Optional.empty());
  }

  private static TraceInputs find(TraceFormat format, Path source) {
    return TraceInputs.find(List.of(source), Optional.empty(), Optional.of(format));
  }

  private static List<String> workloads(TraceInputs inputs) {
    assertThat(inputs.unreadable()).isEmpty();
    return inputs.traces().stream().map(TraceInput::workload).toList();
  }

  @Test
  void aFolderAboveThemHasOneWorkloadForEach() throws IOException {
    recording("first.data");
    recording("second.data");
    recording("third.perf.data");
    TraceInputs inputs = find(folder);
    assertThat(workloads(inputs)).containsExactly("first", "second", "third");
    assertThat(inputs.traces())
        .extracting(it -> Path.of(it.file()))
        .containsExactly(
            folder.resolve("first.data"),
            folder.resolve("second.data"),
            folder.resolve("third.perf.data"));
  }

  @Test
  void theFolderItselfAndTheFileInItAreTheSameTrace() throws IOException {
    Path first = recording("first.data");
    assertThat(workloads(find(first))).containsExactly("first");
    assertThat(find(first.resolve("data"), first, folder).traces()).isEqualTo(find(first).traces());
  }

  @Test
  void aFolderIsNamedAsItIsWhereverItIsNamedFrom() throws IOException {
    Path first = recording("first.data");
    assertThat(workloads(find(first.resolve(".")))).containsExactly("first");
  }

  @Test
  void aFolderOfAnotherNameIsKnownByWhatPerfPutsIntoIt() throws IOException {
    recording("kernel");
    write("kernel/kcore_dir/kallsyms", "0 T x\n".getBytes());
    recording("many");
    write("many/data.0", new byte[0]);
    assertThat(workloads(find(folder))).containsExactly("kernel", "many");
  }

  @Test
  void aFolderThatSaysNothingIsCalledAsTheOneAboveIt() throws IOException {
    recording("nginx/perf.data");
    assertThat(workloads(find(folder))).containsExactly("nginx");
  }

  @Test
  void aFileCalledDataInAnyOtherFolderIsAFile() throws IOException {
    Path file = write("traces/data", control);
    write("traces/other.perf.data", control);
    assertThat(workloads(find(folder))).containsExactly("data", "other");
    assertThat(workloads(find(file))).containsExactly("data");
  }

  @Test
  void otherFilesInTheFolderAreFoundToo() throws IOException {
    recording("first.data");
    write("first.data/notes.jsonl", "{\"rip\":1}\n".getBytes());
    write("first.data/kcore_dir/kallsyms", "{\"rip\":1}\n".getBytes());
    assertThat(workloads(find(folder))).containsExactly("first", "notes");
  }

  @Test
  void theTextOfARecordingThatIsAFolderIsPassedOver() throws IOException {
    recording("first.data");
    Path text = write("first.perf.script", "  ls  12/12  [000] 1.5: e: \n".getBytes());
    assertThat(find(folder).passedOver())
        .containsExactly(new PassedOver(text, Why.TEXT_OF_RECORDING));
  }

  @Test
  void theRecordingBeforeIsPassedOverUnlessItIsNamed() throws IOException {
    recording("first.data");
    Path old = recording("first.data.old");
    assertThat(workloads(find(folder))).containsExactly("first");
    assertThat(find(folder).passedOver())
        .containsExactly(new PassedOver(old, Why.EARLIER_RECORDING));
    assertThat(find(old).traces()).hasSize(1);
  }

  /** perf may have been killed before it wrote the header, or the machine may have stopped. */
  @ParameterizedTest
  @CsvSource({
    "first.data, 0, '', the file is empty",
    "first.data, 4096, '', begins with zeroes",
    "many, 4096, data.0, begins with zeroes",
    "kernel, 0, kcore_dir/kallsyms, the file is empty",
    "perf.data, 4096, '', begins with zeroes"
  })
  void aRecordingWithoutItsHeaderIsAnError(String name, int zeroes, String beside, String why)
      throws IOException {
    Path main = write(name + "/data", new byte[zeroes]);
    if (!beside.isEmpty()) {
      write(name + "/" + beside, new byte[] {1});
    }
    for (Path source : List.of(folder, folder.resolve(name))) {
      for (Optional<TraceFormat> asked :
          List.of(Optional.<TraceFormat>empty(), Optional.of(TraceFormat.PERF_DATA))) {
        assertThat(TraceInputs.find(List.of(source), Optional.empty(), asked).unreadable())
            .singleElement()
            .satisfies(it -> assertThat(it).hasMessageStartingWith(main + ": "))
            .satisfies(it -> assertThat(it).hasMessageContaining(why));
      }
    }
    assertThat(find(TraceFormat.JSONL, folder).unreadable())
        .singleElement()
        .satisfies(it -> assertThat(it).hasMessageContaining("there is no trace"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"perf.data", "x.perf.data", "kernel"})
  void aFolderThatOnlyPerfMakesIsAnErrorWhateverIsInIt(String name) throws IOException {
    Path main = write(name + "/data", "BZh91AY&SY".getBytes());
    if (name.equals("kernel")) {
      Files.createDirectory(main.resolveSibling("kcore_dir"));
    }
    assertThat(find(folder).unreadable())
        .singleElement()
        .satisfies(it -> assertThat(it).hasMessageStartingWith(main + ": it is packed with bzip2"));
  }

  @Test
  void foldersOfOtherThingsThatHoldSuchFilesAreNoErrors() throws IOException {
    recording("first.data");
    write("mnist.data/data", "5,0,0,1\n".getBytes());
    write("chunks/data", "one".getBytes());
    write("chunks/data.0", "two".getBytes());
    write("empty/data", new byte[0]);
    write("zeroed/data", new byte[4096]);
    write("second.data.old/data", new byte[0]);
    assertThat(workloads(find(folder))).containsExactly("first");
  }

  @Test
  void aFileThatIsCalledARecordingIsAnErrorAlsoWhereRecordingsAreAskedFor() throws IOException {
    write("x.perf.data", new byte[100]);
    write("y.perf.data.bz2", "BZh91AY&SY".getBytes());
    assertThat(find(TraceFormat.PERF_DATA, folder).unreadable())
        .extracting(TraceException::getMessage)
        .satisfiesExactly(
            it -> assertThat(it).contains("begins with zeroes"),
            it -> assertThat(it).contains("packed with bzip2"));
  }
}
